"""A weekly series against its own noise (METRICS S11; Shewhart, Wheeler): XmR."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean
from typing import TypedDict

SPREAD = 2.66
"""3/1.128: three standard deviations in mean moving ranges."""
RUN = 8
"""So many values in a row on one side of the mean are no chance."""


class Xmr(TypedDict):
    mean: float | None
    lo: float | None
    hi: float | None
    signals: list[int]


def xmr(values: Sequence[float], baseline: int | None = None) -> Xmr:
    """Mean ± 2.66 × mean moving range of the first `baseline` values (all), in their unit; places of signals.

    A signal is a value beyond the limits, or the eighth and later in a row on one side of the mean.  Less than two
    values have no limits.
    """
    known = values[:baseline]
    if len(known) < 2:
        return {"mean": known[0] if known else None, "lo": None, "hi": None, "signals": []}
    mean = fmean(known)
    reach = SPREAD * fmean(abs(later - earlier) for earlier, later in pairwise(known))
    signals, run, side = [], 0, 0
    for place, value in enumerate(values):
        now = (value > mean) - (value < mean)
        run, side = (run + 1 if now and now == side else abs(now)), now
        if abs(value - mean) > reach or run >= RUN:
            signals.append(place)
    return {"mean": mean, "lo": mean - reach, "hi": mean + reach, "signals": signals}
