"""Comparing people fairly: by what they were given, and drawn to the mean while little is known."""

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import TypedDict

from otklik.core.formulas.arguments import a_number, a_share, at_least_zero
from otklik.core.formulas.proportions import wilson


class Standardised(TypedDict):
    expected: float
    ratio: float | None
    z: float | None


def standardised(observed: float, strata: Iterable[Mapping[str, float]]) -> Standardised:
    """Observed cases against E = Σ rate·n, what the whole team would have had: O/E, z = (O − E)/√Σ r(1−r)n (P6).

    Strata are `{"rate", "n"}`: the rate of the team, and how many of those cases the person had (Spiegelhalter 2005).
    """
    expected = spread = cases = 0.0
    for stratum in strata:
        rate, n = stratum["rate"], stratum["n"]
        a_share(rate=rate)
        at_least_zero(n=n)
        expected, spread, cases = expected + rate * n, spread + rate * (1 - rate) * n, cases + n
    wilson(observed, cases)
    return {
        "expected": expected,
        "ratio": observed / expected if expected else None,
        "z": (observed - expected) / sqrt(spread) if spread else None,
    }


def shrink(k: float, n: float, p0: float, strength: float = 20) -> float | None:
    """(k + m·p₀)/(n + m): a share drawn to that of the team as if m cases more had been usual (P6)."""
    wilson(k, n)
    a_share(share_of_the_team=p0)
    at_least_zero(strength=strength)
    return (k + strength * p0) / (n + strength) if n + strength else None


def shrink_mean(n: float, mean: float | None, team_mean: float, strength: float = 20) -> float | None:
    """(n·x̄ + m·x̄_team)/(n + m), points of the scale (P9); without ratings the mean of the team."""
    at_least_zero(n=n, strength=strength)
    own = team_mean if mean is None else mean
    a_number(mean=own, mean_of_the_team=team_mean)
    if not n + strength:
        return None
    return (n * own + strength * team_mean) / (n + strength)
