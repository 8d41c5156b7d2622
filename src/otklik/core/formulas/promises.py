"""What was promised and what became of it; what can be promised safely."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import ceil, inf
from typing import Any, TypedDict

from otklik.core.formulas.arguments import at_least_zero
from otklik.core.formulas.instants import Instant, micros
from otklik.core.formulas.proportions import wilson, z_of

type Item = Mapping[str, Any]


class Attainment(TypedDict):
    met: int
    breached: int
    undecided: int
    excluded: int
    attainment: float | None
    lo: float | None
    hi: float | None


class PromiseStats(TypedDict):
    due: int
    kept: int
    renegotiated: int
    broken: int
    strict: float | None
    soft: float | None


class SafePromise(TypedDict):
    k: int | None
    value: float | None


class SafeTime(TypedDict):
    n: int
    k: int | None
    value: float | None


def kept(due: Instant, done: Instant | None, as_of: Instant | None = None) -> bool:
    """Whether it was done by when it was due, at that very moment at the latest (V18).

    What happened after `as_of` is not known yet; without it all is known.
    """
    if done is None or (as_of is not None and micros(done) > micros(as_of)):
        return False
    return micros(done) <= micros(due)


def sla_attainment(items: Iterable[Item], start: Instant, end: Instant, as_of: Instant) -> Attainment:
    """Commitments due in [start, end): met, breached (late, or open past due), undecided, excluded (V18).

    Items are `{"due", "done", "excluded"}`; done exactly at due is met; what happened after `as_of` is not known yet.
    """
    fates = Counter(_sla_fate(item, as_of) for item in _due_in(items, start, end))
    share = wilson(fates["met"], fates["met"] + fates["breached"])
    return {
        "met": fates["met"],
        "breached": fates["breached"],
        "undecided": fates["undecided"],
        "excluded": fates["excluded"],
        "attainment": share["p"],
        "lo": share["lo"],
        "hi": share["hi"],
    }


def promise_stats(items: Iterable[Item], start: Instant, end: Instant, as_of: Instant) -> PromiseStats:
    """Dates told to clients that fall in [start, end): kept, moved in time, broken; no undecided (V19).

    Items are `{"due", "done", "renegotiated_at"}`.  Strict counts a moved date as not kept, soft leaves it out.
    """
    fates = Counter(_promise_fate(item, as_of) for item in _due_in(items, start, end))
    return promise_shares(fates["kept"], fates["renegotiated"], fates["broken"])


def promise_shares(kept: int, renegotiated: int, broken: int) -> PromiseStats:
    """The same of dates that were counted already."""
    return {
        "due": kept + renegotiated + broken,
        "kept": kept,
        "renegotiated": renegotiated,
        "broken": broken,
        "strict": wilson(kept, kept + renegotiated + broken)["p"],
        "soft": wilson(kept, kept + broken)["p"],
    }


def safe_promise(times: Iterable[float | None], q: float, conf: float = 0.95) -> SafePromise:
    """The k-th smallest time, which a share q of all cases keeps with the confidence asked for (C1).

    The smallest k with BinomCDF(k − 1; n, q) ≥ conf, an order-statistic tolerance bound in the unit of the times.

    An open case is `None` and counts as longer than any time.  `None` for k: too few cases for any promise.
    """
    ordered = sorted(inf if time is None else time for time in times)
    if ordered and ordered[0] < 0:
        raise ValueError("a time cannot be negative")
    k = _rank_of(len(ordered), q, conf)
    if k is None:
        return {"k": None, "value": None}
    return {"k": k, "value": ordered[k - 1] if ordered[k - 1] < inf else None}


def safe_time(done: Iterable[float], lasting: Iterable[float], q: float, conf: float = 0.95) -> SafeTime:
    """The smallest of the times that is safe where some cases are still open: they have lasted so long by now (C1).

    Those that have lasted longer than a time count as longer than it; of younger ones nobody knows yet, and they are
    no cases.  `n` are the cases that counted.  `k` and no value: too many last longer than any that is done.
    """
    ordered, open_for = sorted(done), sorted(lasting)
    if min([*ordered[:1], *open_for[:1]], default=0) < 0:
        raise ValueError("a time cannot be negative")
    for place, time in enumerate(ordered, start=1):
        n = len(ordered) + len(open_for) - bisect_right(open_for, time)
        if time not in ordered[place : place + 1] and (k := _rank_of(n, q, conf)) is not None and k <= place:
            return {"n": n, "k": k, "value": time}
    everything = len(ordered) + len(open_for)
    return {"n": everything, **safe_promise([None] * everything, q, conf)}


HUMAN = ((600, 60), (3600, 300), (14_400, 1800), (86_400, 3600), (inf, 14_400))
"""Up to so many seconds people speak in steps of so many: minutes, five of them, half hours, hours, four hours."""


def human_time(seconds: float) -> int:
    """The next longer time that people say: rounded up and never down (C1)."""
    at_least_zero(time=seconds)
    step = next(step for most, step in HUMAN if seconds <= most)
    return max(1, ceil(seconds / step)) * step


@lru_cache(maxsize=4096)
def _rank_of(n: int, q: float, conf: float) -> int | None:
    """The smallest k with BinomCDF(k − 1; n, q) ≥ conf; none of too few."""
    if not 0 < q < 1:
        raise ValueError(f"a share to keep lies between 0 and 1, not {q}")
    z_of(conf)
    from scipy.special import bdtr

    k = 1 + bisect_left(range(n), True, key=lambda fewer: bool(bdtr(fewer, n, q) >= conf))
    return k if k <= n else None


def _due_in(items: Iterable[Item], start: Instant, end: Instant) -> Iterable[Item]:
    first, after = micros(start), micros(end)
    return (item for item in items if first <= micros(item["due"]) < after)


def _sla_fate(item: Item, as_of: Instant) -> str:
    if item.get("excluded"):
        return "excluded"
    if kept(item["due"], item.get("done"), as_of):
        return "met"
    return "breached" if micros(item["due"]) < micros(as_of) else "undecided"


def _promise_fate(item: Item, as_of: Instant) -> str:
    due, moved = micros(item["due"]), item.get("renegotiated_at")
    if kept(item["due"], item.get("done"), as_of):
        return "kept"
    if moved is not None and micros(moved) < due and micros(moved) <= micros(as_of):
        return "renegotiated"
    return "broken" if due <= micros(as_of) else "undecided"
