"""Links in foreign text: built from plain text, and marked when what they show is not where they lead."""

import re
from html import escape, unescape
from urllib.parse import urlsplit

_LINK = re.compile(
    r"(?P<url>\b(?:https?://|www\.)[^\s<>\"'`{}|\\^\u00ab\u00bb]{2,2000})"
    r"|(?P<mail>(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|(?P<tel>\btel:\+?[\d()-]{5,25})",
    re.IGNORECASE,
)
_SIGNS = ("@", "://", "www.", "tel:")
"""Without one of them a text has no link, and most texts have none."""
_TAIL = re.compile(r"[.,;:!?*_'\")\]]+\Z")
_REL = "noopener noreferrer nofollow"
# In markup that nh3 wrote: attributes are quoted and hold no bare angle brackets.
_ANCHOR = re.compile(r'(<a href="([^"]{1,4000})"[^>]*>)([^<]{3,300})(</a>)')
_HOST = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24})(?=[/:?#\s]|\Z)", re.IGNORECASE)


def linked(text: str) -> str:
    """HTML of a plain text: every piece escaped, links around what looks like one."""
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return escape(text)
    out, position = [], 0
    for match in _LINK.finditer(text):
        shown = _without_tail(match[0])
        if not (target := _target(shown, match.lastgroup or "")):
            continue
        out.append(escape(text[position : match.start()]))
        out.append(f'<a href="{escape(target)}" target="_blank" rel="{_REL}">{escape(shown)}</a>')
        position = match.start() + len(shown)
    out.append(escape(text[position:]))
    return "".join(out)


def _without_tail(shown: str) -> str:
    """Punctuation behind a link is not of it, but a bracket that was opened inside is."""
    while tail := _TAIL.search(shown):
        cut = tail.start()
        if shown.endswith(")") and shown.count("(") >= shown.count(")"):
            return shown
        shown = shown[: max(cut, len(shown) - 1)]
    return shown


def _target(shown: str, kind: str) -> str:
    lower = shown.lower()
    if kind == "url":
        return shown if lower.startswith("http") else f"http://{shown}"
    if kind == "mail":
        return shown if lower.startswith("mailto:") else f"mailto:{shown}"
    return shown


def with_hosts(html: str) -> str:
    """Write the real host behind every link whose text shows another one (HTML-6)."""
    return _ANCHOR.sub(_marked, html)


def _marked(match: re.Match[str]) -> str:
    shown = _HOST.match(unescape(match[3]).strip())
    real = _host(unescape(match[2]))
    if not shown or not real or _same_site(shown[1].lower(), real):
        return match[0]
    return f"{match[0]} <strong>[{escape(real)}]</strong>"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return "?"


def _same_site(shown: str, real: str) -> bool:
    shown, real = shown.removeprefix("www."), real.removeprefix("www.")
    return real == shown or real.endswith(f".{shown}")
