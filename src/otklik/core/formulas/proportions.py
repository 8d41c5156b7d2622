"""Shares with their intervals (shares are 0 to 1; nothing counted gives `None`, never 0)."""

from math import sqrt
from statistics import NormalDist
from typing import TypedDict

_NORMAL = NormalDist()


class Share(TypedDict):
    p: float | None
    lo: float | None
    hi: float | None


class Ratio(TypedDict):
    value: float | None
    lo: float | None
    hi: float | None


def at_most(k: int, n: int) -> float | None:
    """k of n as it may be published, in steps of a tenth of a per cent and never rounded up (METRICS C3)."""
    if not 0 <= k <= max(n, 0):
        raise ValueError(f"{k} of {n} is no share")
    return k * 1000 // n / 1000 if n else None


def z_of(conf: float) -> float:
    """How many standard errors a two-sided interval reaches."""
    if not 0 < conf < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {conf}")
    return _NORMAL.inv_cdf((1 + conf) / 2)


def two_sided(z: float) -> float:
    """The probability of a normal deviation at least as large as `z`, either way."""
    return 2 * _NORMAL.cdf(-abs(z))


def wilson_bounds(k: float, n: float, conf: float = 0.95) -> tuple[float, float]:
    """The interval of k of n, n > 0; exactly 0 and 1 at the ends."""
    z, p = z_of(conf), k / n
    middle, scale = p + z * z / (2 * n), 1 + z * z / n
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (0.0 if k == 0 else (middle - reach) / scale), (1.0 if k == n else (middle + reach) / scale)


def wilson(k: float, n: float, conf: float = 0.95) -> Share:
    """The share k/n and its interval (p + z²/2n ± z·√(p(1−p)/n + z²/4n²))/(1 + z²/n) (C3; Wilson 1927)."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a share")
    z_of(conf)
    if n == 0:
        return {"p": None, "lo": None, "hi": None}
    lo, hi = wilson_bounds(k, n, conf)
    return {"p": k / n, "lo": lo, "hi": hi}


def ratio(numerator: float, denominator: float) -> Ratio:
    """A part of a whole with its Wilson interval (C1)."""
    share = wilson(numerator, denominator)
    return {"value": share["p"], "lo": share["lo"], "hi": share["hi"]}
