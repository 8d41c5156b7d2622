"""What this room tells by the names of the layer (METRICS G2-G5); everybody who works here reads it."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from otklik.team.goals.models import Goal, Kind, Level, PlanTask, Retro, Verdict
from otklik.team.goals.quarter import last_day, moved, quarter_of, this_quarter
from otklik.team.goals.reckoning import Fate, coverage, fate_in
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.layer.recorded import Item
from otklik.team.metrics.layer.told import Reading, part, tells
from otklik.team.metrics.scope import Scope

FATES = {"plan.done": Fate.DONE, "plan.carried": Fate.CARRIED, "plan.dropped": Fate.DROPPED}


def tell() -> None:
    tells("goal.coverage", now=_covered)
    tells("goal.binary", records=_judged)
    for name, fate in FATES.items():
        tells(name, records=partial(_planned, fate))
    tells("retro", records=_due)


def _covered(_scope: Scope) -> Reading:
    told = coverage(this_quarter())
    return part(told.good, told.n)


def _judged(scope: Scope) -> Iterator[Item]:
    """Of goals of yes or no that everybody reads: those of single people are theirs and their leads'.

    How far a measured one came is told by its own figure.
    """
    rows = Goal.objects.filter(kind=Kind.YES_NO, judged_at__gte=scope.start, judged_at__lt=scope.end)
    rows = rows.exclude(level=Level.PERSON)
    for pk, at, verdict in rows.exclude(verdict="").values_list("pk", "judged_at", "verdict"):
        if at is not None:
            yield Item(at, pk, None, good=int(verdict == Verdict.YES))


def _planned(fate: Fate, scope: Scope) -> Iterator[Item]:
    """Of quarters that ended within: what was put into one when it had begun was not planned for it."""
    for quarter in _ended(scope):
        tasks: list[PlanTask] = once(("tasks", quarter), partial(list, PlanTask.objects.of_quarter(quarter)))
        for task in tasks:
            was = fate_in(quarter, task)
            if was != Fate.SPLIT and not (task.unplanned and task.first_quarter == quarter):
                yield Item(midnight(last_day(quarter)), task.pk, None, good=int(was == fate))


def _ended(scope: Scope) -> Iterator[date]:
    quarter, until = quarter_of(day_of(scope.start)), min(day_of(scope.end), today())
    while last_day(quarter) < until:
        yield quarter
        quarter = moved(quarter, 1)


def _due(scope: Scope) -> Iterator[Item]:
    """On the day on which it was due."""
    first, last = day_of(scope.start), min(day_of(scope.end), today() + timedelta(days=1))
    for one in Retro.objects.filter(due_on__gte=first, due_on__lt=last):
        yield Item(midnight(one.due_on), one.pk, None, good=int(one.held_on is not None))
