"""Whether a training has taught anything: the same people before and after it."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev
from typing import TypedDict

from otklik.core.formulas.arguments import as_long


class Gain(TypedDict):
    n: int
    mean: float | None
    lo: float | None
    hi: float | None
    t: float | None
    p: float | None
    hedges_g: float | None
    normalised: float | None


def paired_gain(before: Sequence[float], after: Sequence[float]) -> Gain:
    """Mean of after − before with its 95 % interval and paired t, Hedges' g, and the normalised gain (P4).

    t = mean/(s_d/√n), n − 1 degrees of freedom; g = mean/√((s²_before + s²_after)/2) × (1 − 3/(4(n − 1) − 1)) (Lakens
    2013, g_av); normalised = (mean after − mean before)/(100 − mean before) of points to 100 (Hake 1998).  Less than
    two people, or all of them alike, leave the test undefined, less than three the effect, whose correction is none
    there; full marks before leave nothing to gain.
    """
    as_long(len(before), len(after))
    n = len(before)
    told = Gain(n=n, mean=None, lo=None, hi=None, t=None, p=None, hedges_g=None, normalised=None)
    if not n:
        return told
    mean, room = fmean(after) - fmean(before), 100 - fmean(before)
    told["mean"], told["normalised"] = mean, mean / room if room > 0 else None
    if n < 2:
        return told
    if n > 2 and (spread := sqrt((stdev(before) ** 2 + stdev(after) ** 2) / 2)):
        told["hedges_g"] = mean / spread * (1 - 3 / (4 * (n - 1) - 1))
    error = stdev([later - earlier for earlier, later in zip(before, after, strict=True)]) / sqrt(n)
    if error:
        from scipy.special import stdtr, stdtrit

        reach = float(stdtrit(n - 1, 0.975)) * error
        told |= {"lo": mean - reach, "hi": mean + reach, "t": mean / error}
        told["p"] = 2 * float(stdtr(n - 1, -abs(mean / error)))
    return told
