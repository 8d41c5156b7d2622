"""Do clients stay longer who came after a change?  METRICS L9: the same horizon before and after, with its interval,
the probability that both sides stay alike (log-rank), and what those who are here bring a month.

What is compared are those who came in the year before the change and in the year after it; a proof is asked of the
interval of the difference, and even a proof is no cause.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from otklik.core.formulas import log_rank, restricted_mean, rmst_diff
from otklik.core.formulas.survival import MeanDifference, RestrictedMean
from otklik.team.metrics.sureness import status_of
from otklik.team.value.counting import months_before
from otklik.team.value.figures import AT_RISK, YEAR, Population

HORIZONS = (24, 18, 12, 9, 6, 3)
"""Months: the longest for which both sides can be watched is taken."""


@dataclass(frozen=True)
class Side:
    """Who came in twelve months: how many, how many of the first months they stay in the mean, and what each of those
    who are here brings a month by prices (None: nobody is).
    """

    clients: int
    mean: RestrictedMean | None
    monthly: float | None = None


@dataclass(frozen=True)
class Lasting:
    """`horizon` in months, None where either side was not watched for three months by five clients; `p` of the log-rank
    test within it, None where nobody left.
    """

    since: date
    horizon: int | None
    before: Side
    after: Side
    p: float | None = None

    @property
    def difference(self) -> MeanDifference | None:
        """In months; positive is longer after the change."""
        one, other = self.before.mean, self.after.mean
        return rmst_diff(one, other) if one and other else None

    @property
    def is_enough(self) -> bool:
        """Of fewer than thirty on a side nothing is concluded (METRICS C1)."""
        return all(status_of(side.clients) == "ok" for side in (self.before, self.after))

    @property
    def is_proven(self) -> bool:
        """The interval lies on one side of zero, and there are enough clients."""
        told = self.difference
        return self.is_enough and told is not None and (told["lo"] > 0 or told["hi"] < 0)


def compared(found: Population, since: date) -> Lasting:
    """Of the change in the month that begins with `since`; no statement of its own."""
    first, end = months_before(since, YEAR), months_before(since, -YEAR)
    before = Population([one for one in found.groups if first <= one.came_in < since], found.today)
    after = Population([one for one in found.groups if since <= one.came_in < end], found.today)
    sides = ((months, _side(before, months), _side(after, months)) for months in HORIZONS)
    for months, one, other in sides:
        if one.mean and other.mean:
            p = log_rank(_within(before, months), _within(after, months))
            return Lasting(since, months, one, other, p)
    return Lasting(since, None, _unseen(before), _unseen(after))


def _within(some: Population, months: int) -> tuple[dict[float, int], dict[float, int]]:
    """How many left at each age, and until which age the others were watched: no further than the horizon."""
    left, still = Counter[float](), Counter[float]()
    for one in some.groups:
        gone = one.left_in is not None and one.age <= months
        (left if gone else still)[min(one.age, months)] += one.clients
    return left, still


def _unseen(some: Population) -> Side:
    return Side(some.known, None, _monthly(some))


def _monthly(some: Population) -> float | None:
    return some.monthly / some.clients if some.clients else None


def _side(some: Population, months: int) -> Side:
    """Without a mean where fewer than five came long enough ago to be watched for so long, or the curve ends before."""
    if sum(one.clients for one in some.groups if one.came_in <= months_before(some.today, months)) < AT_RISK:
        return _unseen(some)
    return Side(some.known, restricted_mean(some.curve, some.longest, months), _monthly(some))
