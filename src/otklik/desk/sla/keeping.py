"""Clocks follow their ticket: what the plan says is written, no more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from otklik.core.journal import clock as now_of
from otklik.core.journal.rows import insert, insert_all, update
from otklik.core.staff.models import User
from otklik.desk.sla.models import Clock, Recount
from otklik.desk.sla.plan import planned
from otklik.desk.sla.standing import CLOCK, standing
from otklik.desk.sla.times import times_of


def keep(ticket: int, why: str = "", by: User | None = None) -> None:
    """Bring the clocks of a ticket in line with its row, in the transaction of what happened to it.

    `why` says that its terms have changed: due moments that move by it stay in the history.
    """
    facts, clocks = standing(ticket)
    times = times_of(facts.version, facts.team, facts.priority)
    before = {clock.pk: _values(clock) for clock in clocks}
    due_before = {clock.pk: clock.due_at for clock in clocks if clock.is_live}
    after = planned(facts, clocks, times, now_of.now())
    _write([clock for clock in after if before.get(clock.pk) != _values(clock)])
    if why:
        _remember(after, due_before, why, by)


def _values(clock: Clock) -> tuple[Any, ...]:
    return tuple(getattr(clock, name) for name in CLOCK)


def _write(clocks: Sequence[Clock]) -> None:
    """What ended first: only one clock of a kind may run, and what is written in one statement has no order."""
    known = sorted((clock for clock in clocks if clock.pk), key=lambda clock: clock.is_live)
    if len({clock.kind for clock in known}) == len(known):
        update(*known)
    else:
        for clock in known:
            update(clock)
    insert_all([clock for clock in clocks if clock.pk is None])


def _remember(clocks: Sequence[Clock], due_before: dict[int, datetime], why: str, by: User | None) -> None:
    for clock in clocks:
        was = due_before.get(clock.pk)
        if was and clock.is_live and was != clock.due_at:
            insert(Recount(of=clock, was_due=was, due=clock.due_at, why=why[:300], by=by))
