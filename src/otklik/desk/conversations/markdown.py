"""What agents type: Markdown, rendered without raw HTML and cleaned once more on the way out."""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt

from otklik.desk.conversations.html import Images, clean


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).enable("strikethrough")


def to_html(text: str, images: Images | None = None) -> str:
    """Markdown to safe HTML; "" for blank text.  Pictures appear only where `images` gives an address for theirs."""
    return clean(_renderer().render(text), images) if text.strip() else ""


def sources_of(text: str) -> Iterator[str]:
    """Addresses of the pictures of a text, in their order; what stands in code is no picture."""
    for token in _renderer().parse(text):
        for child in token.children or []:
            if child.type == "image":
                yield str(child.attrs["src"])
