"""Header parameters: RFC 2045 with the mistakes mailers make, RFC 2231 continuations and charsets."""

import re
from collections.abc import Sequence
from urllib.parse import unquote_to_bytes

from otklik.adapters.email.parse.charsets import decode
from otklik.adapters.email.parse.words import decode_words

Parameters = dict[str, str]

_TYPE = re.compile(rb"[\s\"']*([\w!#$&^.+-]{1,100})/([\w!#$&^.+*-]{1,100})", re.ASCII)
_PARAM = re.compile(rb'([^\s=;"]{1,100})\s{0,50}=\s{0,50}("(?:[^"\\]|\\.)*+"?|[^;]*)', re.DOTALL)
_QUOTED_PAIR = re.compile(rb"\\(.)", re.DOTALL)
_MOST = 200


def content_type(raw: bytes) -> str:
    """ "text/plain" in lower case, or "" when the value cannot be read."""
    if match := _TYPE.match(raw):
        return f"{match[1].decode('ascii')}/{match[2].decode('ascii')}".lower()
    return {b"text": "text/plain", b"html": "text/html", b"multipart": "multipart/mixed"}.get(
        raw.split(b";")[0].strip().lower(), ""
    )


def parameters(raw: bytes, hints: Sequence[str] = ()) -> Parameters:
    """Decoded parameters by lower-case name. The first of two equal names wins."""
    plain: Parameters = {}
    extended: dict[str, dict[int, tuple[bytes, bool]]] = {}
    semicolon = raw.find(b";")
    if semicolon < 0:
        return plain
    for count, match in enumerate(_PARAM.finditer(raw, semicolon)):
        if count >= _MOST:
            break
        name = match[1].decode("ascii", "replace").lower()
        value = _unquoted(match[2])
        if "*" in name:
            _extend(extended, name, value)
        else:
            plain.setdefault(name, decode_words(decode(value, "", hints)))
    for name, pieces in extended.items():
        plain[name] = _joined(pieces, hints)
    return plain


def _unquoted(value: bytes) -> bytes:
    if value.startswith(b'"'):
        value = value[1:-1] if value.endswith(b'"') and len(value) > 1 else value[1:]
        return _QUOTED_PAIR.sub(rb"\1", value) if b"\\" in value and b":\\" not in value else value
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[:1] == value[-1:] == b"'" else value


def _extend(extended: dict[str, dict[int, tuple[bytes, bool]]], name: str, value: bytes) -> None:
    base, _, rest = name.partition("*")
    number, _, star = rest.partition("*")
    encoded = name.endswith("*")
    index = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0
    if base:
        extended.setdefault(base, {}).setdefault(index, (value, encoded or bool(star)))


def _joined(pieces: dict[int, tuple[bytes, bool]], hints: Sequence[str]) -> str:
    first, encoded = pieces[min(pieces)]
    charset = ""
    if encoded and first.count(b"'") >= 2:
        name, _, first = first.split(b"'", 2)
        charset = name.decode("ascii", "replace")
    out = unquote_to_bytes(first) if encoded else first
    for index in sorted(pieces)[1:]:
        value, coded = pieces[index]
        out += unquote_to_bytes(value) if coded else value
    return decode_words(decode(out, charset, hints))
