"""Pages of a PDF as pictures, drawn where a broken or hostile file can do no harm: in a child with limits.

The browser's own viewer never gets the file under our address.  What cannot be drawn is not an error, only no preview.
"""

import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File

SECONDS = 5
MEMORY = 512 * 1024 * 1024
WIDTH = 1200
LARGEST = 30 * 1024 * 1024
AT_ONCE = 2

_room = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Others have been drawing for as long as one wants to wait."""


@dataclass(frozen=True)
class Page:
    """One page as PNG, and how many there are."""

    count: int
    png: bytes


def page_of(file: File, number: int) -> Page | None:
    """Page `number`, from 1; None when there is none or it cannot be drawn within the limits."""
    try:
        drawn = drawn_apart(file, "page", number, WIDTH)
    except Busy:
        return None
    if drawn is None:
        return None
    count, _line, png = drawn.partition(b"\n")
    return Page(int(count), png)


def drawn_apart(file: File, what: str, *how: int) -> bytes | None:
    """What `drawing` makes of it in a child; None when that is not possible within the limits.  Raises Busy."""
    if file.size > LARGEST:
        return None
    if not _room.acquire(timeout=SECONDS):
        raise Busy
    try:
        done = subprocess.run(
            [sys.executable, "-I", _SCRIPT, *map(str, (MEMORY, SECONDS, what, *how))],
            input=_whole(file),
            capture_output=True,
            env={},
            cwd="/",
            timeout=SECONDS + 1,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    finally:
        _room.release()
    return done.stdout


def _whole(file: File) -> bytes:
    file.seek(0)
    content: bytes = file.read()
    return content


_SCRIPT = str(Path(__file__).with_name("drawing.py"))
