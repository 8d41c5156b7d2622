"""Quantiles of durations."""

from collections.abc import Iterable
from math import floor


def percentile(values: Iterable[float], q: float) -> float | None:
    """The q-quantile, q from 0 to 1, straight lines between order statistics (C4, type 7; percentile_cont)."""
    if not 0 <= q <= 1:
        raise ValueError(f"a quantile lies between 0 and 1, not {q}")
    ordered = sorted(values)
    if not ordered:
        return None
    place = q * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
