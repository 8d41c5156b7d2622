"""From a plan and its figures to money: `formulas.bonus`, with what must be so before anything is paid (METRICS P7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from otklik.core.formulas import bonus
from otklik.team.indicators.models.indicator import Of, Plan
from otklik.team.metrics.layer.metric import Group

FEWEST_INDICATORS = 3
HEAVIEST = 40
HUNDRED = Decimal(100)
QUALITY = (Group.HELD, Group.CLIENTS, Group.ELSEWHERE, Group.QUALITY)
CRITICAL = 0.8
"""What a confirmed critical error leaves of a bonus at most."""


@dataclass(frozen=True)
class Share:
    """What one indicator brought: its score (1 is the target), whether for want of cases, and money.

    `moved` is how much more or less than at the target.
    """

    plan: Plan
    score: float
    neutral: bool
    brought: Decimal
    moved: Decimal


@dataclass(frozen=True)
class Reckoned:
    """`total` is the part of the base that is earned, `payout` money."""

    shares: list[Share]
    total: float
    payout: Decimal

    @property
    def says_nothing(self) -> bool:
        """No figure had enough cases: all count as reached."""
        return all(share.neutral for share in self.shares)


@dataclass(frozen=True)
class Terms:
    """Base amount, the most that the sum of scores counts, the smallest sample, what a critical error leaves."""

    base: Decimal
    cap: Decimal
    fewest: int = 0
    gate: float | None = None


def reckoned(terms: Terms, rows: Sequence[tuple[Plan, float | None, int]]) -> Reckoned:
    """Of plans with their figure (None of nothing) and its readings.  Raises ValueError unless weights make 100 %."""
    asked = [_row(terms, plan, value, n) for plan, value, n in rows]
    told = bonus(terms.base, asked, gate_cap=terms.gate, cap=float(terms.cap))
    shares = [
        _share(terms, plan, score, n < row["min_n"])
        for (plan, _value, n), row, score in zip(rows, asked, told["scores"], strict=True)
    ]
    return Reckoned(shares, told["total"], told["payout"])


def _row(terms: Terms, plan: Plan, value: float | None, n: int) -> dict[str, Any]:
    needed = max(plan.fewest, terms.fewest, 1)
    told = {"floor": plan.floor, "target": plan.target, "stretch": plan.stretch, "actual": value}
    return {**told, "weight": plan.weight / HUNDRED, "n": n, "min_n": needed}


def _share(terms: Terms, plan: Plan, score: float, neutral: bool) -> Share:
    whole, kopeck = terms.base * plan.weight / HUNDRED, Decimal("0.01")
    brought = (whole * Decimal(str(score))).quantize(kopeck)
    return Share(plan, score, neutral, brought, brought - whole.quantize(kopeck))


def weights(plans: Iterable[Plan]) -> Decimal:
    return sum((plan.weight for plan in plans), Decimal(0))


def troubles(plans: Sequence[Plan]) -> list[str | LazyText]:
    """Why nothing can be paid by these plans of one person; nothing when it can."""
    found: list[str | LazyText] = []
    total = weights(plans)
    if total != HUNDRED:
        found.append(_("the weights make %(total)s %%, not 100 %%") % {"total": f"{total.normalize():f}"})
    if len(plans) < FEWEST_INDICATORS:
        found.append(_("fewer than three indicators: one figure alone would be played"))
    if any(plan.weight > HEAVIEST for plan in plans):
        found.append(_("one of them weighs more than 40 %"))
    if not any(plan.indicator.measured.group in QUALITY for plan in plans):
        found.append(_("none is of quality: what was kept, what clients say, how talks were reviewed"))
    if all(plan.indicator.of == Of.OWN for plan in plans):
        found.append(_("none is of the line or the department: people work together"))
    return found
