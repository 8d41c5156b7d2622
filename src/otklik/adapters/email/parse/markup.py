"""HTML as a flat run of tokens, in time linear in its size whatever it holds.

No tree: libxml2 needs 100 seconds for one tag with 100,000 attributes and drops what lies deeper than 255 levels.
"""

import html
import re
from collections.abc import Generator, Iterator
from typing import NamedTuple

# Their content is no text of the mail.
SILENT = frozenset({"script", "style", "title", "textarea", "noscript", "template", "svg", "math", "iframe", "object",
                    "xmp", "noembed", "noframes", "head", "select", "audio", "video"})  # fmt: skip

_NAME = re.compile(r"(/?)([a-zA-Z][^\s/>]{0,60})")
_TAG_END = re.compile(r"=\s*([\"'])|>")
_ATTRIBUTE = re.compile(r"""([^\s/>="']{1,60})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']{1,4000})))?""")


class Token(NamedTuple):
    """`tag` is "" for text; `raw` is the text (undecoded) or the inside of the tag after its name."""

    tag: str
    closing: bool
    raw: str

    @property
    def text(self) -> str:
        return html.unescape(self.raw)

    def attributes(self, most: int = 100) -> dict[str, str]:
        """The first attributes, decoded, names in lower case."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.raw):
            if len(found) >= most:
                break
            found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
        return found


class Tokens:
    """Iterates over the tokens of one document. `cut` turns true when `most_tags` was reached."""

    def __init__(self, source: str, most_tags: int) -> None:
        self.source = source
        self.most = most_tags
        self.cut = False
        self._unclosed: set[str] = set()  # quote characters that never close again
        self._endless: set[str] = set()  # elements that never end again

    def __iter__(self) -> Iterator[Token]:
        source, position, tags = self.source, 0, 0
        while position < len(source):
            at = source.find("<", position)
            if at < 0 or tags > self.most:
                self.cut = tags > self.most
                yield Token("", False, source[position:])
                return
            if at > position:
                yield Token("", False, source[position:at])
            name = _NAME.match(source, at + 1)
            if name is None:
                position = yield from self._declaration(at)
                continue
            tags += 1
            end = self._tag_end(name.end())
            tag, closing = name[2].lower(), bool(name[1])
            yield Token(tag, closing, source[name.end() : end - 1])
            position = self._after_silent(tag, end) if tag in SILENT and not closing else end

    def _declaration(self, at: int) -> Generator[Token, None, int]:
        """Comments and the like are passed over; a bare "<" is text. Returns where to go on."""
        source = self.source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 2)
            return len(source) if end < 0 else end + 3
        if source[at + 1 : at + 2] in ("!", "?", "/"):
            end = source.find(">", at)
            return len(source) if end < 0 else end + 1
        yield Token("", False, "<")
        return at + 1

    def _tag_end(self, position: int) -> int:
        """Just after the ">" of a tag; quotes count only behind "=", as in browsers."""
        source = self.source
        while match := _TAG_END.search(source, position):
            position = match.end()
            if match[0] == ">":
                return position
            if match[1] not in self._unclosed:
                close = source.find(match[1], position)
                if close < 0:
                    self._unclosed.add(match[1])
                else:
                    position = close + 1
        return len(source) + 1

    def _after_silent(self, tag: str, position: int) -> int:
        """Behind the end tag of an element whose content is not shown."""
        if tag in self._endless:
            return position
        if tag == "head":
            end = re.compile(r"</head|<body", re.IGNORECASE).search(self.source, position)
            self._endless.add(tag)  # a document has one
            return end.start() if end else position
        end = re.compile(f"</{tag}(?=[\\s/>])", re.IGNORECASE).search(self.source, position)
        if end is None:
            self._endless.add(tag)
            return len(self.source) if tag in ("script", "style") else position
        return self._tag_end(end.end())
