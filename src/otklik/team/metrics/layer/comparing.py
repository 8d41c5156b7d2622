"""Before and after: did a figure change, by how much, and is it proven (METRICS S11)?"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from otklik.core.formulas import (
    fisher_exact,
    mann_whitney,
    nps_diff,
    prop_diff,
    rate_ratio,
    sample_size_two_prop,
    welch,
)
from otklik.core.formulas.samples import hl_interval
from otklik.core.formulas.several import holm as holm
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Counts, Figure, promoters
from otklik.team.metrics.layer.metric import Better, How, Metric
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.sureness import HIDDEN

TESTED = frozenset({How.SHARE, How.COUNT, How.MEDIAN, How.NET, How.MEAN, How.AVERAGE})
"""Of all else (a total, the longest, a quantile of counts) nothing says whether a move is chance."""
FEWEST = {How.SHARE: 30, How.MEDIAN: 8, How.MEAN: 15, How.COUNT: 3, How.NET: 30, How.PART: 15, How.AVERAGE: 15}
"""Readings on each side below which nothing is said, of events those before; below 30 a share is tested exactly."""
TESTABLE = 5
"""Fewest readings of a share on a side for Fisher's test."""
PROVEN = 0.05


class Verdict(StrEnum):
    IMPROVED = "improved"
    WORSENED = "worsened"
    NO_PROOF = "no_proof"
    TOO_LITTLE = "too_little"
    MOVED = "moved"
    """It is another one, and neither more nor less of it is better by itself: so of arrivals."""
    MIXED = "mixed"
    REWORDED = "reworded"
    """The question had other words before: these are two series (METRICS S1, C10)."""


@dataclass(frozen=True)
class Comparison:
    """`effect` is after minus before in the unit of the metric (of counts: after ÷ before − 1), `lo` to `hi` its 95 %
    interval, `needed` how many readings a side would prove `least` at 80 % power, where that can be counted.
    """

    before: Figure
    after: Figure
    least: float
    effect: float | None = None
    lo: float | None = None
    hi: float | None = None
    p: float | None = None
    needed: int | None = None

    @property
    def metric(self) -> Metric:
        return self.before.metric

    def verdict(self, p: float | None = None) -> Verdict:
        """`p` is that of several comparisons at once (Holm); its own by default."""
        p = self.p if p is None else p
        if self.before.reworded(self.after):
            return Verdict.REWORDED
        if self.effect is None or self._n < self._fewest():
            return Verdict.TOO_LITTLE
        excludes_zero = p is not None and p < PROVEN and not (self.lo is not None and self.lo <= 0 <= (self.hi or 0))
        if not excludes_zero or abs(self.effect) < self.least:
            return Verdict.NO_PROOF
        if self.metric.better == Better.NEITHER:
            return Verdict.MOVED
        return Verdict.IMPROVED if (self.effect > 0) == (self.metric.better == Better.UP) else Verdict.WORSENED

    @property
    def _n(self) -> int:
        """Of events those before decide: none at all after twenty is what one hoped for, and no lack of data."""
        return self.before.n if self.metric.how == How.COUNT else min(self.before.n, self.after.n)

    @property
    def is_hidden(self) -> bool:
        """Too few readings for any figure of the change (METRICS C1); of events each one counts."""
        return self.metric.how != How.COUNT and min(self.before.n, self.after.n) < HIDDEN

    def _fewest(self) -> int:
        return TESTABLE if self.metric.how == How.SHARE else FEWEST[self.metric.how]


def compared(before: Question, after: Question, least: float) -> Comparison:
    """The same metric in two periods; `least` is the smallest change that matters, in its unit."""
    was, now = layer.figure(before), layer.figure(after)
    match was.metric.how:
        case How.SHARE:
            return _shares(was, now, least)
        case How.COUNT:
            return _rates(was, now, least, _days(before), _days(after))
        case How.MEDIAN:
            return _durations(was, now, least, layer.values(before), layer.values(after))
        case How.NET:
            return _nets(was, now, least, layer.values(before), layer.values(after))
        case (
            (How.PART | How.WORST | How.RATE | How.BETWEEN | How.LONGEST | How.DAYS | How.SAFE | How.TOTAL)
            | How.NEARLY_ALL
            | How.MOST
        ):
            return Comparison(was, now, least)
        case How.MEAN | How.AVERAGE:
            return _means(was, now, least, layer.values(before), layer.values(after))


def _shares(was: Figure, now: Figure, least: float) -> Comparison:
    k1, k2 = was.good or 0, now.good or 0
    told = prop_diff(k1, was.n, k2, now.n)
    p = told["p"]
    if min(was.n, now.n) < FEWEST[How.SHARE] or _is_sparse(k1, was.n, k2, now.n):
        p = fisher_exact(k1, was.n - k1, k2, now.n - k2)["p"]
    return Comparison(was, now, least, told["diff"], told["lo"], told["hi"], p, _needed(was, least))


def _is_sparse(k1: int, n1: int, k2: int, n2: int) -> bool:
    """An expected cell under five: the normal approximation does not hold."""
    if not (n1 and n2):
        return True
    good, all_ = k1 + k2, n1 + n2
    return min(share * n / all_ for share in (good, all_ - good) for n in (n1, n2)) < 5


def _needed(was: Figure, least: float) -> int | None:
    if was.value is None:
        return None
    wanted = was.value + (least if was.metric.better == Better.UP else -least)
    return sample_size_two_prop(was.value, wanted) if 0 < wanted < 1 and 0 < was.value < 1 else None


def _durations(was: Figure, now: Figure, least: float, a: list[float], b: list[float]) -> Comparison:
    told, bounds = mann_whitney(a, b), hl_interval(a, b)
    return Comparison(was, now, least, told["hl_shift"], bounds["lo"], bounds["hi"], told["p"])


def _means(was: Figure, now: Figure, least: float, a: list[float], b: list[float]) -> Comparison:
    told = welch(a, b)
    return Comparison(was, now, least, told["diff"], told["lo"], told["hi"], told["p"])


def _nets(was: Figure, now: Figure, least: float, a: list[float], b: list[float]) -> Comparison:
    """S6: the difference that is shown is that of the figures, its interval that of the adjusted ones."""
    told = nps_diff(*(promoters(Counts(Counter(int(value) for value in side))) for side in (a, b)))
    return Comparison(was, now, least, told["diff"], told["lo"], told["hi"], told["p"])


def _rates(was: Figure, now: Figure, least: float, days_before: int, days_after: int) -> Comparison:
    told = rate_ratio(was.n, days_before, now.n, days_after)
    ratio, lo, hi = (None if value is None else value - 1 for value in (told["rr"], told["lo"], told["hi"]))
    return Comparison(was, now, least, ratio, lo, hi, told["p"])


def _days(question: Question) -> int:
    return max(1, len(question.scope.days()))
