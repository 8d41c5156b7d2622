"""What contacts cost, and whether a cause is worth removing."""

from math import ceil
from typing import TypedDict

from otklik.core.formulas.arguments import a_part, a_share, above_zero, at_least_zero

ALARM = 0.001
"""What comes by chance less often than that is an alarm (Q8)."""


class FixOnce(TypedDict):
    breakeven: float | None
    payback_months: float | None
    net: float


class Spike(TypedDict):
    p: float


class Usual(TypedDict):
    lo: float
    hi: float


def contact_cost(hour_cost: float, occupancy: float, shrinkage: float, aht_s: float) -> float | None:
    """hour cost/(occupancy·(1 − shrinkage)) × handle time, money for a contact (Q6)."""
    at_least_zero(cost_of_an_hour=hour_cost, handle_time=aht_s)
    a_share(occupancy=occupancy)
    a_part(shrinkage=shrinkage)
    return hour_cost / (occupancy * (1 - shrinkage)) * aht_s / 3600 if occupancy else None


def fix_once(
    fix_cost: float, patch_cost: float, per_month: float, effectiveness: float, horizon_months: float
) -> FixOnce:
    """Fix it or patch for ever (Q7): n* = F/(c·e) occurrences, n*/λ months, net λ·c·e·H − F in money.

    `effectiveness` is the share of occurrences that the fix removes.  What saves nothing never pays back.
    """
    at_least_zero(fix_cost=fix_cost, patch_cost=patch_cost, per_month=per_month, horizon=horizon_months)
    a_share(effectiveness=effectiveness)
    saved = patch_cost * effectiveness
    return {
        "breakeven": fix_cost / saved if saved else None,
        "payback_months": fix_cost / (saved * per_month) if saved * per_month else None,
        "net": per_month * saved * horizon_months - fix_cost,
    }


def poisson_spike(x: int, mu: float) -> Spike:
    """The probability of x or more where mu are usual, exact Poisson (Q8): below 0.001 it is an alarm."""
    at_least_zero(events=x, usual=mu)
    if x == 0:
        return {"p": 1.0}
    from scipy.special import gammainc

    return {"p": float(gammainc(x, mu))}


def overdispersed_spike(x: int, mu: float, variance: float) -> Spike:
    """The probability of x or more by the negative binomial with this mean and variance (Q8): for reasons of which more
    and fewer come than chance alone makes.  Where the variance is no greater than the mean, exact Poisson.
    """
    at_least_zero(events=x, usual=mu, variance=variance)
    if variance <= mu or not mu or x == 0:
        return poisson_spike(x, mu)
    from scipy.special import betainc

    return {"p": float(betainc(x, mu * mu / (variance - mu), 1 - mu / variance))}


def usual_count(mu: float, p: float = ALARM) -> Usual:
    """Between which counts chance alone stays where mu are usual (Q8): more than `hi`, or less than `lo`, comes by
    itself less often than p.  Exact Poisson, the other way round of `poisson_spike`.
    """
    at_least_zero(usual=mu)
    above_zero(probability=p)
    a_part(probability=p)
    if not mu:
        return {"lo": 0.0, "hi": 0.0}
    from scipy.special import pdtrik

    return {"lo": max(0.0, ceil(float(pdtrik(p, mu)))), "hi": max(0.0, ceil(float(pdtrik(1 - p, mu))))}
