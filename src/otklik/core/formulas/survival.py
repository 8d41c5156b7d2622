"""How long clients stay, read from those who left and those who are still here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log, sqrt
from typing import TypedDict

from otklik.core.formulas.arguments import as_long, at_least_zero
from otklik.core.formulas.proportions import two_sided

Z = 1.959963984540054
ROUNDING = 1e-12
"""A half that is a product of many shares is not always one half to the last digit."""


type Counts = tuple[Mapping[float, int], Mapping[float, int]]
"""How many left, and how many are still here, at each age."""


class SurvivalRow(TypedDict):
    t: float
    n: int
    d: int
    S: float
    se: float | None


class RestrictedMean(TypedDict):
    value: float
    se: float


class MeanDifference(TypedDict):
    diff: float
    lo: float
    hi: float


def kaplan_meier(durations: Iterable[float], events: Iterable[object]) -> list[SurvivalRow]:
    """S(t) = Π(1 − d/n) at each age at which somebody left, with Greenwood's error S·√Σ d/(n(n−d)).

    `events` says of each duration whether it ended (else it is censored); at the same age leaving comes first.  Where
    nobody is left the error is undefined (L6; Kaplan & Meier 1958).
    """
    durations, ended = list(durations), [bool(event) for event in events]
    as_long(len(durations), len(ended))
    left = Counter(duration for duration, event in zip(durations, ended, strict=True) if event)
    return survival_of_counts(left, Counter(durations) - left)


def survival_of_counts(left: Mapping[float, int], still: Mapping[float, int]) -> list[SurvivalRow]:
    """The same of how many left, and how many are still here, at each age: as fast for a million clients as for ten."""
    for counts in (left, still):
        for age, count in counts.items():
            at_least_zero(duration=age, count=count)
    here, share, spread = sum(left.values()) + sum(still.values()), 1.0, 0.0
    rows: list[SurvivalRow] = []
    for age in sorted({*left, *still}):
        if gone := left.get(age, 0):
            share *= 1 - gone / here
            spread += gone / (here * (here - gone)) if gone < here else 0.0
            error = share * sqrt(spread) if gone < here else None
            rows.append({"t": age, "n": here, "d": gone, "S": share, "se": error})
        here -= gone + still.get(age, 0)
    return rows


def survival_interval(row: SurvivalRow) -> tuple[float, float] | None:
    """95 %, by log(−log S): never outside of 0…1; None where the error is undefined (Kalbfleisch & Prentice 1980)."""
    share, error = row["S"], row["se"]
    if error is None or not 0 < share < 1:
        return None
    reach = Z * error / (share * abs(log(share)))
    return share ** exp(reach), share ** exp(-reach)


def median_survival(rows: Sequence[SurvivalRow]) -> float | None:
    """The first age at which no more than half are here; None while more than half still are (L6)."""
    return next((row["t"] for row in rows if row["S"] <= 0.5 + ROUNDING), None)


def rmst(durations: Iterable[float], events: Iterable[object], horizon: float) -> float | None:
    """The area under S up to the horizon: time kept out of the first `horizon`, in its unit (L6).

    Undefined where the horizon lies beyond the longest observation and not everybody has left by then.
    """
    at_least_zero(horizon=horizon)
    durations, events = list(durations), list(events)
    mean = restricted_mean(kaplan_meier(durations, events), max(durations, default=None), horizon)
    return None if mean is None else mean["value"]


def restricted_mean(rows: Sequence[SurvivalRow], longest: float | None, horizon: float) -> RestrictedMean | None:
    """`rmst` of a curve whose longest observation is given, with its error √Σ A(t)²·d/(n(n−d)).

    A(t) is the area from t to the horizon (Klein & Moeschberger 2003, 4.5); a last age at which all left adds nothing.
    """
    at_least_zero(horizon=horizon)
    if longest is None or (horizon > longest and (not rows or rows[-1]["S"] > 0)):
        return None
    seen = [row for row in rows if row["t"] < horizon]
    ages, shares = [0.0, *(row["t"] for row in seen), horizon], [1.0, *(row["S"] for row in seen)]
    pieces = [share * (ages[place + 1] - ages[place]) for place, share in enumerate(shares)]
    value, spread, after = sum(pieces), 0.0, 0.0
    for row, piece in zip(reversed(seen), reversed(pieces), strict=False):
        after += piece
        if row["d"] < row["n"]:
            spread += after**2 * row["d"] / (row["n"] * (row["n"] - row["d"]))
    return {"value": value, "se": sqrt(spread)}


def log_rank(one: Counts, other: Counts) -> float | None:
    """p of both curves being one, two-sided: z² = (Σ(d₁ − e₁))²/Σv (L9; Mantel 1966).

    Each side is (how many left, how many are still here) by age; e = d·n₁/n and v = d·(n₁/n)(1 − n₁/n)(n − d)/(n − 1)
    at each age at which somebody left, the n of those watched until then.  None where that says nothing.
    """
    sides = one, other
    watched = [sum(left.values()) + sum(still.values()) for left, still in sides]
    more, spread = 0.0, 0.0
    for age in sorted({*one[0], *one[1], *other[0], *other[1]}):
        gone = [left.get(age, 0) for left, _still in sides]
        d, n = sum(gone), sum(watched)
        if d and all(watched):
            part = watched[0] / n
            more += gone[0] - d * part
            spread += d * part * (1 - part) * (n - d) / (n - 1)
        watched = [
            here - left.get(age, 0) - still.get(age, 0) for here, (left, still) in zip(watched, sides, strict=True)
        ]
    return two_sided(more / sqrt(spread)) if spread > 0 else None


def rmst_diff(before: RestrictedMean, after: RestrictedMean) -> MeanDifference:
    """How much longer clients stay after a change, with its 95 %: ± z·√(se₁² + se₂²); both of one horizon (L9)."""
    at_least_zero(before=before["se"], after=after["se"])
    diff, reach = after["value"] - before["value"], Z * sqrt(before["se"] ** 2 + after["se"] ** 2)
    return {"diff": diff, "lo": diff - reach, "hi": diff + reach}
