"""What the reader looks at: a period and a line, kept in the address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.access import lines_of
from otklik.front.board.unknown import unknown
from otklik.team.metrics.scope import Scope

PERIODS = (7, 28, 91)


@dataclass(frozen=True)
class View:
    """`days` up to this moment, of `team` or of all lines the reader may see; `unknown` is what was asked in vain."""

    days: int
    team: Team | None
    teams: list[Team]
    now: datetime
    scope: Scope
    unknown: list[str]

    @property
    def query(self) -> str:
        chosen = QueryDict(mutable=True)
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


def chosen(request: HttpRequest, user: User) -> View:
    """The view of an address; values that make no sense fall back to the whole, and the page says so."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
    teams = lines_of(user)
    vain = unknown(request.GET, days=[str(one) for one in PERIODS], team=[str(one.pk) for one in teams])
    team = next((team for team in teams if str(team.pk) == request.GET.get("team")), None)
    now = clock.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    scope = Scope.visible_to(user, midnight - timedelta(days=days - 1), midnight + timedelta(days=1))
    return View(days, team, teams, now, scope.of_team(team.pk) if team else scope, vain)
