"""Did it change: two shares against each other, the second minus the first."""

from math import asin, hypot, sqrt
from typing import TypedDict

from otklik.core.formulas.proportions import two_sided, wilson, wilson_bounds


class ShareDifference(TypedDict):
    diff: float | None
    lo: float | None
    hi: float | None
    z: float | None
    p: float | None
    cohens_h: float | None


def prop_diff(k1: int, n1: int, k2: int, n2: int) -> ShareDifference:
    """k2/n2 − k1/n1 with Newcombe's interval, the pooled z test and Cohen's h (S11); alike answers have no test."""
    wilson(k1, n1), wilson(k2, n2)
    if not (n1 and n2):
        return {"diff": None, "lo": None, "hi": None, "z": None, "p": None, "cohens_h": None}
    p1, p2 = k1 / n1, k2 / n2
    lo, hi = _newcombe(k1, n1, k2, n2)
    pooled = (k1 + k2) / (n1 + n2)
    error = sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    z = (p2 - p1) / error if error else None
    p = None if z is None else two_sided(z)
    return {
        "diff": p2 - p1,
        "lo": lo,
        "hi": hi,
        "z": z,
        "p": p,
        "cohens_h": 2 * (asin(sqrt(p2)) - asin(sqrt(p1))),
    }


def _newcombe(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float]:
    """Two Wilson intervals joined (method 10 of Newcombe, 1998)."""
    (lo1, hi1), (lo2, hi2) = wilson_bounds(k1, n1), wilson_bounds(k2, n2)
    p1, p2 = k1 / n1, k2 / n2
    return p2 - p1 - hypot(p2 - lo2, hi1 - p1), p2 - p1 + hypot(hi2 - p2, p1 - lo1)
