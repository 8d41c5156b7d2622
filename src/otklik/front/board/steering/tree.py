"""Goals as a tree: each under the one it serves, with how far it has come as of its last count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from otklik.core.ui import words
from otklik.front.board.measured import telling
from otklik.team.goals.judging import PACE, passed, progress_of
from otklik.team.goals.models import Goal, Level, State, Verdict

STATES: dict[str, tuple[str | LazyText, str]] = {
    Verdict.CONFIRMED: (_("reached, and surely"), "ok"),
    Verdict.REACHED: (_("reached, not confirmed"), "ok"),
    Verdict.YES: (_("yes"), "ok"),
    Verdict.NOT_REACHED: (_("not reached"), "breach"),
    Verdict.NO: (_("no"), "breach"),
}


@dataclass(frozen=True)
class Row:
    """`depth` from 0; `progress` a share cut to what a bar can show; `said` and `state` the chip."""

    goal: Goal
    depth: int
    progress: float | None
    said: str | LazyText
    state: str


def rows(goals: Iterable[Goal]) -> list[Row]:
    """In the order of levels; a goal whose parent is not among these stands at the top."""
    known = sorted(goals, key=lambda one: (Level(one.level).rank, one.due_on is None, one.due_on, one.pk))
    shown = {one.pk for one in known}
    under: dict[int | None, list[Goal]] = defaultdict(list)
    for one in known:
        under[one.parent_id if one.parent_id in shown else None].append(one)
    return list(_walk(under, None, 0))


def _walk(under: dict[int | None, list[Goal]], parent: int | None, depth: int) -> Iterator[Row]:
    for goal in under[parent]:
        yield row_of(goal, depth)
        yield from _walk(under, goal.pk, depth + 1)


def row_of(goal: Goal, depth: int = 0) -> Row:
    progress = progress_of(goal, goal.current) if goal.state == State.ACTIVE else None
    said, state = chip(goal, progress)
    return Row(goal, depth, None if progress is None else min(max(progress, 0.0), 1.0), said, state)


def chip(goal: Goal, progress: float | None) -> tuple[str | LazyText, str]:
    if goal.state == State.JUDGED:
        return STATES[goal.verdict]
    if goal.state != State.ACTIVE:
        return goal.get_state_display(), ""
    if goal.is_due:
        return _("to be judged"), "soon"
    if progress is None:
        return goal.get_state_display(), ""
    expected = passed(goal)
    if progress > expected + PACE:
        return _("ahead of time"), "ok"
    return (_("behind time"), "soon") if progress < expected - PACE else (_("on its way"), "")


def value(goal: Goal, number: float | None) -> str:
    """A figure of the goal as its metric is shown."""
    return telling.value(goal.measured, number) if goal.measured and number is not None else "—"


def share(told: float | None) -> str:
    return "—" if told is None else words.percent(told)
