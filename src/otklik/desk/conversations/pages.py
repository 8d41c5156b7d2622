"""Pages of a PDF and foreign pictures, drawn where a broken or hostile file can do no harm: in a child with limits.

The browser's own viewer never gets the file under our address.  What cannot be drawn is not an error, only no preview.
"""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files import File

from otklik.core import apart

SECONDS = 5
MEMORY = 512 * 1024 * 1024
WIDTH = 1200
LARGEST = 30 * 1024 * 1024
INSIDE = max(1, settings.WEB_THREADS // 2)
"""Pages have the same threads: half of them at most draw, or wait to, or wait for pictures of other servers."""
AT_ONCE = min(2, INSIDE)

_inside = threading.BoundedSemaphore(INSIDE)
_room = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Not now, perhaps soon: too many draw or wait to, or this machine has too much to do."""


class TooSlow(Busy):
    """It was not drawn in time, which may be the file's fault or that of everything else."""


@contextmanager
def a_place() -> Iterator[None]:
    """For whoever may take seconds for a picture.  Raises Busy at once when there is none."""
    if not _inside.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _inside.release()


@dataclass(frozen=True)
class Page:
    """One page as PNG, and how many there are."""

    count: int
    png: bytes


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew; `plate` is the colour to put behind it so that it is seen anywhere, "" for none."""

    width: int
    height: int
    plate: str
    png: bytes


def page_of(file: File, number: int) -> Page | None:
    """Page `number`, from 1; None when there is none or it cannot be drawn within the limits.  Raises Busy."""
    drawn = _drawn(file, "page", number, WIDTH)
    return Page(int(drawn[0]), drawn[1]) if drawn else None


def picture_of(file: File, width: int, height: int) -> Picture | None:
    """The picture inside of a box, of its pixels alone; None for what is none or beyond the limits.  Raises Busy."""
    drawn = _drawn(file, "picture", width, height)
    if drawn is None:
        return None
    across, down, *plate = drawn[0].split()
    return Picture(int(across), int(down), plate[0].decode() if plate else "", drawn[1])


def _drawn(file: File, what: str, *numbers: int) -> tuple[bytes, bytes] | None:
    """(a line of facts, PNG)."""
    try:
        drawn = drawn_apart(file, what, *numbers)
    except TooSlow:
        return None
    facts, _line, png = (drawn or b"").partition(b"\n")
    return (facts, png) if drawn else None


def drawn_apart(file: File, what: str, *numbers: int) -> bytes | None:
    """What `drawing` makes of it in a child; None when that is not possible within the limits.  Raises Busy."""
    if file.size > LARGEST:
        return None
    with a_place():
        return _in_a_child(file, what, *numbers)


def _in_a_child(file: File, what: str, *numbers: int) -> bytes | None:
    if not _room.acquire(timeout=SECONDS):
        raise Busy
    try:
        return apart.run(_SCRIPT, what, *numbers, content=_whole(file), memory=MEMORY, seconds=SECONDS)
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    except subprocess.CalledProcessError:
        return None
    except OSError:
        raise Busy from None
    finally:
        _room.release()


def _whole(file: File) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


_SCRIPT = str(Path(__file__).with_name("drawing.py"))
