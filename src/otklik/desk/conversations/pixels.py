"""How large a picture is, from its first bytes alone: nothing of it is decoded."""

from typing import Protocol

from otklik.desk.conversations.rasters import HEAD, raster_of

READ = 512 * 1024
"""Bytes of a JPEG in which its size must stand; before it come thumbnails and colour profiles."""
_START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_TURNED = range(5, 9)
"""Values of Orientation (EXIF) of a picture that lies on its side."""

type Size = tuple[int, int]


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def size_of(content: Readable) -> Size | None:
    """(width, height) as it is shown; None for what is no picture, or is broken."""
    head = content.read(64)
    readers = {"image/png": _png, "image/gif": _gif, "image/webp": _webp}
    try:
        kind = raster_of(head[:HEAD])
        size = _jpeg(head + content.read(READ)) if kind == "image/jpeg" else readers[kind](head) if kind else None
    except IndexError:
        return None
    return size if size and all(size) else None


def _png(head: bytes) -> Size | None:
    return (_big(head[16:20]), _big(head[20:24])) if head[12:16] == b"IHDR" else None


def _gif(head: bytes) -> Size:
    return _little(head[6:8]), _little(head[8:10])


def _webp(head: bytes) -> Size | None:
    """Lossy, lossless and extended, each in its own way."""
    match head[12:16]:
        case b"VP8 ":
            return _little(head[26:28]) & 0x3FFF, _little(head[28:30]) & 0x3FFF
        case b"VP8L":
            bits = _little(head[21:25])
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return _little(head[24:27]) + 1, _little(head[27:30]) + 1
    return None


def _jpeg(content: bytes) -> Size | None:
    at, turned = 2, False
    while content[at] == 0xFF:
        marker, length = content[at + 1], _big(content[at + 2 : at + 4])
        if marker in _START_OF_FRAME:
            height, width = _big(content[at + 5 : at + 7]), _big(content[at + 7 : at + 9])
            return (height, width) if turned else (width, height)
        if marker == 0xE1 and content[at + 4 : at + 10] == b"Exif\0\0":
            turned = _orientation(content[at + 10 : at + 2 + length]) in _TURNED
        at += 2 + max(length, 2)
    return None


def _orientation(tiff: bytes) -> int:
    """Tag 0x112 of the first directory; 1 (upright) when it has none."""
    number = _little if tiff[:2] == b"II" else _big
    start = number(tiff[4:8])
    for entry in range(min(number(tiff[start : start + 2]), 100)):
        field = tiff[start + 2 + entry * 12 :][:12]
        if number(field[:2]) == 0x112:
            return number(field[8:10])
    return 1


def _big(some: bytes) -> int:
    return int.from_bytes(some, "big")


def _little(some: bytes) -> int:
    return int.from_bytes(some, "little")
