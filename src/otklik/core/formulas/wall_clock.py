"""Open time on the wall clock of one place, as if no clock were ever changed.

The axis is local microseconds since `ORIGIN`.  The week repeats for ever; the few days that differ from it carry a
correction each, kept as running sums.  So the open time before any point costs one bisection over those days, however
far the point is, and its inverse one more over the days between.
"""

from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate

from otklik.core.formulas.instants import DAY
from otklik.core.formulas.timetable import Timetable, Windows, merged

LAST_DAY = 3_652_058
"""31 December 9999."""


class NoWorkingTime(ValueError):
    """The calendar has no open moment where one was asked for."""

    def __init__(self) -> None:
        super().__init__("the calendar has no working time left")


class WallClock:
    """`opened(point)` and its two inverses `earliest` and `latest`."""

    __slots__ = (
        "_before_weekday",
        "_corrections",
        "_special",
        "_special_days",
        "_week",
        "_week_total",
    )

    def __init__(self, timetable: Timetable) -> None:
        week, windows = timetable.week, timetable.windows
        self._week = tuple(_on_one_day(week[day], week[day - 1]) for day in range(7))
        self._before_weekday = tuple(accumulate(map(_length, self._week), initial=0))
        self._week_total = self._before_weekday[7]
        self._special = {
            day: _on_one_day(windows(day), windows(day - 1))
            for changed in timetable.exceptions
            for day in (changed, changed + 1)
        }
        self._special_days = sorted(self._special)
        surplus = (_length(self._special[day]) - _length(self._week[day % 7]) for day in self._special_days)
        self._corrections = tuple(accumulate(surplus, initial=0))

    def on(self, day: int) -> Windows:
        """The open time inside a date, the end of yesterday's night shift included."""
        return self._special.get(day, self._week[day % 7])

    def before(self, day: int) -> int:
        """Open time before the midnight that begins a day."""
        weeks, weekday = divmod(day, 7)
        correction = self._corrections[bisect_left(self._special_days, day)]
        return weeks * self._week_total + self._before_weekday[weekday] + correction

    def opened(self, point: int) -> int:
        """Open time before a point."""
        day, clock = divmod(point, DAY)
        total = self.before(day)
        for start, end in self.on(day):
            if clock <= start:
                break
            total += min(clock, end) - start
        return total

    def is_open(self, point: int) -> bool:
        day, clock = divmod(point, DAY)
        return any(start <= clock < end for start, end in self.on(day))

    def earliest(self, total: int, near: int) -> int:
        """The first point with `total` opened before it, sought from the day of `near` outwards."""
        day = _first(lambda day: self.before(day + 1) >= total, near // DAY)
        rest = total - self.before(day)
        for start, end in self.on(day):
            if rest <= end - start:
                return day * DAY + start + rest
            rest -= end - start
        raise NoWorkingTime

    def latest(self, total: int, near: int) -> int:
        """The last point with no more than `total` opened before it, sought from the day of `near` outwards."""
        day = _first(lambda day: self.before(day + 1) > total, near // DAY)
        rest = total - self.before(day)
        if rest < 0:
            raise NoWorkingTime
        for start, end in self.on(day):
            if rest < end - start:
                return day * DAY + start + rest
            rest -= end - start
        raise NoWorkingTime


def _on_one_day(today: Windows, yesterday: Windows) -> Windows:
    late = ((max(start - DAY, 0), end - DAY) for start, end in yesterday if end > DAY)
    return merged([*((start, min(end, DAY)) for start, end in today), *late])


def _length(windows: Windows) -> int:
    return sum(end - start for start, end in windows)


def _first(reached: Callable[[int], bool], near: int) -> int:
    """The first day for which `reached` holds; it holds for every later one.  Logarithmic in the distance to `near`."""
    low = high = max(near, 0)
    step = 1
    while not reached(high):
        if high > LAST_DAY:
            raise NoWorkingTime
        low, high, step = high + 1, high + step, step * 2
    step = 1
    while low > 0 and reached(low):
        low, high, step = max(low - step, 0), low, step * 2
    return bisect_left(range(high), True, low, key=reached)
