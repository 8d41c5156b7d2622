"""Quantiles of durations."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from itertools import accumulate
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


def percentile_of(counts: Mapping[int, int], q: float) -> float | None:
    """`percentile` of values of which is known how often each comes, as {value: times}; costs as many as differ.

    Raises ValueError for a q outside 0 to 1 and for negative times.
    """
    if not 0 <= q <= 1:
        raise ValueError(f"a quantile lies between 0 and 1, not {q}")
    if any(times < 0 for times in counts.values()):
        raise ValueError("nothing comes less than never")
    values = sorted(value for value, times in counts.items() if times)
    if not values:
        return None
    ends = list(accumulate(counts[value] for value in values))
    place = q * (ends[-1] - 1)
    below = floor(place)
    low, high = (values[bisect_right(ends, min(rank, ends[-1] - 1))] for rank in (below, below + 1))
    return low + (place - below) * (high - low)
