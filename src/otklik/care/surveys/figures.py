"""The figure of answers on one scale, and whether two groups of them differ: one way for ours and for others'."""

from collections import Counter
from dataclasses import dataclass

from otklik.care.surveys.scales import AREAS, SCALES, Kind
from otklik.core.formulas import ces, csat, fisher_exact, mean_ci, nps, nps_diff, prop_diff, welch

FEWEST = 5
"""A figure of fewer answers is not shown, an area of fewer is left out of the index (METRICS C1, S4)."""
TESTABLE = 30
"""Below so many answers on a side nothing is said of a difference, but of shares by Fisher's test (METRICS S11)."""
PROVEN = 0.05


@dataclass(frozen=True)
class Reckoned:
    """Of `n` answers: `value` in `unit` ("share", "net", "mean" or "" of what is no scale), its interval, the mean."""

    n: int
    unit: str = ""
    value: float | None = None
    lo: float | None = None
    hi: float | None = None
    mean: float | None = None


@dataclass(frozen=True)
class Difference:
    """Theirs minus ours in the unit of the figure with its interval; `p` of the test, None where none can be made."""

    value: float
    lo: float | None
    hi: float | None
    p: float | None

    @property
    def is_proven(self) -> bool:
        return self.p is not None and self.p < PROVEN


def reckoned(kind: str, counts: Counter[int]) -> Reckoned:
    """`counts` is how often each point was given."""
    n, scale = counts.total(), SCALES.get(kind)
    if scale is None:
        return Reckoned(n)
    if kind == Kind.NPS:
        net = nps(*_promoters(counts))
        return Reckoned(n, "net", net["nps"], net["lo"], net["hi"], csat(counts, scale.good)["mean"])
    if kind in AREAS:
        told = mean_ci(counts.elements(), clip=(scale.least, scale.most))
        return Reckoned(n, "mean", told["mean"], told["lo"], told["hi"], told["mean"])
    if kind in (Kind.CES7, Kind.CES6):
        easy = ces(counts, scale.good)
        return Reckoned(n, "share", easy["easy_share"], easy["lo"], easy["hi"], easy["mean"])
    good = csat(counts, scale.good)
    return Reckoned(n, "share", good["share"], good["lo"], good["hi"], good["mean"])


def differ(kind: str, ours: Counter[int], theirs: Counter[int]) -> Difference | None:
    """Of two groups on the same scale (S11); None where one of them is too small to compare."""
    scale, n1, n2 = SCALES[kind], ours.total(), theirs.total()
    least = FEWEST if kind not in AREAS and kind != Kind.NPS else TESTABLE
    if min(n1, n2) < least:
        return None
    if kind == Kind.NPS:
        net = nps_diff(_promoters(ours), _promoters(theirs))
        return _difference(net["diff"], net["lo"], net["hi"], net["p"])
    if kind in AREAS:
        means = welch(list(ours.elements()), list(theirs.elements()))
        return _difference(means["diff"], means["lo"], means["hi"], means["p"])
    k1, k2 = (sum(counts[point] for point in scale.good) for counts in (ours, theirs))
    return shares_differ(k1, n1, k2, n2)


def shares_differ(k1: int, n1: int, k2: int, n2: int) -> Difference | None:
    """k2 of n2 against k1 of n1, exactly where they are few."""
    told = prop_diff(k1, n1, k2, n2)
    few = min(n1, n2) < TESTABLE or _is_sparse(k1, n1, k2, n2)
    p = fisher_exact(k1, n1 - k1, k2, n2 - k2)["p"] if few else told["p"]
    return _difference(told["diff"], told["lo"], told["hi"], p)


def _difference(value: float | None, lo: float | None, hi: float | None, p: float | None) -> Difference | None:
    return None if value is None else Difference(value, lo, hi, p)


def _is_sparse(k1: int, n1: int, k2: int, n2: int) -> bool:
    """An expected cell under five: the normal approximation does not hold."""
    good, everybody = k1 + k2, n1 + n2
    return min(share * n / everybody for share in (good, everybody - good) for n in (n1, n2)) < 5


def _promoters(counts: Counter[int]) -> tuple[int, int, int]:
    up, down = (sum(counts[point] for point in points) for points in (range(9, 11), range(7)))
    return up, counts.total() - up - down, down
