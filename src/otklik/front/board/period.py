"""What the reader looks at: a period and a line, kept in the address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.access import lines_of
from otklik.front.board.unknown import unknown
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.scope import Scope

PERIODS = (7, 28, 91)
LONGEST = 400
"""Days of a period that an address names by its first and last day."""


@dataclass(frozen=True)
class View:
    """`days` up to this moment, of `team` or of all lines the reader may see; `unknown` is what was asked in vain.

    With `first` and `last` it is the time from day to day that an address names, both included.
    """

    days: int
    team: Team | None
    teams: list[Team]
    now: datetime
    scope: Scope
    unknown: list[str]
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> str:
        chosen = QueryDict(mutable=True)
        if self.first and self.last:
            chosen["first"], chosen["last"] = self.first.isoformat(), self.last.isoformat()
        else:
            chosen["days"] = str(self.days)
        if self.team:
            chosen["team"] = str(self.team.pk)
        return chosen.urlencode()

    def behind(self, metric: str, **narrowed: object) -> str:
        """Where the requests behind a figure stand, of this view or a part of it."""
        asked = QueryDict(self.query, mutable=True)
        for name, value in narrowed.items():
            asked[name] = str(value)
        return f"{reverse('board:behind_metric', args=[metric])}?{asked.urlencode()}"


def chosen(request: HttpRequest, user: User, *, lined: bool = True) -> View:
    """The view of an address; values that make no sense fall back to the whole, and the page says so.

    Any line makes no sense where the page is not `lined`.
    """
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
    teams = lines_of(user) if lined else []
    first, last = _named(request.GET)
    known = {"first": lambda _text: first, "last": lambda _text: last}
    vain = unknown(request.GET, days=[str(one) for one in PERIODS], team=[str(one.pk) for one in teams], **known)
    team = next((team for team in teams if str(team.pk) == request.GET.get("team")), None)
    return replace(viewed(user, teams, team, days, first, last), unknown=vain)


def viewed(
    user: User, teams: list[Team], team: Team | None, days: int, first: date | None = None, last: date | None = None
) -> View:
    """What this person sees of a line or of all of theirs: the last days, today included, or those that are named."""
    now = clock.now()
    tomorrow = day_of(now) + timedelta(days=1)
    starts, ends = midnight(tomorrow - timedelta(days=days)), midnight(tomorrow)
    if first and last:
        starts, ends = midnight(first), midnight(last + timedelta(days=1))
        days = (last - first).days + 1
    scope = Scope.visible_to(user, starts, ends)
    return View(days, team, teams, now, scope.of_team(team.pk) if team else scope, [], first, last)


def _named(asked: QueryDict) -> tuple[date | None, date | None]:
    """The first and the last day of an address that names both, in this order and not too far apart."""
    first, last = (_day(str(asked.get(name, ""))) for name in ("first", "last"))
    if first is None or last is None or not 0 <= (last - first).days < LONGEST or not 2000 <= first.year < 2100:
        return None, None
    return first, last


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
