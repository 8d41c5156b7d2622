"""When a time zone changes its offset from UTC."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from otklik.core.formulas.instants import ORIGIN, SECOND, micros

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=6)
"""No zone has kept an offset for less than 6.9 days since 1970."""


@lru_cache(maxsize=64)
def eras(zone: ZoneInfo) -> tuple[tuple[int, int], ...]:
    """(start, offset) in microseconds for each stretch of time with one offset, in order; the first has no beginning.

    Before 1970 and after 2100 the nearest known offset holds.  Takes about 15 ms, once for a zone.
    """
    found = [(-(10**18), _offset(zone, FIRST))]
    probe = FIRST
    while probe < LAST:
        probe += _STEP
        offset = _offset(zone, probe)
        if offset != found[-1][1]:
            found.append((_change(zone, probe - _STEP, probe), offset))
    return tuple(found)


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(zone).utcoffset() or timedelta(0)
    return (offset.days * 86_400 + offset.seconds) * SECOND


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> int:
    """The second at which the offset of `after` begins."""
    low, high = micros(before) // SECOND, micros(after) // SECOND
    new = _offset(zone, after)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, ORIGIN + timedelta(seconds=middle)) == new:
            high = middle
        else:
            low = middle
    return high * SECOND
