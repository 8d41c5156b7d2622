"""Those who did not answer: how far they may move a figure, and weighing those who did."""

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import TypedDict

from otklik.core.formulas.arguments import a_share, at_least_zero
from otklik.core.formulas.proportions import wilson

type Stratum = Mapping[str, int]


class Bounds(TypedDict):
    lo: float | None
    hi: float | None


class Poststratified(TypedDict):
    raw: float | None
    value: float | None
    se: float | None


class DesignEffect(TypedDict):
    deff: float | None
    n_eff: float | None


def nonresponse_bounds(mean: float | None, rate: float, lo: float, hi: float) -> Bounds:
    """Worst cases of a mean: R·m + (1−R)·lo and R·m + (1−R)·hi.

    In points of the scale `lo` to `hi`; `rate` is the response rate R.  Nobody answered: the whole scale (S10, Groves).
    """
    a_share(response_rate=rate)
    if lo >= hi:
        raise ValueError(f"there is no scale from {lo} to {hi}")
    if mean is None or rate == 0:
        return {"lo": lo, "hi": hi}
    if not lo <= mean <= hi:
        raise ValueError(f"a mean of {mean} is not on a scale from {lo} to {hi}")
    return {"lo": rate * mean + (1 - rate) * lo, "hi": rate * mean + (1 - rate) * hi}


def poststratify(strata: Iterable[Stratum]) -> Poststratified:
    """The share as if each stratum had answered by its size: Σ (N_h/N)·p_h, se = √Σ (N_h/N)²·p_h·(1−p_h)/n_h.

    Strata are `{"N", "n", "k"}`: people, answers, positive ones.  A stratum without answers leaves the weighted value
    undefined: join it to its neighbour (S10, Cochran).
    """
    rows = [(row["N"], row["n"], row["k"]) for row in strata]
    for size, answers, _ in rows:
        if answers > size:
            raise ValueError(f"{answers} answers of {size} people")
    shares = [wilson(positive, answers)["p"] for _, answers, positive in rows]
    raw = wilson(sum(row[2] for row in rows), sum(row[1] for row in rows))["p"]
    people = sum(row[0] for row in rows)
    value = variance = 0.0
    for (size, answers, _), share in zip(rows, shares, strict=True):
        if size and share is None:
            return {"raw": raw, "value": None, "se": None}
        if share is not None:
            value += size / people * share
            variance += (size / people) ** 2 * share * (1 - share) / answers
    return {"raw": raw, "value": value, "se": sqrt(variance)} if people else {"raw": None, "value": None, "se": None}


def kish(weights: Iterable[float]) -> DesignEffect:
    """What weighing costs: deff = n·Σw²/(Σw)², and as many answers n_eff = n/deff are left (S10, Kish 1965)."""
    return kish_of_strata((weight, 1) for weight in weights)


def kish_of_strata(strata: Iterable[tuple[float, int]]) -> DesignEffect:
    """The same of (weight, how many answers have it): as fast for a million answers as for ten."""
    strata = list(strata)
    for weight, count in strata:
        at_least_zero(weight=weight, count=count)
    n, total = sum(count for _weight, count in strata), sum(weight * count for weight, count in strata)
    if not total:
        return {"deff": None, "n_eff": None}
    deff = n * sum(count * (weight / total) ** 2 for weight, count in strata)
    return {"deff": deff, "n_eff": n / deff}
