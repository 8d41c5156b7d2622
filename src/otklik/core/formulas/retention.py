"""Clients who stay and clients who leave: churn, lifetime, revenue kept."""

from math import expm1, log1p
from typing import TypedDict

from otklik.core.formulas.arguments import a_share, above_zero, at_least_zero


class Lifetime(TypedDict):
    discrete_months: float | None
    monthly_churn: float
    compound_months: float | None
    continuous_months: float | None


class RevenueRetention(TypedDict):
    grr: float | None
    nrr: float | None


def churn(start: int, retained: int) -> float | None:
    """The share (S − R)/S of those there at the start who left; R are survivors of that same set (L1)."""
    at_least_zero(clients_at_the_start=start, retained=retained)
    if retained > start:
        raise ValueError(f"{retained} of {start} cannot have stayed: newcomers do not count")
    return (start - retained) / start if start else None


def lifetime(churn: float, period_months: float) -> Lifetime:
    """Expected months of a client under a constant churn of one period, by three conventions (L2).

    Discrete period/c; compounded 1/c_m with c_m = 1 − (1−c)^(1/period); continuous −period/ln(1−c).  Nobody left:
    undefined, more than was observed.
    """
    a_share(churn=churn)
    above_zero(period=period_months)
    monthly = -expm1(log1p(-churn) / period_months) if churn < 1 else 1.0
    if not monthly:
        return {"discrete_months": None, "monthly_churn": 0.0, "compound_months": None, "continuous_months": None}
    return {
        "discrete_months": period_months / churn,
        "monthly_churn": monthly,
        "compound_months": 1 / monthly,
        "continuous_months": -period_months / log1p(-churn) if churn < 1 else 0.0,
    }


def grr_nrr(start: float, lost: float, shrunk: float, grown: float) -> RevenueRetention:
    """Gross (start − lost − shrunk)/start, at most 1, and net with what grew (L7); shares of the first revenue."""
    at_least_zero(start=start, lost=lost, shrunk=shrunk, grown=grown)
    if lost + shrunk > start:
        raise ValueError(f"{lost + shrunk} of {start} cannot be lost")
    if not start:
        return {"grr": None, "nrr": None}
    kept = start - lost - shrunk
    return {"grr": kept / start, "nrr": (kept + grown) / start}
