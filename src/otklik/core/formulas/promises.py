"""What was promised and what became of it; what can be promised safely."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from math import inf
from typing import Any, TypedDict

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
    if not 0 < q < 1:
        raise ValueError(f"a share to keep lies between 0 and 1, not {q}")
    z_of(conf)
    ordered = sorted(inf if time is None else time for time in times)
    if ordered and ordered[0] < 0:
        raise ValueError("a time cannot be negative")
    from scipy.special import bdtr

    n = len(ordered)
    k = 1 + bisect_left(range(n), True, key=lambda fewer: bool(bdtr(fewer, n, q) >= conf))
    if k > n:
        return {"k": None, "value": None}
    return {"k": k, "value": ordered[k - 1] if ordered[k - 1] < inf else None}


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
