"""Content-Transfer-Encoding: base64, quoted-printable, uuencode; broken input gives what can be read."""

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_PADDING_INSIDE = re.compile(rb"=+\s*(?=[A-Za-z0-9+/])")
_UU_BEGIN = re.compile(rb"(?m)^begin [0-7]{3,4} ([^\r\n]{1,255})\r?$")
_UU_END = re.compile(rb"(?m)^end[ \t]*\r?$")


def decode_body(data: bytes, encoding: str) -> bytes:
    """The bytes that were meant; an unknown encoding leaves them as they are."""
    if encoding == "base64":
        return base64_body(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return next((content for _, content in uuencoded(data)[1]), data)
    return data


def base64_body(data: bytes) -> bytes:
    """Decoded up to the last whole group; several padded blocks one after another are all read."""
    padding = data.find(b"=")
    if 0 <= padding < len(data) - 200 and (blocks := _PADDING_INSIDE.split(data))[1:]:
        return b"".join(map(_base64_block, blocks[:100]))
    return _base64_block(data)


def _base64_block(data: bytes) -> bytes:
    try:
        return binascii.a2b_base64(data)
    except (binascii.Error, ValueError):
        digits = _NOT_BASE64.sub(b"", data)
        digits = digits[: len(digits) - (1 if len(digits) % 4 == 1 else 0)]
        try:
            return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
        except (binascii.Error, ValueError):
            return data


def uuencoded(data: bytes, most: int = 50) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The text without uuencoded blocks, and (name, content) of each block that ends properly."""
    files: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    position = 0
    while len(files) < most and (begin := _UU_BEGIN.search(data, position)):
        end = _UU_END.search(data, begin.end())
        content = _uu_lines(data[begin.end() : end.start()]) if end else None
        if end is None or content is None:
            kept.append(data[position : begin.end()])
            position = begin.end()
            if end is None:
                break
            continue
        kept.append(data[position : begin.start()])
        files.append((begin[1], content))
        position = end.end()
    kept.append(data[position:])
    return b"".join(kept), files


def _uu_lines(block: bytes) -> bytes | None:
    try:
        return b"".join(binascii.a2b_uu(line) for line in block.splitlines() if line.strip()) or None
    except (binascii.Error, ValueError):
        return None
