"""What agents type: Markdown, rendered without raw HTML and cleaned once more on the way out."""

from functools import cache

from markdown_it import MarkdownIt

from otklik.desk.conversations.html import clean


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).enable("strikethrough")


def to_html(text: str) -> str:
    """Markdown to safe HTML; "" for blank text."""
    return clean(_renderer().render(text)) if text.strip() else ""
