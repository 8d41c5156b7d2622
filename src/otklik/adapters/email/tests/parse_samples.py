"""Mails for the tests of reading, written here."""

from otklik.adapters.email.parse import ParsedMail, parse

HEAD = b"From: Anna Volgina <anna@volga.example>\nTo: help@otklik.example\nSubject: No sound\nDate: Mon, 5 Oct 2026 10:00:00 +0300\nMessage-ID: <1@volga.example>\n"  # fmt: skip  # noqa: E501


def read(body: str | bytes, *headers: str) -> ParsedMail:
    """A mail of Anna's with more headers."""
    raw = body.encode() if isinstance(body, str) else body
    more = "".join(f"{header}\n" for header in headers).encode()
    return parse(HEAD + more + b"\n" + raw)


def with_header(line: bytes) -> ParsedMail:
    """A mail with one raw header line and no others that matter."""
    return parse(line + b"\nX-End: 1\n\nHello")
