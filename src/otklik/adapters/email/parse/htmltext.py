"""HTML mail as plain text, with marks where a mail program put the quoted original."""

import re
from dataclasses import dataclass, field

from otklik.adapters.email.parse.charsets import clean
from otklik.adapters.email.parse.limits import DEFAULT, Limits
from otklik.adapters.email.parse.markup import Token, Tokens

# Lines of their own in marked text. Control characters never survive from the mail itself.
REST_IS_QUOTED = "\x01"
QUOTE_BEGINS = "\x02"
QUOTE_ENDS = "\x03"
_MARKS = re.compile("[\x01-\x03]")
_MARK_LINES = re.compile("^(?:> ?)*[\x01-\x03]\n?", re.MULTILINE)

_BLOCKS = frozenset({"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
                     "fieldset", "figcaption", "figure", "footer", "form", "header", "html", "legend", "li", "main", "menu",
                     "nav", "ol", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "pre"})  # fmt: skip
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track"}
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MANY_BREAKS = re.compile(r"\n{3,}")
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)

_QUOTE_CLASS = re.compile(
    r"gmail_quote(?!_attribution)|yahoo_quoted|protonmail_quote|zmail_extra|moz-forward-container|tutanota_quote"
    r"|quoted-mail|mail-quote|hey-quote|front-blockquote|freshdesk_quote|gmail_quote_container"
)
_PREFIX_CLASS = re.compile(r"moz-cite-prefix|gmail_attr\b|OutlookMessageHeader|moz-email-headers-table")
_REST_ID = re.compile(
    r"(?:x_)?(?:divRplyFwdMsg|appendonsend|stopSpelling|ms-outlook-mobile-signature-quote|"
    r"mail-editor-reference-message-container|OLK_SRC_BODY_SECTION|replySplit|isForwardContent|isReplyContent)\Z"
)
# The line over the header block that desktop Outlook and Windows Mail put: a top border, nothing else.
_REST_STYLE = re.compile(
    r"border(?:-width)?\s*:\s*none[^\"']{0,60}border-top\s*:\s*(?:solid\s*)?#?\w+\s*(?:solid\s*)?[\d.]+\s*p[tx]"
    r"|border-top\s*:\s*(?:(?:solid|#(?:E1E1E1|B5C4DF)|[\d.]+p[tx])\s*){3}",
    re.IGNORECASE,
)


def html_to_text(source: str, limits: Limits = DEFAULT) -> str:
    """Readable text: paragraphs, lists and table rows as lines, quotes behind "> "."""
    return unmarked(marked_text(source, limits))


def unmarked(text: str) -> str:
    return _MANY_BREAKS.sub("\n\n", _MARK_LINES.sub("", text)).strip("\n")


def marked_text(source: str, limits: Limits = DEFAULT) -> str:
    """The same with mark lines; see the constants above."""
    writer = _Writer()
    for token in Tokens(_MARKS.sub(" ", source), limits.tags):
        if not token.tag:
            writer.data(token.text)
        elif token.closing:
            writer.end(token.tag)
        else:
            writer.start(token)
    return clean(writer.text()).strip("\n")


def _rest_begins(tag: str, identifier: str, style: str) -> bool:
    """Does a mail program put everything it quotes behind this element?"""
    if _REST_ID.match(identifier):
        return tag in ("div", "span", "a")
    return tag == "div" and "border" in style and bool(_REST_STYLE.search(style))


# One of these must be in a document in which anything could be marked.
_QUOTE_WORDS = ("blockquote", "quote", "moz-", "gmail_attr", "divrply", "appendonsend", "stopspelling", "outlookmessageheader",
                "olk_src", "replysplit", "isforwardcontent", "isreplycontent", "border-top", "tabindex", "message-container")  # fmt: skip


def may_quote(source: str) -> bool:
    """Worth reading for marks?"""
    lower = source.lower()
    return any(word in lower for word in _QUOTE_WORDS)


@dataclass
class _Region:
    """An open element that matters (a quote, something hidden); `level` counts its namesakes inside."""

    tag: str
    kind: str
    level: int = 1


