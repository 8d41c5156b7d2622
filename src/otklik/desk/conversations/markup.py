"""What foreign markup may hold, and when there is too much of it."""

import re
from html import unescape

from otklik.desk.conversations import style

__all__ = ["CONTENT_GOES", "GLOBAL", "TAGS", "attributes", "crude_text", "style", "text_of", "too_much"]

TAGS = frozenset(
    "a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em"
    " figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section"
    " small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
CONTENT_GOES = frozenset(
    "script style title textarea noscript template svg math iframe object embed applet frame frameset noframes noembed"
    " audio video canvas select option datalist xmp plaintext portal fencedframe marquee".split()
)
_SILENT = re.compile(r"<(/?)(style|script|head|title)\b[^<>]*>", re.IGNORECASE)
_ALL = {"style", "dir", "lang", "title", "align", "valign", "bgcolor"}
_TABLE = {"width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan", "nowrap"}
GLOBAL: dict[str, set[str]] = {
    "*": _ALL,
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
    "li": {"value"},
    "hr": {"width", "size"},
    **dict.fromkeys(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "col", "colgroup"), _TABLE),
}

MOST_CHARACTERS = 1024 * 1024
MOST_TAGS = 50_000
DEEPEST = 1000
MOST_ATTRIBUTES = 500
# Unclosed <b>, <font>... are opened again in every following paragraph: this many elements may come of it.
MOST_REPEATED = 300_000

_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^>"'=]|=\s*+"[^"]*"|=\s*+'[^']*'|["'=])*+)>?""")
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*"|'[^']*')""")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY_THE_NEXT = frozenset("p li td th tr dt dd option thead tbody tfoot colgroup".split())
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_SIZE = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?:%|px)?\Z")
_WIDEST = 2000
_COLOUR = re.compile(r"#?[\w]{1,30}\Z|rgba?\([\d\s.,%]{1,40}\)\Z")
_WORD = re.compile(r"[\w\s,.'+-]{0,100}\Z")


def attributes(name: str, value: str) -> str | None:
    """The harmless value of an attribute, or None to drop it. Links and pictures are not judged here."""
    if name == "style":
        return style.kept(value)
    if name in ("title", "alt"):
        return value.replace("<", "\u2039").replace(">", "\u203a")[:1000]
    if name in (
        "width",
        "height",
        "size",
        "cellpadding",
        "cellspacing",
        "border",
        "colspan",
        "rowspan",
        "start",
        "value",
    ):
        return value if _SIZE.match(value) and float(value.rstrip("%px")) <= _WIDEST else None
    if name in ("bgcolor", "color"):
        return value if _COLOUR.match(value) else None
    return value if _WORD.match(value) else None


def too_much(html: str) -> bool:
    """Would this markup cost seconds to read? Counted in one pass."""
    if len(html) > MOST_CHARACTERS:
        return True
    depth, formatting, repeated = 0, 0, 0
    for tags, match in enumerate(_TAG.finditer(html), 1):
        tag = match[2].lower()
        if len(match[3]) > MOST_ATTRIBUTES and len(_QUOTED.sub("=", match[3]).split()) > MOST_ATTRIBUTES:
            return True
        if tag not in _VOID and tag not in _CLOSED_BY_THE_NEXT:
            step = -1 if match[1] else 1
            depth = max(0, depth + step)
            if tag in _FORMATTING:
                formatting = max(0, formatting + step)
        repeated += formatting
        if tags > MOST_TAGS or depth > DEEPEST or repeated > MOST_REPEATED:
            return True
    return False


def crude_text(html: str) -> str:
    """Something to read out of markup that is too much: tags cut out, in linear time."""
    text = html[:MOST_CHARACTERS].replace("\0", "")
    text = re.sub(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]*>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(r"<[^<>]*>?", " ", text)
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def text_of(html: str) -> str:
    """Markup of another desk as one reads it, without what is not meant to be read."""
    return unescape(crude_text(_without_silent(html[:MOST_CHARACTERS]))).strip()


def _without_silent(html: str) -> str:
    """One pass, so that a thousand styles that never end cost no more than one; what never ends is kept."""
    kept, since, silent = list[str](), 0, ""
    for found in _SILENT.finditer(html):
        closes, tag = bool(found[1]), found[2].lower()
        if not silent and not closes:
            kept.append(html[since : found.start()])
            since, silent = found.end(), tag
        elif silent == tag and closes:
            since, silent = found.end(), ""
    return "".join([*kept, html[since:]])
