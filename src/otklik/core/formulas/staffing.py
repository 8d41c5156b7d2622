"""From people on the line to people on the payroll, and how they kept to their times."""

from collections.abc import Iterable
from typing import TypedDict

from otklik.core.formulas.arguments import a_part, above_zero, at_least_zero
from otklik.core.formulas.spans import Span, common, joined, length
from otklik.core.formulas.whole import rounded_up

WEEK_HOURS = 168


class Adherence(TypedDict):
    adherence: float | None
    conformance: float | None


def scheduled(required: float, shrinkage: float) -> int:
    """People to plan so that `required` are there: n/(1 − s), rounded up (W6); n·(1 + s) would be too few."""
    at_least_zero(required=required)
    a_part(shrinkage=shrinkage)
    return rounded_up(required / (1 - shrinkage))


def post_fte(week_norm: float, shrinkage: float, seats: float = 1) -> float:
    """Full-time people for a seat that is never empty: 168/norm/(1 − s) (W9)."""
    above_zero(weekly_norm=week_norm)
    at_least_zero(seats=seats)
    a_part(shrinkage=shrinkage)
    return seats * WEEK_HOURS / week_norm / (1 - shrinkage)


def adherence(scheduled: Iterable[Span], actual: Iterable[Span]) -> Adherence:
    """Shares of the scheduled time (W13): worked when scheduled, and worked at all.

    Both are lists of `[start, end]`; what overlaps counts once.
    """
    plan, fact = joined(scheduled), joined(actual)
    whole = length(plan)
    if not whole:
        return {"adherence": None, "conformance": None}
    return {"adherence": length(common(plan, fact)) / whole, "conformance": length(fact) / whole}
