"""Bonus by figures, and how much of one may be cut."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, TypedDict

from otklik.core.formulas.arguments import at_least_zero
from otklik.core.formulas.whole import NOISE

type Money = Decimal | float


class Bonus(TypedDict):
    scores: list[float]
    total: float
    payout: Decimal


def bonus(base: Money, metrics: Iterable[Mapping[str, Any]], gate_cap: float | None = None, cap: float = 1.2) -> Bonus:
    """score = (actual − floor)/(target − floor) within 0 and cap; Σ w·score capped, then gated; base × that sum (P7).

    Metrics are `{"weight", "actual", "floor", "target", "n", "min_n"}`, a target below its floor means less is better;
    fewer cases than `min_n` are neutral, 1.  Weights sum to 1.  Beyond a `stretch`, where one is given, nothing counts
    more.  `gate_cap` is the most that a confirmed critical error leaves.  Reckoned exactly, to the kopeck half-up.
    """
    at_least_zero(base=float(base), cap=cap, gate=0 if gate_cap is None else gate_cap)
    rows = list(metrics)
    weights = [_exact(row["weight"]) for row in rows]
    if min(weights, default=Fraction(0)) < 0 or abs(sum(weights, Fraction(0)) - 1) > NOISE:
        raise ValueError(f"weights sum to {float(sum(weights, Fraction(0)))}, not to 1")
    scores = [_score(row, _exact(cap)) for row in rows]
    whole = sum((weight * score for weight, score in zip(weights, scores, strict=True)), Fraction(0))
    total = min(whole, _exact(cap))
    if gate_cap is not None:
        total = min(total, _exact(gate_cap))
    return {
        "scores": [float(score) for score in scores],
        "total": float(total),
        "payout": _to_the_kopeck(_exact(base) * total),
    }


def _score(row: Mapping[str, Any], cap: Fraction) -> Fraction:
    least, target = _exact(row["floor"]), _exact(row["target"])
    if least == target:
        raise ValueError("a target equals its floor")
    if (row.get("n") or 0) < (row.get("min_n") or 0):
        return Fraction(1)
    if row["actual"] is None:
        raise ValueError("a figure without a value needs more cases than there are (min_n)")
    return min(max((_exact(row["actual"]) - least) / (target - least), Fraction(0)), _most(row, least, target, cap))


def _most(row: Mapping[str, Any], least: Fraction, target: Fraction, cap: Fraction) -> Fraction:
    if row.get("stretch") is None:
        return cap
    most = (_exact(row["stretch"]) - least) / (target - least)
    if most < 1:
        raise ValueError("a stretch short of its target")
    return min(most, cap)


def _exact(value: Any) -> Fraction:
    """The number as it is written, 0.1 and not the nearest one of base two."""
    return Fraction(str(value))


def _to_the_kopeck(value: Fraction) -> Decimal:
    return Decimal(floor(100 * value + Fraction(1, 2))).scaleb(-2)


def malus_limit(requested: float, salary: float, bonus: float) -> float:
    """The most that may be cut of a month: min(requested, bonus, a fifth of salary + bonus); money.

    Labour Code of the Russian Federation, art. 135 since 1 September 2025 (P7): for a lawyer to confirm.
    """
    at_least_zero(requested=requested, salary=salary, bonus=bonus)
    return min(requested, bonus, (salary + bonus) / 5)
