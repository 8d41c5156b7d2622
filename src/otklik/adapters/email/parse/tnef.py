"""winmail.dat: the files and the text that old Outlook packs into one attachment (TNEF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from otklik.adapters.email.parse.charsets import decode

SIGNATURE = b"\x78\x9f\x3e\x22"

_FILE_BEGINS, _FILE_TITLE, _FILE_DATA, _FILE_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_BODY, _PROPERTIES, _CODEPAGE = 0x800C, 0x9003, 0x9007
_NAME, _LONG_NAME, _DATA_OBJECT, _MEDIA_TYPE, _CONTENT_ID = 0x3704, 0x3707, 0x3701, 0x370E, 0x3712
_TEXT, _HTML = 0x1000, 0x1013
# Bytes a value of a fixed-size MAPI type takes.
_SIZES = {0x2: 4, 0x3: 4, 0x4: 4, 0x5: 8, 0x6: 8, 0x7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_SIZED = frozenset({0xD, 0x1E, 0x1F, 0x102})
_MOST = 2_000  # attributes, properties and values of one file


@dataclass
class PackedFile:
    name: str = ""
    content: bytes = b""
    media_type: str = "application/octet-stream"
    content_id: str = ""


@dataclass
class Packed:
    text: str = ""
    html: str = ""
    files: list[PackedFile] = field(default_factory=list)


def unpack(data: bytes) -> Packed:
    """What is inside; as much as can be read of a damaged one."""
    packed, charset = Packed(), "cp1252"
    if not data.startswith(SIGNATURE):
        return packed
    for number, value in _attributes(data):
        if number == _CODEPAGE and len(value) >= 4:
            charset = f"cp{struct.unpack_from('<I', value)[0]}"
        elif number == _BODY:
            packed.text = packed.text or _string(value, charset)
        elif number == _PROPERTIES:
            _body(packed, value, charset)
        elif number == _FILE_BEGINS:
            packed.files.append(PackedFile())
        elif packed.files:
            _file(packed.files[-1], number, value, charset)
    return packed


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6
    for _ in range(_MOST):
        if position + 9 > len(data):
            return
        number, length = struct.unpack_from("<H2xI", data, position + 1)
        yield number, data[position + 9 : position + 9 + length]
        position += 9 + length + 2


def _file(file: PackedFile, number: int, value: bytes, charset: str) -> None:
    if number == _FILE_TITLE:
        file.name = file.name or _string(value, charset)
    elif number == _FILE_DATA:
        file.content = value
    elif number == _FILE_PROPERTIES:
        for key, kind, content in _properties(value):
            text = _text(kind, content, charset)
            if key == _LONG_NAME or (key == _NAME and not file.name):
                file.name = text or file.name
            elif key == _DATA_OBJECT and not file.content:
                file.content = content[16:] if kind == 0xD else content
            elif key == _MEDIA_TYPE and "/" in text:
                file.media_type = text.lower()[:120]
            elif key == _CONTENT_ID:
                file.content_id = text.strip("<> ")[:255]


def _body(packed: Packed, value: bytes, charset: str) -> None:
    for key, kind, content in _properties(value):
        if key == _TEXT:
            packed.text = packed.text or _text(kind, content, charset)
        elif key == _HTML:
            packed.html = _text(kind, content, charset)


def _properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(id, type, value) of the MAPI properties; ends where the data stops making sense."""
    try:
        yield from _read_properties(data)
    except struct.error:
        return


def _read_properties(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    count = struct.unpack_from("<I", data)[0]
    position = 4
    for _ in range(min(count, _MOST)):
        kind, key = struct.unpack_from("<HH", data, position)
        position += 4
        if key >= 0x8000:
            position = _after_name(data, position)
        many, kind = bool(kind & 0x1000), kind & 0xFFF
        values = 1
        if many or kind in _SIZED:
            values = struct.unpack_from("<I", data, position)[0]
            position += 4
        for _ in range(min(values, _MOST)):
            size = _SIZES.get(kind)
            if size is None:
                if kind not in _SIZED:
                    return
                size = struct.unpack_from("<I", data, position)[0]
                position += 4
            yield key, kind, data[position : position + size]
            position += (size + 3) & ~3


def _after_name(data: bytes, position: int) -> int:
    """Named properties carry a GUID and a number or a name."""
    by_name = struct.unpack_from("<I", data, position + 16)[0]
    if not by_name:
        return position + 24
    return position + 24 + ((struct.unpack_from("<I", data, position + 20)[0] + 3) & ~3)


def _text(kind: int, content: bytes, charset: str) -> str:
    if kind == 0x1F:
        return content.decode("utf-16-le", "replace").rstrip("\0")
    return _string(content, charset)


def _string(value: bytes, charset: str) -> str:
    return decode(value.rstrip(b"\0"), charset)
