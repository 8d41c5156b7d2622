"""Figures of steering: cascade, plans of quarters, retrospectives (METRICS G3–G5)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from otklik.core.formulas import quarter_plan
from otklik.core.formulas.goals import QuarterPlan
from otklik.team.goals.models import Goal, Level, PlanTask, Retro, RetroAction
from otklik.team.goals.models.task import TaskState
from otklik.team.goals.quarter import key_of, moved, quarter_of
from otklik.team.metrics.days import today
from otklik.team.metrics.share import Share

YEAR = timedelta(days=365)
RUNNING = 3
"""A theme of so many retrospectives in a row was not mended."""
LAST_LOAD = 0.6
"""The last quarter is left for what takes long: at most this share of what the others hold on average (a policy)."""


def coverage(goals: Sequence[Goal], tasks: Sequence[PlanTask]) -> Share:
    """Items with a "why" above them; a vision needs none and is no item (G3)."""
    below = [goal.parent_id is not None for goal in goals if goal.level != Level.VISION]
    below += [task.goal_id is not None for task in tasks]
    return Share(sum(below), len(below))


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


def of_quarter(quarter: date, tasks: Sequence[PlanTask]) -> QuarterFigures:
    """`tasks` are those of `PlanTask.objects.of_quarter`.  A split task counts as its milestones, not once more."""
    whole = [task for task in tasks if task.state != TaskState.SPLIT]
    planned = [task for task in whole if not (task.unplanned and task.quarter == quarter and not task.carries)]
    rows = [
        {"planned_q": key_of(quarter), "done_q": _done_in(task), "dropped": task.state == TaskState.DROPPED}
        for task in planned
    ]
    done = sum(_done_in(task) == key_of(quarter) for task in whole)
    return QuarterFigures(
        quarter_plan(rows, key_of(quarter)),
        added=len(whole) - len(planned),
        done=done,
        carried_twice=sum(task.carries >= 2 for task in whole if task.is_going),
    )


def _done_in(task: PlanTask) -> str | None:
    return key_of(quarter_of(task.done_on)) if task.done_on else None


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