@dataclass
class _Writer:
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    regions: list[_Region] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    quotes: int = 0
    hidden: int = 0
    pre: int = 0
    blank_wanted: bool = False

    def data(self, text: str) -> None:
        if self.hidden:
            return
        if self.pre:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._add(first)
            for other in others:
                self.break_line(force=True)
                self._add(other)
            return
        text = _SPACE.sub(" ", text)
        if text != " " or self.line:
            self._add(text if self.line else text.lstrip(" "))

    def _add(self, text: str) -> None:
        if text:
            self.line.append(text)

    def break_line(self, *, force: bool = False) -> None:
        """End the line; an empty one counts only when forced."""
        text = "".join(self.line).replace("\xa0", " ").replace("\xad", "")
        text = text.rstrip() if self.pre else re.sub(" {2,}", " ", text).strip()
        self.line.clear()
        if not text and not force:
            return
        if text and self.blank_wanted and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._prefix().rstrip())
        if text:
            self.blank_wanted = False
        self.lines.append((self._prefix() + text).rstrip())

    def _prefix(self) -> str:
        return "> " * min(self.quotes, 10)

    def mark(self, mark: str) -> None:
        self.break_line()
        self.lines.append(mark)

    def start(self, token: Token) -> None:
        tag = token.tag
        for region in self.regions:
            if region.tag == tag:
                region.level += 1
        if tag == "br":
            self.break_line(force=True)
        elif tag == "hr":
            self._rule(token)
        elif tag == "img":
            self._image(token)
        elif tag in ("td", "th"):
            self._add(" ")
        elif tag in _BLOCKS or tag in _PARAGRAPHS:
            self._block(token)
        if token.raw and tag not in _VOID and len(self.regions) < 50:
            self._region(token)

    def _block(self, token: Token) -> None:
        self.break_line()
        if token.tag in _PARAGRAPHS:
            self.blank_wanted = True
        elif token.tag == "pre":
            self.pre += 1
        elif token.tag in ("ul", "ol", "menu", "dir") and len(self.lists) < 200:
            self.lists.append(0 if token.tag == "ol" else -1)
        elif token.tag == "li":
            self._item()
        elif token.tag == "blockquote" and not token.raw and len(self.regions) < 50:
            self._open("blockquote", "indent")

    def _item(self) -> None:
        if self.lists and self.lists[-1] >= 0:
            self.lists[-1] += 1
            self._add(f"{self.lists[-1]}. ")
        else:
            self._add("- ")

    def _rule(self, token: Token) -> None:
        self.break_line()
        attributes = token.attributes()
        if _REST_ID.match(attributes.get("id", "")) or attributes.get("tabindex") == "-1":
            self.mark(REST_IS_QUOTED)
        elif not self.hidden:
            self.lines.append(self._prefix() + "---")

    def _image(self, token: Token) -> None:
        alt = token.attributes().get("alt", "")
        if alt and len(alt) <= 8 and not alt.isascii() and not self.hidden:
            self._add(alt)  # an emoji as a picture

    def _region(self, token: Token) -> None:
        """Does this element begin a quote or hide something?"""
        attributes = token.attributes()
        style = attributes.get("style", "")
        classes = attributes.get("class", "")
        if "none" in style.lower() and _HIDDEN.search(style) and token.tag != "body":
            self._open(token.tag, "hidden")
        elif token.tag == "blockquote":
            is_cite = attributes.get("type", "").lower() == "cite" or _QUOTE_CLASS.search(classes)
            self._open("blockquote", "cite" if is_cite else "indent")
        elif _QUOTE_CLASS.search(classes):
            self._open(token.tag, "quote")
        elif _rest_begins(token.tag, attributes.get("id", ""), style):
            self.mark(REST_IS_QUOTED)
        elif _PREFIX_CLASS.search(classes) and token.tag in ("div", "table", "p"):
            self._open(token.tag, "quote")

    def _open(self, tag: str, kind: str) -> None:
        self.regions.append(_Region(tag, kind))
        if kind == "hidden":
            self.hidden += 1
        if kind in ("cite", "quote"):
            self.mark(QUOTE_BEGINS)
        if kind in ("cite", "indent"):
            self.quotes += 1

    def end(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _PARAGRAPHS:
            self.break_line()
        if tag in _PARAGRAPHS:
            self.blank_wanted = True
        elif tag == "pre" and self.pre:
            self.pre -= 1
        elif tag in ("ul", "ol", "menu", "dir") and self.lists:
            self.lists.pop()
        closed = None
        for index, region in enumerate(self.regions):
            if region.tag == tag:
                region.level -= 1
                if region.level <= 0 and closed is None:
                    closed = index
        while closed is not None and len(self.regions) > closed:
            self._close(self.regions.pop())  # what was left open inside ends with it

    def _close(self, region: _Region) -> None:
        if region.kind == "hidden":
            self.hidden -= 1
        if region.kind in ("cite", "indent"):
            self.break_line()
            self.quotes -= 1
        if region.kind in ("cite", "quote"):
            self.mark(QUOTE_ENDS)

    def text(self) -> str:
        self.break_line()
        return _MANY_BREAKS.sub("\n\n", "\n".join(self.lines))
