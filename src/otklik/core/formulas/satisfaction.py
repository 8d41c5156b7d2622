"""What clients think: scales, the share of the satisfied, means, effort, response."""

from collections.abc import Collection, Iterable, Mapping
from math import sqrt
from statistics import fmean, stdev
from typing import Any, TypedDict

from otklik.core.formulas.arguments import a_number, at_least_zero
from otklik.core.formulas.proportions import wilson, z_of

type Score = float | str
type Counts = Mapping[Any, int]
"""How many answers each `Score` got; JSON has scores as text."""


class Mean(TypedDict):
    n: int
    mean: float | None
    sd: float | None
    lo: float | None
    hi: float | None


class Csat(TypedDict):
    n: int
    positive: int
    share: float | None
    lo: float | None
    hi: float | None
    mean: float | None


class Ces(TypedDict):
    n: int
    easy_share: float | None
    lo: float | None
    hi: float | None
    mean: float | None


class Csi(TypedDict):
    value: float | None


class Response(TypedDict):
    rate: float | None
    cooperation: float | None


def pomp(x: float, lo: float, hi: float, high_is_good: bool = True) -> float:
    """A score of any scale on the index 0 to 100: 100·(x − lo)/(hi − lo), or 100 less that when low is good (S1)."""
    if not lo <= x <= hi or lo == hi:
        raise ValueError(f"{x} is not on a scale from {lo} to {hi}")
    index = 100 * (x - lo) / (hi - lo)
    return index if high_is_good else 100 - index


def mean_ci(values: Iterable[float], conf: float = 0.95, clip: tuple[float, float] | None = None) -> Mean:
    """Mean, standard deviation and Student's interval x̄ ± t(n − 1)·s/√n, points of the scale (S3, ISO 10004).

    One value alone has no interval.
    """
    values, _ = [float(value) for value in values], z_of(conf)
    for value in values:
        a_number(value=value)
    n = len(values)
    if n < 2:
        return {"n": n, "mean": values[0] if values else None, "sd": None, "lo": None, "hi": None}
    from scipy.special import stdtrit

    mean, sd = fmean(values), stdev(values)
    reach = float(stdtrit(n - 1, (1 + conf) / 2)) * sd / sqrt(n)
    least, most = clip or (-float("inf"), float("inf"))
    return {"n": n, "mean": mean, "sd": sd, "lo": max(mean - reach, least), "hi": min(mean + reach, most)}


def csat(counts: Counts, positive: Collection[Score], conf: float = 0.95) -> Csat:
    """The share k/n of answers in the positive set with Wilson's interval, and the mean in points (S2, ISO 10004)."""
    n, good, mean = _tally(counts, positive)
    share = wilson(good, n, conf)
    return {"n": n, "positive": good, "share": share["p"], "lo": share["lo"], "hi": share["hi"], "mean": mean}


def ces(counts: Counts, easy: Collection[Score]) -> Ces:
    """The share of answers that found it easy with Wilson's interval, and the mean in points (S8; Dixon 2010)."""
    n, good, mean = _tally(counts, easy)
    share = wilson(good, n)
    return {"n": n, "easy_share": share["p"], "lo": share["lo"], "hi": share["hi"], "mean": mean}


def _tally(counts: Counts, good: Collection[Score]) -> tuple[int, int, float | None]:
    """All answers, the good ones, the mean score."""
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count of answers cannot be negative")
    wanted = {float(score) for score in good}
    n = sum(counts.values())
    total = sum(float(score) * count for score, count in counts.items())
    return (
        n,
        sum(count for score, count in counts.items() if float(score) in wanted),
        total / n if n else None,
    )


def csi(items: Iterable[Mapping[str, float | None]]) -> Csi:
    """Σ w·x̄/Σ w over attributes by their importance, points (S4, ISO 10004); one without a mean is left out."""
    known = [(item["weight"] or 0.0, item["mean"]) for item in items if item["mean"] is not None]
    for weight, mean in known:
        at_least_zero(weight=weight)
        a_number(mean=mean)
    weights = sum(weight for weight, _ in known)
    return {"value": sum(weight * mean for weight, mean in known) / weights if weights else None}


def response_rate(invited: int, undeliverable: int, completed: int, partial: int, refused: int) -> Response:
    """Complete answers to those who got the invitation, and to those who reacted to it; shares (S9, AAPOR)."""
    reached, reacted = invited - undeliverable, completed + partial + refused
    if min(undeliverable, completed, partial, refused) < 0 or reacted > reached:
        raise ValueError(f"{reacted} reactions to {reached} delivered invitations")
    return {"rate": wilson(completed, reached)["p"], "cooperation": wilson(completed, reacted)["p"]}
