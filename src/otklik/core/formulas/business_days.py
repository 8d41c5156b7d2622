"""Counting whole working dates."""

from otklik.core.formulas.instants import DAY
from otklik.core.formulas.timetable import Timetable, Windows
from otklik.core.formulas.wall_clock import WallClock


class BusinessDays:
    """The dates on which work begins, numbered by the same arithmetic that counts open time."""

    __slots__ = ("_dates", "_timetable")

    def __init__(self, timetable: Timetable) -> None:
        self._timetable = timetable
        self._dates = WallClock(
            Timetable(
                timetable.zone,
                tuple(_one(windows) for windows in timetable.week),
                {day: _one(windows) for day, windows in timetable.exceptions.items()},
            )
        )

    def after(self, point: int, days: int) -> int:
        """The same time of the shift that begins `days` working dates later; `point` is open local time."""
        if days < 0:
            raise ValueError(f"cannot count {days} days forward")
        if days == 0:
            return point
        home, clock = self._shift(point)
        nth = self._dates.before(home + 1) + days
        target = self._dates.earliest(nth, point) // DAY
        return target * DAY + _within(self._timetable.windows(target), clock)

    def _shift(self, point: int) -> tuple[int, int]:
        """The date on which the shift of a point began, and the time since its midnight."""
        day, clock = divmod(point, DAY)
        if any(start <= clock < end for start, end in self._timetable.windows(day)):
            return day, clock
        return day - 1, clock + DAY


def _one(windows: Windows) -> Windows:
    """One unit for a date with work, none for a free one."""
    return ((0, 1),) if windows else ()


def _within(windows: Windows, clock: int) -> int:
    """The clock time drawn into a date's windows: up to the next opening, or down to the close of the date."""
    for start, end in windows:
        if clock <= end:
            return max(clock, start)
    return windows[-1][1]
