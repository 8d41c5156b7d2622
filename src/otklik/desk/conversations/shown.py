"""Pictures as people see them: drawn anew in a child with limits, of their pixels alone.

A file that breaks a reader of pictures breaks ours, which has no rights, and not the browser of an agent or a client; a
bomb costs five seconds of a child once a day; and nobody learns from a picture that is looked at where it was taken.
The original is there for those who save it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from otklik.desk.conversations.pages import Busy, drawn_apart
from otklik.desk.conversations.rasters import HEAD, raster_of
from otklik.desk.conversations.shelf import Shelf

if TYPE_CHECKING:
    from otklik.desk.conversations.models import Attachment

LONGEST = 4096
MOST = 50_000_000
"""Pixels; a camera of a telephone makes up to 48 million, and each takes four bytes of the child's memory."""
drawings = Shelf("shown-pictures")
_under_way: set[str] = set()
_guard = threading.Lock()


def shown(file: "Attachment") -> tuple[Path, str] | None:
    """A picture to show and its type; None for what is none, or cannot be drawn within the limits.  Raises Busy."""
    if file.raster is None:
        return None
    key = str(file.key)
    kept = drawings.fresh(key)
    if kept is None:
        with _alone(key):
            kept = drawings.fresh(key) or drawings.keep(key, _drawn(file))
    with kept.open("rb") as content:
        kind = raster_of(content.read(HEAD))
    return (kept, kind) if kind else None


@contextmanager
def _alone(key: str) -> Iterator[None]:
    """Whoever draws the same picture does it for all: Busy for the others."""
    with _guard:
        if key in _under_way:
            raise Busy
        _under_way.add(key)
    try:
        yield
    finally:
        _under_way.discard(key)


def _drawn(file: "Attachment") -> bytes:
    """Empty when it cannot be: nobody tries that again today."""
    try:
        with file.file.open("rb") as content:
            return drawn_apart(content, "shown", LONGEST, MOST) or b""
    except OSError:
        raise Busy from None
