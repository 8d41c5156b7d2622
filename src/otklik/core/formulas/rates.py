"""How often something happens: exact intervals of rare events, and one rate against another."""

from typing import TypedDict

from otklik.core.formulas.arguments import above_zero, at_least_zero
from otklik.core.formulas.proportions import z_of

CERTAIN = 3.0
"""Events that had to come: none of them is chance in e^−3 = 5 % of cases only."""


class Rate(TypedDict):
    rate: float | None
    lo: float | None
    hi: float | None


class RateRatio(TypedDict):
    rr: float | None
    lo: float | None
    hi: float | None
    p: float | None


def poisson_rate(x: int, exposure: float, conf: float = 0.95) -> Rate:
    """x events in so much exposure: χ²(α/2; 2x)/2 and χ²(1 − α/2; 2x + 2)/2 per unit of exposure (K1; Garwood 1936)."""
    at_least_zero(events=x, exposure=exposure)
    z_of(conf)
    if not exposure:
        return {"rate": None, "lo": None, "hi": None}
    from scipy.special import gammaincinv

    lo = float(gammaincinv(x, (1 - conf) / 2)) if x else 0.0
    hi = float(gammaincinv(x + 1, (1 + conf) / 2))
    return {"rate": x / exposure, "lo": lo / exposure, "hi": hi / exposure}


def rate_ratio(x1: int, e1: float, x2: int, e2: float) -> RateRatio:
    """(x₂/e₂)/(x₁/e₁), second against first, with a 95 % interval (K6; Przyborowski & Wilenski 1940).

    Of n = x₁ + x₂ events x₂ is Bin(n, e₂/(e₁ + e₂)); the bounds π of Clopper and Pearson give π/(1 − π)·e₁/e₂; p is
    twice the smaller tail.  Without events nothing is known; an endless ratio or bound is `None`.
    """
    at_least_zero(events_before=x1, events_after=x2)
    above_zero(exposure_before=e1, exposure_after=e2)
    n = x1 + x2
    if not n:
        return {"rr": None, "lo": None, "hi": None, "p": None}
    from scipy.special import bdtr, bdtrc, betaincinv

    share = e2 / (e1 + e2)
    fewer, more = float(bdtr(x2, n, share)), float(bdtrc(x2 - 1, n, share)) if x2 else 1.0
    least = float(betaincinv(x2, x1 + 1, 0.025)) if x2 else 0.0
    most = float(betaincinv(x2 + 1, x1, 0.975)) if x1 else 1.0
    return {
        "rr": x2 / e2 / (x1 / e1) if x1 else None,
        "lo": least / (1 - least) * e1 / e2,
        "hi": most / (1 - most) * e1 / e2 if most < 1 else None,
        "p": min(1.0, 2 * min(fewer, more)),
    }


def days_needed(rate_per_day: float) -> float | None:
    """How long nothing must happen to prove something: X = 3/λ days (K4)."""
    at_least_zero(rate=rate_per_day)
    return CERTAIN / rate_per_day if rate_per_day else None
