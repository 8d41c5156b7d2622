"""Which requests a figure is of: of whom, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from otklik.core.staff.models import User
from otklik.team.metrics.days import day_of, midnight


@dataclass(frozen=True)
class Scope:
    """Of whom (`teams` None is all), and when (half-open, by the anchor of each metric).

    `line` is the one that was asked for, where `teams` may as well be all of the reader's own.  `viewer` is for whom
    records are counted that not everybody sees; without one nobody knows of these, unless `for_all` leaves out what
    one person may not know: complaints about somebody who works here.
    """

    start: datetime
    end: datetime
    teams: Sequence[int] | None = None
    viewer: User | None = None
    line: int | None = None
    for_all: bool = False

    def of_team(self, team_id: int) -> "Scope":
        return replace(self, teams=[team_id], line=team_id)

    def before(self) -> "Scope":
        """The same length right before."""
        return replace(self, start=self.start - (self.end - self.start), end=self.start)

    def at(self, first: date, last: date, until: datetime | None = None) -> "Scope":
        """The same of other days, both included; of the last one only what was before `until`, a moment of it."""
        return replace(self, start=midnight(first), end=until or midnight(last + timedelta(days=1)))

    @property
    def until(self) -> datetime | None:
        """Where its last day is cut; None where that counts whole.  What is known by whole days is without that day."""
        return None if self.end == midnight(day_of(self.end)) else self.end

    def days(self) -> list[date]:
        """The days of the scope, the last one cut or not."""
        first, last = day_of(self.start), day_of(self.end)
        return [first + timedelta(days=number) for number in range((last - first).days + bool(self.until))]

    @classmethod
    def visible_to(cls, user: User, start: datetime, end: datetime) -> "Scope":
        """All lines for those who look at the whole department, else one's own."""
        return cls(start, end, None if user.sees_everything else list(user.team_ids), user)
