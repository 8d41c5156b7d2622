"""Hours of a shift as a template says them, and as moments of one date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from otklik.core.calendar.hours import Pairs
from otklik.core.formulas import night_hours
from otklik.core.journal.refused import Refused

LONGEST = timedelta(hours=24)

type Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Hours:
    """From when to when on the wall of the line; an end not after its beginning is of the next day."""

    starts: time
    ends: time
    breaks: tuple[tuple[time, time], ...] = ()

    @classmethod
    def of(cls, starts: time, ends: time, breaks: Pairs) -> "Hours":
        return cls(starts, ends, tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in breaks))

    def on(self, day: date, place: ZoneInfo) -> "Moments":
        """The moments of a shift that begins on this date.  Raises Refused when a break is not within the shift.

        Clocks that are put forward or back make it shorter or longer; a time that does not exist is an hour later.
        """
        start, end = _span(day, self.starts, self.ends, place)
        if not timedelta() < end - start <= LONGEST + timedelta(hours=1):
            raise Refused(_("A shift is longer than a minute and not longer than a day."), "ends")
        found: list[Span] = []
        for begins, stops in self.breaks:
            since, until = _span(day, begins, stops, place)
            if since < start:  # after midnight
                since, until = _span(day + timedelta(days=1), begins, stops, place)
            if not start < since < until < end:
                raise Refused(_("A break must lie within the shift: it neither begins nor ends it."), "breaks")
            found.append((since, until))
        found.sort()
        if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
            raise Refused(_("Breaks may not overlap."), "breaks")
        return Moments(start, end, found, round(night_hours(start, end, str(place)) * 3600))


@dataclass(frozen=True)
class Moments:
    start: datetime
    end: datetime
    breaks: Sequence[Span]
    night: int
    """Seconds between 22 and 6 at the place."""


def _span(day: date, starts: time, ends: time, place: ZoneInfo) -> Span:
    after = day + timedelta(days=ends <= starts)
    return tuple(datetime.combine(*at, place).astimezone(UTC) for at in ((day, starts), (after, ends)))  # type: ignore[return-value]
