"""Figures of steering: cascade, plans of quarters, retrospectives (METRICS G3–G5)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from otklik.core.formulas import quarter_plan
from otklik.core.formulas.goals import QuarterPlan
from otklik.team.goals.models import Goal, Level, PlanTask, Retro, RetroAction, State
from otklik.team.goals.models.task import MOST_CARRIES, TaskState
from otklik.team.goals.quarter import key_of, moved
from otklik.team.metrics.days import today
from otklik.team.metrics.share import Share

YEAR = timedelta(days=365)
RUNNING = 3
"""A theme of so many retrospectives in a row was not mended."""
LAST_LOAD = 0.6
"""The last quarter is left for what takes long: at most this share of what the others hold on average (a policy)."""


def coverage(quarter: date) -> Share:
    """Goals that stand and tasks of a quarter that have a standing "why" above them; a vision needs none (G3)."""
    goals = Goal.objects.standing().exclude(level=Level.VISION)
    tasks = PlanTask.objects.filter(quarter=quarter).exclude(state__in=(TaskState.DROPPED, TaskState.SPLIT))
    served = goals.exclude(parent=None).exclude(parent__state=State.DROPPED).count()
    served += tasks.exclude(goal=None).exclude(goal__state=State.DROPPED).count()
    return Share(served, goals.count() + tasks.count())


@dataclass(frozen=True)
class QuarterFigures:
    """Of a quarter: what became of what was planned for it; `added` came within it."""

    plan: QuarterPlan
    added: int
    done: int
    carried_twice: int

    @property
    def added_to_done(self) -> float | None:
        return self.added / self.done if self.done else None


class Fate(StrEnum):
    """What a task was at the end of a quarter."""

    DONE = "done"
    DROPPED = "dropped"
    CARRIED = "carried"
    SPLIT = "split"


def fate_in(quarter: date, task: PlanTask) -> Fate:
    """Decided by where it went, so that what happens later changes no quarter that is over.

    Split within its quarter it is its milestones; split afterwards it was not done in time, as any other.
    """
    if any(move.out_of == quarter and move.into > quarter for move in task.moves.all()):
        return Fate.CARRIED
    in_time = task.ended_on is not None and task.ended_on < moved(quarter, 1)
    if task.state == TaskState.DROPPED:
        return Fate.DROPPED
    if task.state == TaskState.SPLIT:
        return Fate.SPLIT if in_time else Fate.CARRIED
    return Fate.DONE if task.state == TaskState.DONE and in_time else Fate.CARRIED


def of_quarter(quarter: date, tasks: Sequence[PlanTask]) -> QuarterFigures:
    """`tasks` are those of `PlanTask.objects.of_quarter`, with their moves."""
    fates = [(task, fate) for task in tasks if (fate := fate_in(quarter, task)) != Fate.SPLIT]
    added = [task for task, _fate in fates if task.unplanned and task.first_quarter == quarter]
    key = key_of(quarter)
    rows = [
        {"planned_q": key, "done_q": key if fate == Fate.DONE else None, "dropped": fate == Fate.DROPPED}
        for task, fate in fates
        if task not in added
    ]
    return QuarterFigures(
        quarter_plan(rows, key),
        added=len(added),
        done=sum(fate == Fate.DONE for _task, fate in fates),
        carried_twice=sum(task.carries >= MOST_CARRIES for task in tasks if task.is_going and task.quarter == quarter),
    )


def is_last_too_full(year: int, sizes: dict[date, int]) -> bool:
    """Whether the last quarter of a year holds more than the policy leaves for it; `sizes` are days of work."""
    first = date(year, 1, 1)
    others = [sizes.get(moved(first, place), 0) for place in range(3)]
    mean = sum(others) / 3
    return bool(mean) and sizes.get(moved(first, 3), 0) > LAST_LOAD * mean


@dataclass(frozen=True)
class Retros:
    """Held of those that were due in a year, actions done by the next one, themes of three in a row."""

    held: Share
    actions: Share
    again: list[str]


def retros() -> Retros:
    due = list(Retro.objects.filter(due_on__gt=today() - YEAR, due_on__lte=today()))
    held = list(Retro.objects.filter(held_on__isnull=False).order_by("held_on", "pk").prefetch_related("actions"))
    return Retros(
        Share(sum(one.held_on is not None for one in due), len(due)),
        _done_by_the_next(held),
        themes_again([one.themes for one in held]),
    )


def _done_by_the_next(held: Sequence[Retro]) -> Share:
    """Of each one that was followed by another within the year."""
    pairs = [
        (action, after.held_on)
        for one, after in pairwise(held)
        if after.held_on and after.held_on > today() - YEAR
        for action in one.actions.all()
    ]
    return Share(sum(_was_done(action, day) for action, day in pairs), len(pairs))


def _was_done(action: RetroAction, by: date) -> bool:
    return action.done and action.ended_on is not None and action.ended_on <= by


def themes_again(themes: Sequence[Sequence[str]]) -> list[str]:
    """Those of each of the last three, in order of the alphabet; case and blanks do not matter."""
    last = themes[-RUNNING:]
    if len(last) < RUNNING:
        return []
    seen = Counter(theme for one in last for theme in {word.strip().casefold() for word in one if word.strip()})
    return sorted(theme for theme, times in seen.items() if times == RUNNING)
