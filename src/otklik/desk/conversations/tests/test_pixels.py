"""How large a picture is, told from its first bytes."""

import io
import random
from typing import Any

import pytest
from PIL import Image

from otklik.desk.conversations.pixels import size_of

FLAT = (801, 33)


def drawn(kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", FLAT, "teal").save(out, kind, **how)
    return out.getvalue()


def lying(turn: int) -> bytes:
    exif = Image.Exif()
    exif[0x10F], exif[0x112] = "Camera", turn
    return drawn("JPEG", exif=exif)


PICTURES = {
    "png": drawn("PNG"),
    "gif": drawn("GIF"),
    "jpeg": drawn("JPEG"),
    "jpeg with much before it": drawn("JPEG", progressive=True, icc_profile=b"x" * 60_000),
    "webp": drawn("WEBP"),
    "webp, lossless": drawn("WEBP", lossless=True),
    "webp, extended": drawn("WEBP", exif=b"Exif\0\0MM\0*"),
    "upside down": lying(3),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_size_is_known_without_drawing(name: str) -> None:
    assert size_of(io.BytesIO(PICTURES[name])) == FLAT


@pytest.mark.parametrize("turn", [5, 6, 7, 8])
def test_a_photograph_taken_on_the_side_is_as_high_as_it_is_shown(turn: int) -> None:
    assert size_of(io.BytesIO(lying(turn))) == FLAT[::-1]


@pytest.mark.parametrize("content", [b"", b"<svg width='5' height='5'>", b"\x89PNG\r\n\x1a\npixels", b"GIF89a"])
def test_what_is_no_picture_has_none(content: bytes) -> None:
    assert size_of(io.BytesIO(content)) is None


@pytest.mark.parametrize("name", PICTURES)
def test_a_broken_one_does_no_harm(name: str) -> None:
    whole, chance = PICTURES[name], random.Random(name)
    for _ in range(300):
        broken = bytearray(whole[: chance.randrange(len(whole))])
        for _ in range(5):
            if broken:
                broken[chance.randrange(len(broken))] = chance.randrange(256)
        size_of(io.BytesIO(bytes(broken)))
