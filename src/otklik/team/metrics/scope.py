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

    def at(self, first: date, last: date) -> "Scope":
        """The same of other days, both included."""
        return replace(self, start=midnight(first), end=midnight(last + timedelta(days=1)))

    def days(self) -> list[date]:
        """The days of the scope."""
        first, last = day_of(self.start), day_of(self.end)
        return [first + timedelta(days=number) for number in range((last - first).days)]

    @classmethod
    def visible_to(cls, user: User, start: datetime, end: datetime) -> "Scope":
        """All lines for those who look at the whole department, else one's own."""
        return cls(start, end, None if user.sees_everything else list(user.team_ids), user)
