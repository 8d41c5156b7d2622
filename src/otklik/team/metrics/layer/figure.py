"""A figure: a value, what it is made of, and how sure it is (METRICS C1, C3)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt

from otklik.core.formulas import aht, csat, nps, percentile_of, wilson
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer.metric import AS_IT_IS, How, Metric
from otklik.team.metrics.sureness import status_of

NEARLY_ALL = 0.95


@dataclass(frozen=True)
class Figure:
    """`value` in the unit of the metric over `n` readings, None of nothing; `lo` and `hi` bound it in 19 of 20 cases.

    `p90` is for durations, `good` the numerator of a share, and of a rate the events: its `n` are the contacts, of
    which few make it unsure and few events do not.  `exact` is False for a quantile from sums, right within 13 %.
    `wordings` are those of the question that its answers belong to, where a survey asked it (`layer.worded`).
    """

    metric: Metric
    n: int
    value: float | None
    lo: float | None = None
    hi: float | None = None
    p90: float | None = None
    good: int | None = None
    exact: bool = True
    wordings: frozenset[tuple[str, str]] = frozenset()

    def reworded(self, other: "Figure") -> bool:
        """Whether these two are answers to questions in different words: nothing is proven by comparing them (S1)."""
        return bool(self.wordings and other.wordings) and self.wordings != other.wordings

    @property
    def listed(self) -> int:
        """How many readings or records the list behind it has: of a rate its events, of a reading of now none."""
        if self.metric.as_of_now:
            return 0
        return (self.good or 0) if self.metric.how == How.RATE else self.n

    @property
    def status(self) -> str:
        """ "undefined", "hidden", "low" or "ok"; what is no sample is what it is."""
        if self.metric.how == How.COUNT:
            return "ok"
        if self.metric.how in AS_IT_IS:
            if self.value is None:
                return "undefined"
            return status_of(self.n) if self.metric.as_of_now else "ok"  # of clients: a sample (METRICS C1)
        return status_of(self.n)


@dataclass(frozen=True)
class Counts:
    """Readings by kind, or by bucket of length, and the sums of their values."""

    of: Mapping[int, int]
    totals: Mapping[int, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return sum(self.of.values())

    def only(self, kinds: Collection[int]) -> "Counts":
        """Those of these kinds; all when there are none."""
        if not kinds:
            return self
        of, totals = ({kind: told[kind] for kind in kinds if kind in told} for told in (self.of, self.totals))
        return Counts(of, totals)

    def without(self, others: Iterable["Counts"]) -> "Counts":
        """What is left when these, which are parts of it, are taken away."""
        of, totals = Counter(self.of), Counter(self.totals)
        for other in others:
            of.subtract(other.of)
            totals.subtract(other.totals)
        return Counts({kind: n for kind, n in of.items() if n}, totals)

    def plus(self, other: "Counts") -> "Counts":
        """Both together, which have nothing in common."""
        of, totals = Counter(self.of), Counter(self.totals)
        of.update(other.of)
        totals.update(other.totals)
        return Counts(of, totals)


def counted(metric: Metric, counts: Counts) -> Figure:
    """The figure of a metric that is neither a duration nor of records, of the kinds that it counts."""
    counts = counts.only(metric.kinds)
    match metric.how:
        case How.COUNT:
            return Figure(metric, counts.n, float(counts.n))
        case How.SHARE:
            good = sum(counts.of.get(kind, 0) for kind in metric.good)
            share = wilson(good, counts.n)
            return Figure(metric, counts.n, share["p"], share["lo"], share["hi"], good=good)
        case How.MEAN:
            return _mean(metric, counts)
        case How.NET:
            return _net(metric, counts)
        case How.AVERAGE:
            return _average(metric, counts)
        case How.PART:
            return _part(metric, counts)
        case How.TOTAL:
            return Figure(metric, counts.n, sum(counts.totals.values()) / SECOND if counts.n else None)
        case How.NEARLY_ALL:
            return Figure(metric, counts.n, percentile_of(counts.of, NEARLY_ALL))
        case How.MOST:
            return Figure(metric, counts.n, float(max(counts.of)) if counts.n else None)
        case How.WORST | How.RATE | How.BETWEEN | How.MEDIAN | How.LONGEST | How.DAYS | How.SAFE:
            raise ValueError(f"{metric.id} is not made of readings by kind")


def promoters(counts: Counts) -> tuple[int, int, int]:
    """Promoters, passives and detractors (METRICS S6); kinds are answers from 0 to 10."""
    best = sum(times for kind, times in counts.of.items() if kind >= 9)
    worst = sum(times for kind, times in counts.of.items() if kind <= 6)
    return best, counts.n - best - worst, worst


def _net(metric: Metric, counts: Counts) -> Figure:
    told = nps(*promoters(counts))
    return Figure(metric, counts.n, told["nps"], told["lo"], told["hi"])


def _part(metric: Metric, counts: Counts) -> Figure:
    """Over as many amounts as there are readings of the part; no interval, since amounts are no trials."""
    whole = sum(counts.totals.values())
    part = sum(counts.totals.get(kind, 0) for kind in metric.good)
    n = sum(counts.of.get(kind, 0) for kind in metric.good)
    return Figure(metric, n, part / whole if whole else None)


def _average(metric: Metric, counts: Counts) -> Figure:
    """Lengths are sums of talking, holding and writing, or of one of these (METRICS V5, V8); no interval of sums."""
    seconds = sum(counts.totals.values()) / SECOND
    return Figure(metric, counts.n, aht(seconds, 0, 0, counts.n))


def _mean(metric: Metric, counts: Counts) -> Figure:
    """With Student's interval from the counts of each value; kinds are the values."""
    n = counts.n
    mean = csat(dict(counts.of), ())["mean"]
    if mean is None or n < 2:
        return Figure(metric, n, mean)
    from scipy.special import stdtrit

    spread = sqrt(sum(times * (kind - mean) ** 2 for kind, times in counts.of.items()) / (n - 1))
    reach = float(stdtrit(n - 1, 0.975)) * spread / sqrt(n)
    return Figure(metric, n, mean, max(mean - reach, min(counts.of)), min(mean + reach, max(counts.of)))
