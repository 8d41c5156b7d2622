"""Header values: unfolding, RFC 2047 words in all the shapes mailers send, one clean line at the end."""

import binascii
import re
from collections.abc import Sequence

from otklik.adapters.email.parse.charsets import clean, codec, decode

_OPENING = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?", re.ASCII)
_Q_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")
# Everything that a terminal, a log, a header or a browser may take for a new line, plus the other controls.
_BREAKS = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ufeff\u200b]+")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")  # they make "exe.txt" of "txt.exe"


def single_line(text: str, limit: int = 4_000) -> str:
    """One line: control characters and every kind of line break become a space, text direction marks go."""
    return _DIRECTION.sub("", _BREAKS.sub(" ", clean(text[: limit * 4]))).strip()[:limit]


def header_text(raw: bytes, hints: Sequence[str] = ()) -> str:
    """A header value to show: decoded, on one line."""
    return single_line(decoded(raw, hints))


def decoded(raw: bytes, hints: Sequence[str] = ()) -> str:
    """A header value with its encoded words read; may hold line breaks. 8-bit bytes are guessed."""
    if raw.isascii():
        text = raw.decode("ascii")
        if b"\x1b$" in raw:
            text = decode(raw, "iso-2022-jp")
    else:
        text = decode(raw, "", hints)
    return decode_words(text) if "=?" in text else text


def decode_words(text: str) -> str:
    """Replace encoded words wherever they stand, glued to text or not; what is no word stays as it is.

    Bytes of neighbouring words of one charset are joined before decoding: senders split letters between words.
    """
    out: list[str] = []
    run: list[bytes] = []
    charset = ""
    position = 0

    def flush() -> None:
        if run:
            out.append(decode(b"".join(run), charset))
            run.clear()

    for start, end, name, payload in _words(text):
        gap = text[position:start]
        if gap.strip() or not run:
            flush()
            out.append(gap)
        elif name != charset:
            flush()
        charset = name
        run.append(payload)
        position = end
    flush()
    out.append(text[position:])
    return "".join(out)


def _words(text: str) -> list[tuple[int, int, str, bytes]]:
    """(start, end, charset, bytes) of each encoded word, in time linear in the text."""
    found: list[tuple[int, int, str, bytes]] = []
    position = 0
    while (position := text.find("=?", position)) >= 0:
        opening = _OPENING.match(text, position)
        if opening is None:
            position += 2
            continue
        close = text.find("?=", opening.end())
        if close < 0:
            # A word cut by a gateway: what is left of it, when it is the last thing of the header.
            close, end = len(text), len(text)
        else:
            end = close + 2
        if (payload := _payload(text[opening.end() : close], opening[2])) is None:
            position += 2
            continue
        found.append((position, end, (codec(opening[1]) or opening[1]).lower(), payload))
        position = end
    return found


def _payload(text: str, encoding: str) -> bytes | None:
    if encoding in "bB":
        return base64_bytes(text)
    raw = text.replace("_", " ").encode("utf-8", "replace")
    return _Q_BYTE.sub(lambda match: bytes((int(match[1], 16),)), raw)


def base64_bytes(text: str) -> bytes | None:
    """Base64 with any junk inside and any padding; None when there is nothing to decode."""
    digits = _NOT_BASE64.sub("", text)
    if len(digits) % 4 == 1:
        digits = digits[:-1]
    try:
        return binascii.a2b_base64(digits + "=" * (-len(digits) % 4))
    except (binascii.Error, ValueError):
        return None
