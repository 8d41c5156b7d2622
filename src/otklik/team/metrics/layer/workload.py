"""How many working days the open requests are: what stands over what a working day ends (METRICS V11).

Lines work on different days, so what each ends in one of its own days is added up: the days are those of all at work.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, F

from otklik.core.formulas import backlog_days
from otklik.core.staff.models import Team
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.sureness import HIDDEN

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

WEEKS = timedelta(weeks=4)
"""Closed days in which is looked at what was ended."""

type Ended = dict[int, int]
"""How many requests each line ended in these days."""


def figure(question: "Question") -> Figure:
    """As of now; unknown where fewer than five were ended."""
    from otklik.team.metrics.layer import question as layer

    ended = {int(line): one.n for line, one in layer.by_side(_of_ended(question), "line").items()}
    return _figure(question, layer.figure(_of_open(question)), ended, _days_of(ended))


def by_side(question: "Question", side: str) -> dict[str, Figure]:
    """For each value of the side of which something stands open."""
    from otklik.team.metrics.layer import question as layer

    column = layer.SIDES[side]
    rows = layer.behind(_of_ended(question)).order_by().annotate(group=F(column)).exclude(group=None)
    ended: dict[str, Ended] = defaultdict(dict)
    for key, line, n in rows.values("group", "team_id").annotate(n=Count("*")).values_list("group", "team_id", "n"):
        ended[str(key)][line] = n
    days = _days_of({line for some in ended.values() for line in some})
    stands = layer.by_side(_of_open(question), side)
    return {key: _figure(question, one, ended.get(key, {}), days) for key, one in stands.items()}


def _figure(question: "Question", stands: Figure, ended: Ended, days: dict[int, int]) -> Figure:
    if stands.value is None or sum(ended.values()) < HIDDEN:
        return Figure(question.metric, stands.n, None)
    value = backlog_days(stands.n, [(n, days[line]) for line, n in ended.items()])
    return Figure(question.metric, stands.n, value)


def _of_open(question: "Question") -> "Question":
    return _as(question, "backlog")


def _of_ended(question: "Question") -> "Question":
    """Solved and refused in the last four weeks, of the same lines and narrowed alike."""
    last = today()
    scope = Scope(midnight(last - WEEKS), midnight(last), question.scope.teams, question.scope.viewer)
    return replace(_as(question, "solved"), scope=scope)


def _as(question: "Question", name: str) -> "Question":
    from otklik.team.metrics.layer.catalogue import METRICS

    return replace(question, metric=METRICS[name])


def _days_of(lines: Iterable[int]) -> dict[int, int]:
    """On how many of these days each line had any working time."""
    days = [today() - WEEKS + timedelta(days=number) for number in range(WEEKS.days)]
    teams = Team.objects.filter(pk__in=list(lines)).select_related("calendar")
    return {team.pk: _worked(team, days) for team in teams}


def _worked(team: Team, days: Iterable[date]) -> int:
    hours = team.calendar.working_time()
    return sum(hours.seconds(midnight(day), midnight(day + timedelta(days=1))) > 0 for day in days)
