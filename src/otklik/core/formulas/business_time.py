"""Working time: how much of it lies between two moments, and when a given amount of it is over.

An instant is open when the clock on the wall of the calendar's zone shows a time inside a window.  So an hour that a
change of clocks removes is not worked, and an hour that comes twice is worked twice.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from otklik.core.formulas.business_days import BusinessDays
from otklik.core.formulas.instants import SECOND, Instant, from_micros, micros, span
from otklik.core.formulas.timetable import Timetable, read
from otklik.core.formulas.wall_clock import WallClock
from otklik.core.formulas.zone_eras import eras

type Calendar = Mapping[str, Any] | WorkingTime


class WorkingTime:
    """A calendar made ready for questions; never changes, equal calendars give the same object.

    Every question costs two or three bisections, whether it spans an hour or a century.  Moments come in as aware
    datetimes or ISO text and go out in UTC.  Where no working time is left the answer is NoWorkingTime, a ValueError.
    """

    __slots__ = (
        "_days",
        "_offsets",
        "_shifts",
        "_starts",
        "_wall",
        "_worked",
        "timetable",
    )

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self._starts: tuple[int, ...]
        self._offsets: tuple[int, ...]
        self._wall = WallClock(timetable)
        self._days = BusinessDays(timetable)
        self._starts, self._offsets = zip(*eras(timetable.zone), strict=True)
        opened = self._wall.opened
        worked, shifts = [0], [-opened(self._starts[0] + self._offsets[0])]
        for number, start in enumerate(self._starts[1:], 1):
            worked.append(shifts[-1] + opened(start + self._offsets[number - 1]))
            shifts.append(worked[-1] - opened(start + self._offsets[number]))
        self._worked, self._shifts = tuple(worked), tuple(shifts)

    @classmethod
    def of(cls, calendar: Calendar) -> "WorkingTime":
        """From `{"tz", "weekly", "exceptions"}`; CalendarError, a ValueError, says what is wrong in it."""
        return calendar if isinstance(calendar, cls) else _compiled(json.dumps(calendar, sort_keys=True))

    def seconds(self, start: Instant, end: Instant) -> float:
        """Working seconds from one moment to another, negative when `end` is the earlier one."""
        return (self._before(micros(end)) - self._before(micros(start))) / SECOND

    def due(self, start: Instant, seconds: float) -> datetime:
        """The first moment by which `seconds` of work have passed since `start`; closing time if they end there."""
        begun, length = micros(start), span(seconds)
        return from_micros(self._earliest(self._before(begun) + length, begun) if length else begun)

    def subtract(self, end: Instant, seconds: float) -> datetime:
        """The last moment from which `seconds` of work lead to `end`."""
        ended, length = micros(end), span(seconds)
        return from_micros(self._latest(self._before(ended) - length, ended) if length else ended)

    def next_opening(self, at: Instant) -> datetime:
        """`at` itself while open, else the next moment of work."""
        point = micros(at)
        return from_micros(self._latest(self._before(point), point))

    def is_open(self, at: Instant) -> bool:
        point = micros(at)
        return self._wall.is_open(point + self._offsets[self._era(point)])

    def add_business_days(self, start: Instant, days: int) -> datetime:
        """The same clock time so many working dates later, drawn into that date's windows.

        Counting begins at the next opening when `start` is outside working time.
        """
        point = micros(self.next_opening(start))
        local = self._days.after(point + self._offsets[self._era(point)], days)
        return from_micros(local).replace(tzinfo=self.timetable.zone).astimezone(UTC)

    def _era(self, point: int) -> int:
        return bisect_right(self._starts, point) - 1

    def _before(self, point: int) -> int:
        """Working time before a moment, since an arbitrary zero."""
        era = self._era(point)
        return self._shifts[era] + self._wall.opened(point + self._offsets[era])

    def _earliest(self, worked: int, near: int) -> int:
        era = max(bisect_left(self._worked, worked) - 1, 0)
        return self._wall.earliest(worked - self._shifts[era], near + self._offsets[era]) - self._offsets[era]

    def _latest(self, worked: int, near: int) -> int:
        era = max(bisect_right(self._worked, worked) - 1, 0)
        return self._wall.latest(worked - self._shifts[era], near + self._offsets[era]) - self._offsets[era]


@lru_cache(maxsize=512)
def _compiled(calendar: str) -> WorkingTime:
    return WorkingTime(read(json.loads(calendar)))


def business_seconds(start: Instant, end: Instant, calendar: Calendar) -> float:
    """Working seconds from `start` to `end` in a calendar; negative when `end` is the earlier one."""
    return WorkingTime.of(calendar).seconds(start, end)


def business_due(start: Instant, seconds: float, calendar: Calendar) -> datetime:
    """The moment, in UTC, by which `seconds` of working time have passed since `start`."""
    return WorkingTime.of(calendar).due(start, seconds)
