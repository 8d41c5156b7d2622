"""What everybody asks for again and again is read once and kept in the process for some seconds.

_lines: RecentBy[int, Team] = RecentBy(5.0)

def line(pk: int) -> Team:
    return _lines.get(pk, lambda: Team.objects.get(pk=pk))

Whoever changes it here says `forget`; another process sees the change so many seconds later, which the question has to
bear.  What one gets is everybody's and not to be changed.  What follows from its arguments alone, and from nothing that
changes, is a matter of `core/ui/kept`.
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any
from weakref import WeakSet

from django.db import transaction

_all: "WeakSet[_Kept]" = WeakSet()


class _Kept:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        _all.add(self)

    def forget(self, **_signal: Any) -> None:
        """Something of it was changed: read it anew at the next question."""
        raise NotImplementedError

    def changed(self, **_signal: Any) -> None:
        """As `forget`, and once more after the commit: until then others have read it as it was."""
        self.forget()
        transaction.on_commit(self.forget)


class Recent[Value](_Kept):
    """One answer, at most so many seconds old."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self._kept: tuple[float, Value] | None = None

    def get(self, read: Callable[[], Value]) -> Value:
        """The answer that is kept; `read` tells it anew where it has grown old.  What failed is not kept."""
        kept = self._kept  # another thread may forget it meanwhile
        if kept is None or monotonic() >= kept[0]:
            kept = self._kept = monotonic() + self._seconds, read()
        return kept[1]

    def forget(self, **_signal: Any) -> None:
        self._kept = None


class RecentBy[Key, Value](_Kept):
    """Answers by what was asked for, each at most so many seconds old; when there are `most`, all of them go."""

    def __init__(self, seconds: float, most: int | None = None) -> None:
        super().__init__(seconds)
        self._most = most
        self._kept: dict[Key, tuple[float, Value]] = {}

    def get(self, key: Key, read: Callable[[], Value]) -> Value:
        """As `Recent.get`."""
        kept = self._kept.get(key)
        if kept is None or monotonic() >= kept[0]:
            return self.put(key, read())
        return kept[1]

    def put(self, key: Key, value: Value) -> Value:
        """It was read at this moment, together with others."""
        if self._most is not None and len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = monotonic() + self._seconds, value
        return value

    def lacking(self, keys: Iterable[Key]) -> set[Key]:
        """Those that would have to be read."""
        now = monotonic()
        return {key for key in keys if (kept := self._kept.get(key)) is None or now >= kept[0]}

    def forget(self, **_signal: Any) -> None:
        self._kept.clear()


def forget() -> None:
    """All of it is read anew: for tests, where what one has read is not true in the next."""
    for one in list(_all):
        one.forget()
