"""Did it change: two samples of scores or durations, the second against the first."""

from collections.abc import Iterable
from math import sqrt
from statistics import fmean, variance
from typing import Any, TypedDict

from otklik.core.formulas.proportions import z_of


class Welch(TypedDict):
    diff: float | None
    lo: float | None
    hi: float | None
    t: float | None
    df: float | None
    p: float | None
    hedges_g: float | None


class MannWhitney(TypedDict):
    u: float | None
    p: float | None
    cliffs_delta: float | None
    hl_shift: float | None


class ShiftInterval(TypedDict):
    lo: float | None
    hi: float | None


def welch(a: Iterable[float], b: Iterable[float]) -> Welch:
    """Difference of means b − a with Welch's interval and test, and Hedges' g (S11; Welch 1947, Hedges 1981).

    t = (mean_b − mean_a)/√(s²_a/n_a + s²_b/n_b); g = difference/pooled sd × (1 − 3/(4(n_a + n_b − 2) − 1)).  Points of
    the scale.  Less than two values on a side, or all of them alike, leave the test undefined.
    """
    a, b = [float(value) for value in a], [float(value) for value in b]
    diff = fmean(b) - fmean(a) if a and b else None
    undefined: Welch = {"diff": diff, "lo": None, "hi": None, "t": None, "df": None, "p": None, "hedges_g": None}
    if diff is None or min(len(a), len(b)) < 2 or not (variance(a) or variance(b)):
        return undefined
    from scipy.special import stdtr, stdtrit

    parts = variance(a) / len(a), variance(b) / len(b)
    error, freedom = sqrt(sum(parts)), _freedom(parts, (len(a), len(b)))
    reach, t = float(stdtrit(freedom, 0.975)) * error, diff / error
    return {
        "diff": diff,
        "lo": diff - reach,
        "hi": diff + reach,
        "t": t,
        "df": freedom,
        "p": 2 * float(stdtr(freedom, -abs(t))),
        "hedges_g": _hedges(a, b, diff),
    }


def _freedom(parts: tuple[float, float], sizes: tuple[int, int]) -> float:
    """Welch and Satterthwaite; in shares of the variance, so that tiny ones do not vanish when squared."""
    whole = sum(parts)
    return 1 / sum((part / whole) ** 2 / (n - 1) for part, n in zip(parts, sizes, strict=True))


def _hedges(a: list[float], b: list[float], diff: float) -> float:
    freedom = len(a) + len(b) - 2
    pooled = sqrt(((len(a) - 1) * variance(a) + (len(b) - 1) * variance(b)) / freedom)
    return diff / pooled * (1 - 3 / (4 * freedom - 1))


def mann_whitney(a: Iterable[float], b: Iterable[float]) -> MannWhitney:
    """Skewed values: U of b, its p, Cliff's δ and the Hodges-Lehmann shift of b against a (S11; Mann & Whitney 1947).

    p is the normal approximation with ties and continuity corrected, two-sided; δ = 2U/(n_a·n_b) − 1; the shift is the
    median of all differences b − a, in the unit of the values.  Values all alike have no p.
    """
    a, b = sorted(map(float, a)), sorted(map(float, b))
    if not (a and b):
        return {"u": None, "p": None, "cliffs_delta": None, "hl_shift": None}
    pairs = len(a) * len(b)
    u = _ranked(a, b)
    return {"u": u, "p": _p(a, b, u), "cliffs_delta": 2 * u / pairs - 1, "hl_shift": _median_difference(a, b)}


def _ranked(a: list[float], b: list[float]) -> float:
    from scipy.stats import rankdata

    return float(rankdata(a + b)[len(a) :].sum()) - len(b) * (len(b) + 1) / 2


def _p(a: list[float], b: list[float], u: float) -> float | None:
    if a[0] == a[-1] == b[0] == b[-1]:
        return None
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(b, a, use_continuity=True, method="asymptotic").pvalue)


def hl_interval(a: Iterable[float], b: Iterable[float]) -> ShiftInterval:
    """95 % bounds of the Hodges-Lehmann shift of b against a, in the unit of the values (S11; Lehmann 1963).

    Of all differences b − a in order those at the places n_a·n_b/2 ∓ z·√(n_a·n_b·(n_a + n_b + 1)/12).  Where so few
    values have no such places the bounds are `None`.
    """
    import numpy as np

    first, second = np.array(sorted(map(float, a))), np.array(sorted(map(float, b)))
    pairs = len(first) * len(second)
    reach = z_of(0.95) * sqrt(pairs * (len(first) + len(second) + 1) / 12)
    place = int(pairs / 2 - reach)
    if place < 1:
        return {"lo": None, "hi": None}
    lo, hi = (_ranked_difference(first, second, rank) for rank in (place, pairs + 1 - place))
    return {"lo": lo, "hi": hi}


def _median_difference(a: list[float], b: list[float]) -> float:
    """Of all differences b − a, without writing them all down: ten thousand tickets a side are a hundred million."""
    import numpy as np

    first, second = np.array(a), np.array(b)
    pairs = len(a) * len(b)
    low, high = (_ranked_difference(first, second, rank) for rank in ((pairs + 1) // 2, pairs // 2 + 1))
    return (low + high) / 2


def _ranked_difference(first: Any, second: Any, rank: int) -> float:
    """The difference of that rank among all, from 1: halve the range until no number is left, then name the nearest."""
    import numpy as np

    low, high = second[0] - first[-1], second[-1] - first[0]
    if np.searchsorted(second, first + low, side="right").sum() >= rank:
        return float(low)
    while low < (middle := low + (high - low) / 2) < high:
        if np.searchsorted(second, first + middle, side="right").sum() >= rank:
            high = middle
        else:
            low = middle
    places = np.searchsorted(second, first + high)
    near = np.concatenate([second[np.clip(places + step, 0, len(second) - 1)] - first for step in (-1, 0)])
    return float(near[np.abs(near - high).argmin()])
