"""What makes two copies of a mail the same mail, told from raw bytes without parsing them."""

import hashlib
import re

_BLANK = re.compile(rb"\n\r*\n|\r\r")
_FIELD = re.compile(rb"(?im)^(from|to|cc|subject|date|message-id|in-reply-to)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)")
_SPACE = re.compile(rb"\s+")
_MESSAGE_ID = re.compile(rb"<[^<>\s]{1,4096}>")
LONGEST_ID = 400


def identity(raw: bytes) -> tuple[str, str]:
    """(message id without brackets or "", sha256 in hex).

    The hash covers the author's headers and the body, not what servers add on the way (Received, Return-Path, X-...),
    nor how lines end, nor blank lines at the end.
    """
    blank = _BLANK.search(raw)
    head = raw[: blank.start() + 1 if blank else len(raw)][: 1 << 20]
    body = raw[blank.end() :] if blank else b""
    if b"\n" not in head:
        head = head.replace(b"\r", b"\n")
    fields = [(match[1].lower(), _SPACE.sub(b" ", match[2]).strip()) for match in _FIELD.finditer(head)]
    if not fields:
        body = raw  # no header of an author: all of it tells two of them apart
    digest = hashlib.sha256()
    for name, value in sorted(fields):
        digest.update(name + b":" + value + b"\n")
    digest.update(b"\n")
    digest.update(body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n \t"))
    own = next((value for name, value in fields if name == b"message-id"), b"")
    return message_id(own), digest.hexdigest()


def message_id(raw: bytes) -> str:
    """One identifier as it is stored everywhere: without brackets, ASCII or replaced, at most 500 characters."""
    match = _MESSAGE_ID.search(raw)
    found = match[0][1:-1] if match else _SPACE.sub(b"", raw).strip(b"<>")
    text = "".join(letter for letter in found.decode("utf-8", "replace") if letter.isprintable())
    if len(text) <= LONGEST_ID:
        return text
    return text[:LONGEST_ID] + "~" + hashlib.sha256(found).hexdigest()


def message_ids(raw: bytes, most: int) -> tuple[str, ...]:
    """The identifiers of References or In-Reply-To in order, without doubles: the first and the latest when too many."""
    found = list(dict.fromkeys(message_id(match[0]) for match in _MESSAGE_ID.finditer(raw)))
    return tuple(found if len(found) <= most else found[:1] + found[-(most - 1) :])
