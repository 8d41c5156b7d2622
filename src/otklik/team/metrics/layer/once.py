"""What several figures of one page are made of is read for the first of them and kept for as long as they are told."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("records", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """While it lasts records of a period are read once for whoever asks for the same metrics of them: of a page that
    shows one figure from several sides, or many figures.  Within another one it is that one.
    """
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once[T](key: Hashable, read: Callable[[], T]) -> T:
    """What several metrics of a period are made of: read for the first of them, while `read_once` lasts."""
    kept = _kept.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]
