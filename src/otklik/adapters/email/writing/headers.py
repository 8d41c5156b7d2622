"""Headers of outgoing mail: ASCII on the wire, folded, and never with a line break from outside."""

import re
import unicodedata
from binascii import b2a_base64
from collections.abc import Iterable
from email.utils import quote

WIDTH = 76
LONGEST = 998
WORD = 45
"""Bytes in an encoded word: with its frame it has 72 characters of the 75 that it may have."""
LETTER = 6
_WORD = "=?utf-8?b?{}?="

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_LETTER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN = re.compile(r"[A-Za-z0-9 !#$%&'*+\-/=?^_`{|}~]*\Z")
_ADDRESS = re.compile(r"[^\s\x00-\x20\x7f<>()\[\],;:\\\"@]{1,128}@[^\s\x00-\x20\x7f<>()\[\],;:\\\"@]{1,253}\Z")
_ID = re.compile(r"[!-;=?-~]{1,960}\Z")


class BadHeader(ValueError):
    """The value would change the shape of the message."""


def header(name: str, value: str) -> str:
    """The one place where a header line is made.  Raises BadHeader for control and line-separator characters."""
    for line in value.split("\r\n "):  # our own folding
        if _CONTROL.search(line):
            raise BadHeader(f"the header {name} holds control characters")
        if len(line) + len(name) + 2 > LONGEST or not line.isascii():
            raise BadHeader(f"the header {name} is too long or not encoded")
    return f"{name}: {value}\r\n"


def words(text: str, name: str) -> str:
    """Free text, encoded where needed and folded; line breaks of any kind become spaces."""
    text = one_line(text)
    if text.isascii() and "=?" not in text:
        return fold(text.split(" "), len(name) + 2)
    return encoded(text, len(name) + 2)


def person(name: str, address: str) -> str:
    """`Name <address>`, the name quoted or encoded as it needs."""
    name = one_line(name)
    if not name:
        return checked(address)
    if not name.isascii() or "=?" in name:
        shown = encoded(name, len("Reply-To: "))
    else:
        shown = name if _PLAIN.match(name) else f'"{quote(name)}"'
    return f"{shown} <{checked(address)}>"


def encoded(text: str, start: int) -> str:
    """RFC 2047: words of base64 that hold whole letters, one to a line; `start` is what stands before the first."""
    found, rest, room = [], text.encode(), max(LETTER, (WIDTH - start - len(_WORD.format(""))) // 4 * 3)
    while rest:
        cut = min(room, len(rest))
        while cut < len(rest) and rest[cut] & 0xC0 == 0x80:
            cut -= 1
        found.append(_WORD.format(b2a_base64(rest[:cut], newline=False).decode()))
        rest, room = rest[cut:], WORD
    return "\r\n ".join(found)


def people(addresses: Iterable[str], name: str) -> str:
    listed = [checked(address) for address in addresses]
    return fold([f"{address}," for address in listed[:-1]] + listed[-1:], len(name) + 2)


def checked(address: str) -> str:
    """An address that is safe on a header line and in an SMTP command; its domain in ASCII.  Raises BadHeader."""
    if not _ADDRESS.match(address) or not (address.isascii() or _is_printed(address)):
        raise BadHeader("not an address")
    local, _at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise BadHeader("not a domain") from error


def _is_printed(text: str) -> bool:
    return not any(unicodedata.category(letter)[0] in "CZ" for letter in text)


def identifiers(ids: Iterable[str], name: str) -> str:
    """`<id> <id>`, folded between identifiers and never inside; what could not be one is left out."""
    return fold([f"<{one}>" for one in ids if _ID.match(one)], len(name) + 2)


def one_line(text: str) -> str:
    """Control characters and line separators become spaces."""
    return " ".join(_NO_LETTER.sub(" ", text).split())


def fold(parts: list[str], start: int) -> str:
    """Joined by spaces, broken before a part that would not fit."""
    lines, width = [""], start
    for part in parts:
        if lines[-1] and width + 1 + len(part) > WIDTH:
            lines.append(part)
            width = 1 + len(part)
        else:
            lines[-1] = f"{lines[-1]} {part}" if lines[-1] else part
            width += 1 + len(part)
    return "\r\n ".join(lines)
