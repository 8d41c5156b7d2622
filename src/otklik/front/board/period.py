"""What the reader looks at: a period and what it is compared with, a line and other sides, kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.core.ui import words
from otklik.front.board.access import lines_of
from otklik.front.board.timing import USUAL, Against, Days, Timing, timed
from otklik.front.board.unknown import unknown
from otklik.team.metrics.days import day_of, midnight, zone
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

PERIODS = (7, 28, 91)


@dataclass(frozen=True)
class View:
    """`days` up to this moment, of `team` or of all lines the reader may see; `unknown` is what was asked in vain.

    With `first` and `last` it is the time from day to day that an address names, both included.  `timing` is all that
    it says of days.  `only` narrows to one value of each named side, as `Question` has it; `narrowed` is the same as an
    address says it.
    """

    days: int
    team: Team | None
    teams: list[Team]
    now: datetime
    scope: Scope
    unknown: list[str]
    first: date | None = None
    last: date | None = None
    timing: Timing = USUAL
    only: Mapping[str, str] = field(default_factory=dict)
    narrowed: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        chosen = QueryDict(self.unnarrowed, mutable=True)
        chosen.update(self.narrowed)
        return chosen.urlencode()

    @property
    def unnarrowed(self) -> str:
        """The same without the sides."""
        chosen = QueryDict(mutable=True)
        if not (self.first and self.last):
            chosen["days"] = str(self.days)
        else:
            chosen["first"], chosen["last"] = self.first.isoformat(), self.last.isoformat()
        chosen.update({name: value for name, value in self.timing.named.items() if name not in chosen})
        if self.team:
            chosen["team"] = str(self.team.pk)
        return chosen.urlencode()

    @property
    def base(self) -> Scope | None:
        """With what it is compared; None with nothing."""
        if self.timing.against == Against.OFF:
            return None
        days = self.scope.days()
        found = self.timing.base(Days(days[0], days[-1]), self.now)
        return self.scope.at(found.first, found.last, found.until) if found else self.scope.before()

    def ask(self, metric: Metric) -> Question:
        """The question of this view."""
        return Question(metric, self.scope, self.only)

    def before(self, asked: Question) -> Question | None:
        """The same of the days it is compared with."""
        return replace(asked, scope=self.base) if self.base else None

    def behind(self, metric: str, **narrowed: object) -> str:
        """Where the requests behind a figure stand, of this view or a part of it."""
        asked = QueryDict(self.query, mutable=True)
        for name, value in narrowed.items():
            asked[name] = str(value)
        return f"{reverse('board:behind_metric', args=[metric])}?{asked.urlencode()}"


def compared(view: View) -> str:
    """What the grey line of a chart is; "" where nothing is compared."""
    if not (base := view.base):
        return ""
    if view.timing.against == Against.PERIOD:
        return _("grey: the period before")
    return _("grey: %(days)s") % {"days": days_of(base)}


def days_of(scope: Scope) -> str:
    """In words, and until when of the last one where that is cut: in the department's time, as the days are."""
    days = scope.days()
    told = f"{words.date_of(days[0])} – {words.date_of(days[-1])}"
    if scope.until is None:
        return told
    return _("%(days)s until %(time)s") % {"days": told, "time": f"{scope.until.astimezone(zone()):%H:%M}"}


def chosen(request: HttpRequest, user: User, *, lined: bool = True) -> View:
    """The view of an address; values that make no sense fall back to the whole, and the page says so.

    Any line makes no sense where the page is not `lined`.
    """
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
    teams, timing = lines_of(user) if lined else [], timed(request.GET)
    vain = unknown(request.GET, days=[str(one) for one in PERIODS], team=[str(one.pk) for one in teams])
    team = next((team for team in teams if str(team.pk) == request.GET.get("team")), None)
    own = (timing.own.first, timing.own.last) if timing.own else (None, None)
    found = viewed(user, teams, team, days, *own)
    return replace(found, unknown=[*vain, *timing.vain], timing=timing)


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
