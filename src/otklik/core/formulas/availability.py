"""Availability as the public page tells it, and what a breach of it costs."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypedDict

from otklik.core.formulas.arguments import a_share, at_least_zero
from otklik.core.formulas.instants import SECOND
from otklik.core.formulas.spans import Span, Stretch, common, joined, length, stretch

type Outage = Mapping[str, Any]
type Tiers = Sequence[Sequence[float]]
"""`[availability at least, share of the fee]`, falling."""


class Uptime(TypedDict):
    base_s: float
    down_s: float
    excluded_s: float
    availability: float | None


class Budget(TypedDict):
    budget_s: float
    remaining_s: float


def uptime(window: Span, outages: Iterable[Outage], maintenance: Iterable[Span] = ()) -> Uptime:
    """1 − Σ w·Δt ÷ (window − announced maintenance); seconds, and a share (I5).

    Outages are `{"start", "end", "weight"}`, one that goes on ends with the window, a weight is 1 unless told; at each
    moment the heaviest counts, none does in maintenance.
    """
    whole = stretch(window)
    excluded = common([whole], joined(maintenance))
    weighed = [(_cut(outage, whole), _weight(outage)) for outage in outages]
    base = length([whole]) - length(excluded)
    down = sum(weight * (end - start) for start, end, weight in _heaviest(whole, weighed, excluded)) / SECOND
    return {
        "base_s": base,
        "down_s": down,
        "excluded_s": length(excluded),
        "availability": 1 - down / base if base else None,
    }


def _weight(outage: Outage) -> float:
    weight = float(outage.get("weight", 1.0))
    a_share(weight=weight)
    return weight


def _cut(outage: Outage, window: Stretch) -> Stretch:
    """The part inside the window; empty when there is none."""
    if outage.get("end") is None:
        start, end = stretch([outage["start"], outage["start"]])[0], window[1]
    else:
        start, end = stretch(outage)
    return max(start, window[0]), min(end, window[1])


def _heaviest(
    window: Stretch, outages: Sequence[tuple[Stretch, float]], excluded: Sequence[Stretch]
) -> Iterable[tuple[int, int, float]]:
    """The window in pieces during which nothing changes, with the weight of each."""
    spans = [window, *excluded, *(span for span, _ in outages if span[0] < span[1])]
    edges = sorted({edge for span in spans for edge in span})
    for start, end in pairwise(edges):
        if not any(first <= start < last for first, last in excluded):
            yield start, end, max((weight for (first, last), weight in outages if first <= start < last), default=0.0)


def downtime_budget(target: float, window_s: float, down_s: float = 0) -> Budget:
    """(1 − target)·window, and what is left of it, seconds (I6); overspent is negative."""
    a_share(target=target)
    at_least_zero(window=window_s, downtime=down_s)
    budget = (1 - target) * window_s
    return {"budget_s": budget, "remaining_s": budget - down_s}


def sla_credit(availability: float | None, tiers: Tiers, fee: float) -> float | None:
    """The share of the fee that the first tier not above the availability gives back, money (I6).

    What is below every tier gets the share of the lowest.  Without an availability nothing is known.
    """
    at_least_zero(fee=fee)
    for (higher, _), (lower, _) in pairwise(tiers):
        if lower >= higher:
            raise ValueError(f"tiers fall, {lower} does not follow {higher}")
    for _, share in tiers:
        a_share(share_of_the_fee=share)
    if availability is None:
        return None
    a_share(availability=availability)
    reached = [share for least, share in tiers if availability >= least] or [share for _, share in tiers[-1:]]
    return fee * reached[0] if reached else 0.0
