"""Times in which somebody is left alone: arithmetic of the wall clock at their place, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HORIZON = 400
"""So many days ahead an end is looked for; what lasts longer has none."""


@dataclass(frozen=True)
class Quiet:
    """Quiet whenever every condition that is given holds at the place: dates, days of the month, weekdays, hours.

    Days of the month may go over its end (25 to 3), hours over midnight (22:00 to 8:00); after midnight it is the next
    day.  `months` narrows it to some of the year: quarters close in four of them.
    """

    zone: ZoneInfo
    starts_on: date | None = None
    ends_on: date | None = None
    month_from: int | None = None
    month_until: int | None = None
    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    hours_from: time | None = None
    hours_until: time | None = None

    def holds(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return self._on(local.date()) and self._within(local.time())

    def ends(self, at: datetime) -> datetime | None:
        """The first moment after `at` that is not quiet; None when none comes within the horizon."""
        return next((moment for moment in self._turns(at) if moment > at and not self.holds(moment)), None)

    def _on(self, day: date) -> bool:
        if (self.starts_on or day) > day or (self.ends_on or day) < day:
            return False
        if self.weekdays and day.isoweekday() not in self.weekdays:
            return False
        if self.months and day.month not in self.months:
            return False
        first, last = self.month_from, self.month_until
        if first is None or last is None:
            return True
        return first <= day.day <= last if first <= last else day.day >= first or day.day <= last

    def _within(self, moment: time) -> bool:
        first, last = self.hours_from, self.hours_until
        if first is None or last is None:
            return True
        return first <= moment < last if first <= last else moment >= first or moment < last

    def _turns(self, at: datetime) -> Iterator[datetime]:
        """Every moment at which the answer may change, in order: midnights, ends of hours, moved clocks."""
        edges = sorted({time(0), self.hours_from or time(0), self.hours_until or time(0)})
        today = at.astimezone(self.zone).date()
        for ahead in range(HORIZON):
            day = today + timedelta(days=ahead)
            local = [datetime.combine(day, edge, self.zone).replace(fold=fold) for edge in edges for fold in (0, 1)]
            yield from sorted({*(moment.astimezone(UTC) for moment in local), *self._moved(day)})

    def _moved(self, day: date) -> list[datetime]:
        """When the clocks of the place are moved on this day."""
        first = datetime.combine(day, time(0), self.zone).astimezone(UTC)
        last = datetime.combine(day + timedelta(days=1), time(0), self.zone).astimezone(UTC)
        before = self._offset(first)
        if before == self._offset(last):
            return []
        while last - first > timedelta(seconds=1):
            middle = first + (last - first) / 2
            first, last = (middle, last) if self._offset(middle) == before else (first, middle)
        return [last.replace(microsecond=0)]

    def _offset(self, at: datetime) -> timedelta | None:
        return at.astimezone(self.zone).utcoffset()


def outside(zone: ZoneInfo, hours: tuple[time, time]) -> Quiet:
    """Quiet outside of the hours of a day."""
    return Quiet(zone, hours_from=hours[1], hours_until=hours[0])
