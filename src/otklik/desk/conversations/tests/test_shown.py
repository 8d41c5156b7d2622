"""FILE-3: a picture that is shown is made of its pixels alone, within limits; the original is only saved."""

import io
import struct
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from PIL import Image, ImageSequence

from otklik.desk.conversations import pages
from otklik.desk.conversations import shown as of_shown
from otklik.desk.conversations.models import Attachment
from otklik.desk.conversations.shelf import KEPT
from otklik.desk.conversations.shown import LONGEST, drawings, shown

GPS = b"59.9386"


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Callable[..., Attachment]:
    """`kept(content, "image/png")`: an attachment that lies on the disk."""
    settings.MEDIA_ROOT = tmp_path

    def keep(content: bytes, media_type: str) -> Attachment:
        file = Attachment(name="a", media_type=media_type, size=len(content))
        file.file.save("a", ContentFile(content), save=False)
        return file

    return keep


type Kept = Callable[..., Attachment]


def drawn(kind: str, size: tuple[int, int] = (60, 20), **how: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **how)
    return out.getvalue()


def photograph(turn: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x112] = turn
    exif.get_ifd(0x8825)[0x1B] = GPS
    return drawn("JPEG", exif=exif, comment=b"by " + GPS)


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says to be so large, and is as far as nine million pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    whole = side * (side * 3 + 1)
    rows = zlib.compress(bytes(min(whole, 27_003_000)), 9)
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def of(file: Attachment) -> Image.Image:
    found = shown(file)
    assert found is not None
    place, kind = found
    picture = Image.open(place)
    assert Image.MIME[picture.format or ""] == kind
    return picture


def test_a_photograph_stands_upright_and_says_nothing_of_where_it_was_taken(kept: Kept) -> None:
    content = photograph()
    assert content.count(GPS) == 2
    file = kept(content, "image/jpeg")

    picture = of(file)

    assert picture.size == (20, 60) and not picture.getexif() and "comment" not in picture.info
    found = shown(file)
    assert found and GPS not in found[0].read_bytes()
    assert file.file.open("rb").read() == content


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")])
def test_whatever_else_a_file_carries_stays_behind(kept: Kept, kind: str, media_type: str) -> None:
    exif = Image.Exif()
    exif[0x10F] = GPS.decode()
    more = {"comment": GPS} if kind == "GIF" else {"exif": exif, "icc_profile": GPS * 30}
    file = kept(drawn(kind, **more) + b"<script>" + GPS, media_type)

    picture = of(file)

    found = shown(file)
    assert found and GPS not in found[0].read_bytes() and b"script" not in found[0].read_bytes()
    red, green, blue = picture.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
    assert red < 3 and abs(green - 128) < 3 and abs(blue - 128) < 3


@pytest.mark.parametrize("side", [3_000, 8_000, 60_000, 2**31 - 1])
def test_FILE_3_a_bomb_of_pixels_costs_little_and_is_not_shown(kept: Kept, side: int) -> None:
    content = bomb(side)
    assert len(content) < 100_000
    began = time.monotonic()

    found = shown(kept(content, "image/png"))

    assert (found is not None) == (side == 3_000)  # nine million pixels are a picture of a telephone
    assert time.monotonic() - began < pages.SECONDS + 15  # the child is stopped; to begin one takes its time, too


def test_FILE_3_a_bomb_of_frames_shows_its_first(kept: Kept) -> None:
    out = io.BytesIO()
    frames = [Image.new("P", (3000, 3000), number) for number in range(8)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], optimize=False)

    picture = of(kept(out.getvalue(), "image/gif"))

    assert (picture.format, picture.size) == ("PNG", (3000, 3000))


