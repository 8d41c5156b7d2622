"""Foreign markup made harmless. The one module that may say "this HTML is safe".

`clean()` at every exit, also for what was cleaned before; `linkify()` for plain text; `body_document()` for the frame
in which a message is shown.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe

from otklik.desk.conversations.links import linked, with_hosts
from otklik.desk.conversations.markup import (
    CONTENT_GOES,
    GLOBAL,
    TAGS,
    attributes,
    crude_text,
    style,
    too_much,
)

Images = Callable[[str], str | None] | Mapping[str, str]

REL = "noopener noreferrer nofollow"
_LINKS = ("http://", "https://", "mailto:", "tel:")
_PICTURES = (
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
)
_LONGEST_PICTURE = 200_000  # characters of a picture inside the text


@dataclass(frozen=True)
class Cleaned:
    """`remote` are the pictures that would be fetched from outside; `as_text`: the markup was too much to be kept."""

    html: str
    remote: tuple[str, ...] = ()
    as_text: bool = False


def clean(html: str, images: Images | None = None) -> str:
    """Markup without anything active. Pictures appear only under addresses that `images` gives for theirs."""
    return cleaned(html, images).html


def cleaned(html: str, images: Images | None = None, *, styled: bool = True) -> Cleaned:
    """The same, with the list of remote pictures. Oversized or overdeep markup comes out as text (HTML-7)."""
    if too_much(html):
        return Cleaned(f"<pre>{linkify(crude_text(html))}</pre>", as_text=True)
    job = _Job(images, styled)
    with _doing(job):
        safe = _cleaner.clean(html)
    return Cleaned(with_hosts(safe), tuple(job.remote))


@dataclass(frozen=True)
class _Job:
    """What one text is cleaned with, and the remote pictures that were found in it."""

    images: Images | None
    styled: bool
    remote: dict[str, None] = field(default_factory=dict)


_job: ContextVar[_Job] = ContextVar("job")


@contextmanager
def _doing(job: _Job) -> Iterator[None]:
    token = _job.set(job)
    try:
        yield
    finally:
        _job.reset(token)


def _keep(tag: str, name: str, value: str) -> str | None:
    """What becomes of an attribute.  nh3 leaves "<" bare in them and htmx looks for "<hx-" in raw text."""
    job = _job.get()
    value = value.replace("\0", "").strip()
    if tag == "img" and name == "src":
        return _picture(value, job.images, job.remote)
    if name == "href":
        return _unpointed(value) if value.lower().startswith(_LINKS) else None
    return attributes(name, value) if job.styled or name != "style" else None


# Built once: to tell nh3 all of this for every text took three times as long as the cleaning.
_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=CONTENT_GOES,
    attributes=GLOBAL,
    attribute_filter=_keep,
    link_rel=REL,
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
    url_relative="pass_through",  # only addresses that _keep() gave are left by then
    filter_style_properties=style.PROPERTIES,
)


def _picture(address: str, images: Images | None, remote: dict[str, None]) -> str | None:
    """Where the picture may be loaded from, or None for a place without a picture."""
    lower = address[:60].lower()
    if lower.startswith(_PICTURES):
        return address if len(address) <= _LONGEST_PICTURE and '"' not in address and "<" not in address else None
    if not lower.startswith(("http://", "https://", "cid:")):
        return None
    if not lower.startswith("cid:"):
        remote[address] = None
    found = None if images is None else images(address) if callable(images) else images.get(address)
    return _unpointed(found) if found else None


def _unpointed(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E")


def safe(html: str, images: Images | None = None) -> SafeString:
    """`clean()` for a page of ours, whose content policy knows no styles inside of tags."""
    return mark_safe(cleaned(html, images, styled=False).html)  # noqa: S308 - what this module is for


def linkify(text: str) -> SafeString:
    """Plain text as HTML: escaped first, then http, https, mailto and tel made links. Line breaks stay as they are."""
    return mark_safe(linked(text))  # noqa: S308 - escaped piece by piece in linked()


def body_document(html: str, *, language: str = "", images: Images | None = None, empty: str = "") -> str:
    """A complete document with one message and nothing else, for the sandboxed frame; cleans by itself.

    `empty` is said when cleaning leaves nothing to see.  To be answered with the headers of `frame_headers()`.
    """
    lang = f' lang="{escape(language, quote=True)}"' if language else ""
    body = clean(html, images)
    if empty and not _SEEN.search(body):
        body = f"<p><em>{escape(empty)}</em></p>"
    paper = _PAPER if _COLOURED.search(body) else _PLAIN
    return (
        f'<!doctype html><html{lang}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta name="referrer" content="no-referrer">'
        f'<base target="_blank"><title></title><style>{paper}{_FRAME_STYLE}</style></head>'
        f"<body>{body}</body></html>"
    )


# Something between the tags, or a picture.
_SEEN = re.compile(r"(?:\A|>)[^<]*[^<\s\u200b-\u200f\u2060\ufeff\u00a0][^<]*|<img|<hr", re.IGNORECASE)
# Who chooses one colour counts on the white paper behind it; half of a letter in our dark colours is unreadable.
_COLOURED = re.compile(r"color[:=]|background:")
_PAPER = ":root{color-scheme:light}html{background:#fff;color:#1b1c1e}"
_PLAIN = ":root{color-scheme:light dark}"
_FRAME_STYLE = (
    "html{font:15px/1.5 system-ui,sans-serif}body{margin:0;padding:12px;overflow-wrap:break-word}"
    "img{max-width:100%;height:auto}img:not([src]){display:inline-block;min-width:1.2em;min-height:1.2em;"
    "border:1px dashed #8a8f98;border-radius:4px;padding:0 .3em;box-sizing:border-box;"
    "font:12px/1.4 system-ui,sans-serif!important;letter-spacing:0!important}"
    "img:not([src]):is([width='0'],[width='1'],[height='0'],[height='1']){display:none}"
    "table{max-width:100%}pre{white-space:pre-wrap;overflow-wrap:anywhere}"
    "blockquote{margin:.5em 0;padding-inline-start:.9em;border-inline-start:3px solid #8a8f9866}"
    # Newsletters are built for 600 pixels: in a narrower frame their cells take the width that there is.
    "@media(max-width:640px){table,tbody,tr,td,th,div,p{max-width:100%!important;min-width:0!important}"
    "table,td,th,div,hr,img:not([src]){width:auto!important}img{max-width:100%!important}}"
)


def frame_headers(image_path: str = "") -> dict[str, str]:
    """Headers that keep a message document inert even when it is opened by its own address (HTML-5)."""
    sandbox = "sandbox allow-popups allow-popups-to-escape-sandbox"
    sources = f"data: {image_path}".strip()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {sources}; form-action 'none'; base-uri 'none';"
        f" frame-ancestors 'self'; {sandbox}"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
    }
