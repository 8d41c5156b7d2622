"""Whose turn it is: the oldest first, fair to every class (`core/formulas/fairness`).

The grade of a ticket is the place of its class among all classes, raised or lowered by its priority.  Its target is the
time of its present moment, a day at most, so that a date far away does not make it patient.
"""

from datetime import datetime

from django.db import models
from django.db.models.expressions import RawSQL

from otklik.core.formulas import passed_over_within, turn
from otklik.core.formulas.fairness import AGEING, BANDS, NEAR
from otklik.desk.tickets.models.states import Priority
from otklik.desk.tickets.terms import current

RAISES = {Priority.URGENT: -2, Priority.HIGH: -1, Priority.NORMAL: 0, Priority.LOW: 1}
SHORTEST, LONGEST = 60.0, 86_400.0
"""Seconds of a target."""

_raised = " ".join(f"WHEN {priority.value} THEN {by}" for priority, by in RAISES.items())
# `date_part` and not `extract`, which reckons in decimal digits: a quarter more for each ticket of a queue.
LEVEL = f"""
GREATEST(0,
    {BANDS} * GREATEST(0, COALESCE(array_position(%s::int[], class_rank::int) - 1, %s) + CASE priority {_raised} END)
    + CASE WHEN due_at <= %s THEN 0 WHEN due_at - %s < {NEAR} * (due_at - due_from) THEN 1 ELSE 2 END
    - {BANDS} * floor(GREATEST(0, date_part('epoch', %s - opened_at))
        / ({AGEING} * LEAST(GREATEST(date_part('epoch', due_at - due_from), {SHORTEST}), {LONGEST})))::int)
"""


def level_at(at: datetime) -> RawSQL:
    """The level of each open ticket, in the database; `level_of` says the same of one."""
    ranks = list(current().ranks())
    return RawSQL(LEVEL, [ranks, len(ranks), at, at, at], models.IntegerField())  # noqa: S611 - our own constants


def level_of(rank: int, priority: int, opened_at: datetime, due_from: datetime, due_at: datetime, at: datetime) -> int:
    """By the formula itself."""
    left, whole = due_at - at, due_at - due_from
    band = 0 if left.total_seconds() <= 0 else 1 if left < NEAR * whole else 2
    target = min(max(whole.total_seconds(), SHORTEST), LONGEST)
    return turn(grade_of(rank, priority), band, max(0.0, (at - opened_at).total_seconds()), target)


def grade_of(rank: int, priority: int) -> int:
    """0 is the most urgent."""
    ranks = list(current().ranks())
    place = ranks.index(rank) if rank in ranks else len(ranks)
    return max(0, place + RAISES[Priority(priority)])


def longest_passing() -> float:
    """Seconds: nothing that is opened so long after any ticket is ever given out before it."""
    return passed_over_within(len(current().ranks()) + max(RAISES.values()), LONGEST)