def test_what_cannot_be_drawn_is_tried_once_a_day(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    file = kept(bomb(60_000), "image/png")
    assert shown(file) is None
    monkeypatch.setattr(pages.apart, "run", lambda *_args, **_kwargs: pytest.fail("drawn again"))
    assert shown(file) is None


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif")])
def test_a_picture_that_was_cut_off_shows_what_is_there_or_nothing(kept: Kept, kind: str, media_type: str) -> None:
    out = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(out, kind)
    for part in (0.9, 0.5, 0.02):
        found = shown(kept(out.getvalue()[: int(len(out.getvalue()) * part)], media_type))
        assert found is None or Image.open(found[0]).size == (200, 200)
        assert found is not None or part < 0.1


def test_a_moving_picture_moves(kept: Kept) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=[100, 200, 300], loop=0)

    picture = of(kept(out.getvalue(), "image/gif"))

    lasts = [frame.info["duration"] for frame in ImageSequence.Iterator(picture)]
    assert (picture.format, lasts) == ("GIF", [100, 200, 300])


def test_see_through_stays_so_and_nothing_is_longer_than_a_screen(kept: Kept) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (6000, 30), (0, 0, 0, 0)).save(out, "PNG")

    picture = of(kept(out.getvalue(), "image/png"))

    assert picture.size[0] == LONGEST and picture.getpixel((9, 9)) == (0, 0, 0, 0)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nnot at all", b"GIF89a", b"<svg/>", b"", b"\xff\xd8\xff\xe0"])
def test_what_only_begins_like_a_picture_is_not_shown(kept: Kept, content: bytes) -> None:
    assert all(shown(kept(content, kind)) is None for kind in ("image/png", "image/gif", "image/jpeg"))


def test_drawings_are_forgotten_after_a_day(kept: Kept) -> None:
    file = kept(drawn("PNG"), "image/png")
    of(file)
    drawings.forget_old()
    assert drawings.fresh(str(file.key))

    with time_machine.travel(time.time() + KEPT + 60):
        drawings.forget_old()
    assert not list(drawings.folder.glob("*/*"))


@pytest.fixture
def _all_busy() -> Iterator[None]:
    taken = [pages._room.acquire(blocking=False) for _ in range(pages.AT_ONCE)]
    yield
    for _ in filter(None, taken):
        pages._room.release()


@pytest.mark.usefixtures("_all_busy")
def test_when_others_draw_it_is_asked_for_again_later(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SECONDS", 0.1)
    file = kept(drawn("PNG"), "image/png")

    with pytest.raises(pages.Busy):
        shown(file)
    assert drawings.fresh(str(file.key)) is None


@pytest.mark.parametrize("trouble", [subprocess.TimeoutExpired("python", 6), BlockingIOError(11, "no more processes")])
def test_what_was_too_slow_or_had_no_child_is_drawn_when_it_is_asked_for_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """That was no fault of the picture: nothing is kept for a day."""
    file = kept(drawn("PNG"), "image/png")
    with monkeypatch.context() as busy:
        busy.setattr(subprocess, "run", raises(trouble))
        with pytest.raises(pages.Busy):
            shown(file)

    assert of(file).size == (60, 20)


def test_a_picture_that_the_disk_does_not_give_is_asked_for_again(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    file = kept(drawn("PNG"), "image/png")
    with monkeypatch.context() as busy:
        busy.setattr(pages, "_whole", raises(OSError(5, "Input/output error")))
        with pytest.raises(pages.Busy):
            shown(file)

    assert of(file).size == (60, 20)


def test_two_who_want_the_same_picture_have_it_drawn_once(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second hears that it is to come again, and finds it."""
    file, drawings = kept(drawn("PNG"), "image/png"), []
    begun, ready = threading.Event(), threading.Event()

    def slow(content: Any, *_told: Any) -> bytes:
        drawings.append(content)
        begun.set()
        ready.wait(30)
        return drawn("PNG")

    monkeypatch.setattr(of_shown, "drawn_apart", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(shown, file)
        assert begun.wait(30)
        with pytest.raises(pages.Busy):
            shown(file)
        ready.set()
        assert first.result()
    assert shown(file) and len(drawings) == 1


def raises(trouble: Exception) -> Callable[..., Any]:
    def act(*_told: Any, **_named: Any) -> None:
        raise trouble

    return act
