"""How far a measured goal has come, and which verdict it gets on its day (METRICS G1, G2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from otklik.core.formulas import goal_progress
from otklik.core.journal.refused import Refused
from otklik.team.goals.models import Goal, Kind, Level, State, Verdict
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Better
from otklik.team.metrics.layer.question import Question, figure
from otklik.team.metrics.scope import Scope

PACE = 0.1
"""Ahead of time or behind it by ten points."""


@dataclass(frozen=True)
class Course:
    """Of a measured goal: its figure now, the way gone and the time passed, both as shares."""

    figure: Figure
    progress: float | None
    expected: float

    @property
    def pace(self) -> str:
        """ "ahead", "behind", "" for as it should be, or where nothing can be said."""
        if self.progress is None:
            return ""
        if self.progress > self.expected + PACE:
            return "ahead"
        return "behind" if self.progress < self.expected - PACE else ""


def figure_of(goal: Goal, until: date) -> Figure:
    """Of the weeks that ended with this day; records that not everybody may see are left out, a goal is read by all."""
    metric = goal.measured
    assert metric is not None
    end = midnight(until + timedelta(days=1))
    scope = Scope(end - timedelta(weeks=goal.weeks), end, None, for_all=True)
    if goal.level == Level.PERSON:
        return figure(Question(metric, scope).of("agent", str(goal.owner_id)))
    return figure(Question(metric, scope.of_team(goal.team_id) if goal.team_id else scope))


def is_enough(told: Figure) -> bool:
    """So few readings that they are only told say nothing of a goal (METRICS C1)."""
    return told.value is not None and told.status not in ("hidden", "undefined")


def course_of(goal: Goal) -> Course:
    """As of yesterday: today is not over."""
    told = figure_of(goal, min(today() - timedelta(days=1), goal.due_on or today()))
    return Course(told, progress_of(goal, told.value if is_enough(told) else None), passed(goal))


def progress_of(goal: Goal, value: float | None) -> float | None:
    """The way gone with this figure, a share; None where there is none."""
    if value is None or goal.base is None or goal.target is None:
        return None
    return goal_progress(goal.base, goal.target, value)


def count_all() -> int:
    """The figures of all goals that are followed, once a day; returns how many were counted."""
    goals = [goal for goal in Goal.objects.filter(state=State.ACTIVE, kind=Kind.MEASURED) if goal.measured]
    for goal in goals:
        told = course_of(goal).figure
        goal.current, goal.counted_on = (told.value if is_enough(told) else None), today()
    Goal.objects.bulk_update(goals, ["current", "counted_on"])
    return len(goals)


def passed(goal: Goal) -> float:
    """The share of the time between agreement and day that is over."""
    if goal.agreed_at is None or goal.due_on is None:
        return 0.0
    begun = day_of(goal.agreed_at)
    whole = (goal.due_on - begun).days
    return 1.0 if whole <= 0 else min(max((today() - begun).days / whole, 0.0), 1.0)


def verdict_of(goal: Goal) -> tuple[Verdict, float | None]:
    """What the day brings, and the figure of a measured goal.  Raises Refused while something was not looked at."""
    if goal.kind == Kind.YES_NO:
        seen = list(goal.criteria.values_list("met", flat=True))
        if None in seen:
            raise Refused(_("Somebody has to look at each criterion first."))
        return (Verdict.YES if seen and all(seen) else Verdict.NO), None
    if goal.due_on is None:
        raise Refused(_("It is judged once, when its day is over."))
    told = figure_of(goal, goal.due_on)
    if told.value is None or not is_enough(told):
        raise Refused(_("There is too little data for these weeks: the goal cannot be judged by it."))
    if not passes(goal, told.value):
        return Verdict.NOT_REACHED, told.value
    return (Verdict.CONFIRMED if passes(goal, near_end(told)) else Verdict.REACHED), told.value


def near_end(told: Figure) -> float | None:
    """The end of the interval that lies nearer to where one came from; of what has none, no certainty."""
    return told.lo if told.metric.better == Better.UP else told.hi


def passes(goal: Goal, value: float | None) -> bool:
    """Beyond the target in the metric's better direction, or up to it where the goal is not strict."""
    if value is None or goal.target is None or goal.measured is None:
        return False
    ahead = value - goal.target if goal.measured.better == Better.UP else goal.target - value
    return ahead > 0 if goal.strict else ahead >= 0
