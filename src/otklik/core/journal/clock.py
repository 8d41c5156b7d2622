"""The desk's own clock.

Every verb asks here what time it is.  It is the real time, unless a story is told at another moment: the demonstration
company lives through its past week, a test stands at a border of the night.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The present day where it is read: of the reader in a request of theirs, of the department anywhere else."""
    return timezone.localdate(now())


def house_day(moment: datetime) -> date:
    """The day of a moment in the department, whoever asks and wherever they are."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def house_today() -> date:
    """The present day of the department: by it is dated what is kept, and what it decides is the same for all."""
    return house_day(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside the block it is `moment`."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
