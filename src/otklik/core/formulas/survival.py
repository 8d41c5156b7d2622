"""How long clients stay, read from those who left and those who are still here."""

from collections import Counter
from collections.abc import Iterable
from math import sqrt
from typing import TypedDict

from otklik.core.formulas.arguments import as_long, at_least_zero


class SurvivalRow(TypedDict):
    t: float
    n: int
    d: int
    S: float
    se: float | None


def kaplan_meier(durations: Iterable[float], events: Iterable[object]) -> list[SurvivalRow]:
    """S(t) = Π(1 − d/n) at each age at which somebody left, with Greenwood's error S·√Σ d/(n(n−d)).

    `events` says of each duration whether it ended (else it is censored); at the same age leaving comes first.  Where
    nobody is left the error is undefined (L6; Kaplan & Meier 1958).
    """
    durations, ended = list(durations), [bool(event) for event in events]
    as_long(len(durations), len(ended))
    for duration in durations:
        at_least_zero(duration=duration)
    left = Counter(duration for duration, event in zip(durations, ended, strict=True) if event)
    stayed = Counter(durations)
    here, share, spread = len(durations), 1.0, 0.0
    rows: list[SurvivalRow] = []
    for age in sorted(stayed):
        if gone := left[age]:
            share *= 1 - gone / here
            spread += gone / (here * (here - gone)) if gone < here else 0.0
            error = share * sqrt(spread) if gone < here else None
            rows.append({"t": age, "n": here, "d": gone, "S": share, "se": error})
        here -= stayed[age]
    return rows


def rmst(durations: Iterable[float], events: Iterable[object], horizon: float) -> float | None:
    """The area under S up to the horizon: time kept out of the first `horizon`, in its unit (L6).

    Undefined where the horizon lies beyond the longest observation and not everybody has left by then.
    """
    at_least_zero(horizon=horizon)
    durations, events = list(durations), list(events)
    rows = kaplan_meier(durations, events)
    if not durations or (horizon > max(durations) and (not rows or rows[-1]["S"] > 0)):
        return None
    area, since, share = 0.0, 0.0, 1.0
    for row in rows:
        if row["t"] >= horizon:
            break
        area += share * (row["t"] - since)
        since, share = row["t"], row["S"]
    return area + share * (horizon - since)
