"""A letter of ours read back from its bytes, as the mail program of its recipient would show it."""

import re
from dataclasses import dataclass, field
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser

from django.utils.translation import gettext as _

from otklik.desk.channels.glyphs import name_of
from otklik.desk.channels.port import talk_on

PARTS = 50
_FOLD = re.compile(r"\r?\n(?=[ \t])")


@dataclass(frozen=True)
class Enclosure:
    name: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Letter:
    """Header lines worth showing, both bodies, and what is enclosed."""

    headers: list[tuple[str, str]]
    subject: str
    sender: str
    text: str
    html: str
    files: list[Enclosure] = field(default_factory=list)


def read(raw: bytes, kind: str = "") -> Letter:
    """Our own bytes, so Python's own reader will do; an unreadable part is left out, never an error."""
    if read_back := talk_on(kind).read_back:
        return Letter(headers=[], subject=name_of(kind), sender="", text=read_back(raw), html="")
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    names = ("From", "To", "Cc", "Reply-To", "Date", "Subject", "Message-ID", "In-Reply-To", "References")
    automatic = ("Auto-Submitted", "X-Auto-Response-Suppress")
    headers = [(name, _said(message, name)) for name in (*names, *automatic)]
    return Letter(
        headers=[(name, value) for name, value in headers if value],
        subject=_said(message, "Subject"),
        sender=_said(message, "From"),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        files=[_enclosure(part) for part in list(message.iter_attachments())[:PARTS]],
    )


def _said(message: EmailMessage, name: str) -> str:
    """A header line in words.  Python's own reader of addresses puts a space between the halves of a long name."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    raw = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return str(make_header(decode_header(_FOLD.sub("", raw)))).strip()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError, KeyError):
        return ""


def _enclosure(part: EmailMessage) -> Enclosure:
    content = part.get_payload(decode=True)
    size = len(content) if isinstance(content, bytes) else 0
    return Enclosure(part.get_filename() or _("without a name"), size, part.get_content_type())
