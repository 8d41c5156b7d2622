"""Oldest first, and nothing hangs."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import inf
from typing import Any, TypedDict

from otklik.core.formulas.arguments import a_number, above_zero
from otklik.core.formulas.instants import Instant, elapsed, micros


class Fifo(TypedDict):
    picks: int
    violation_rate: float | None
    priority_inversion_rate: float | None
    max_overtakes: int
    overtakes: dict[Hashable, int]


class Hanging(TypedDict):
    count: int
    ids: list[Hashable]


BANDS = 3
"""Of one grade: overdue, less than a quarter of the time left, the rest."""
NEAR = 0.25
AGEING = 0.5
"""After so much of its target a ticket counts as one grade more urgent (METRICS V13), and again after as much."""


def turn(grade: int, band: int, waited: float, target: float) -> int:
    """The level on which a waiting ticket is picked: the lowest first, of one level the oldest by its opening.

    `grade` is 0 for the most urgent class, `band` 0 to 2; `waited` since it was opened, `target` the time it has.
    """
    above_zero(target=target)
    a_number(waited=waited)
    return max(0, BANDS * grade + band - BANDS * int(waited / (AGEING * target)))


def passed_over_within(grade: int, target: float) -> float:
    """How long after a ticket another one may be opened and still be picked before it; nobody later ever is.

    After that long it stands on level 0, where only age counts, and each that is opened later is younger.  So no
    ticket of a low class starves, whatever comes.
    """
    return (grade + 1) * AGEING * target


@dataclass(frozen=True, slots=True)
class _Wait:
    id: Hashable
    rank: float
    created: int
    picked: float


def fifo(tickets: Iterable[Mapping[str, Any]]) -> Fifo:
    """How often a pick passed over an older ticket of its rank, or a more urgent one, and who was overtaken (V13).

    Tickets are `{"id", "rank", "created", "picked"}` of one queue, `picked` `None` while they wait; the smaller the
    rank the more urgent.  Only tickets created before the pick and not yet picked were waiting.  `overtakes` names the
    overtaken alone.  Costs n log n.
    """
    waits = [_wait(ticket) for ticket in tickets]
    picked = [wait for wait in waits if wait.picked < inf]
    overtakes: dict[Hashable, int] = {}
    violations = 0
    for same_rank in _by_rank(waits).values():
        overtakes |= _overtakes(same_rank)
        violations += _violations(same_rank)
    return {
        "picks": len(picked),
        "violation_rate": violations / len(picked) if picked else None,
        "priority_inversion_rate": _inversions(waits) / len(picked) if picked else None,
        "max_overtakes": max(overtakes.values(), default=0),
        "overtakes": overtakes,
    }


def _wait(ticket: Mapping[str, Any]) -> _Wait:
    created, picked = micros(ticket["created"]), ticket.get("picked")
    if picked is not None and micros(picked) < created:
        raise ValueError(f"ticket {ticket['id']!r} was picked before it was created")
    return _Wait(ticket["id"], ticket["rank"], created, inf if picked is None else micros(picked))


def _by_rank(waits: Iterable[_Wait]) -> Mapping[float, list[_Wait]]:
    ranks = defaultdict(list)
    for wait in sorted(waits, key=lambda wait: wait.created):
        ranks[wait.rank].append(wait)
    return ranks


def _overtakes(waits: list[_Wait]) -> dict[Hashable, int]:
    """For each ticket the younger ones that were picked before it; `waits` is in order of creation."""
    found: dict[Hashable, int] = {}
    younger: list[float] = []
    for _, alike in groupby(reversed(waits), key=lambda wait: wait.created):
        together = list(alike)
        found |= {wait.id: count for wait in together if (count := bisect_left(younger, wait.picked))}
        for wait in together:
            if wait.picked < inf:
                insort(younger, wait.picked)
    return found


def _violations(waits: list[_Wait]) -> int:
    """Picks at which an older ticket was still waiting; `waits` is in order of creation."""
    count, latest_older = 0, -inf
    for _, alike in groupby(waits, key=lambda wait: wait.created):
        together = list(alike)
        count += sum(wait.picked < latest_older for wait in together)
        latest_older = max(latest_older, *(wait.picked for wait in together))
    return count


def _inversions(waits: Iterable[_Wait]) -> int:
    """Picks at which a more urgent ticket was waiting: a sweep over time with the number waiting in each rank."""
    leave, choose, arrive = 0, 1, 2
    moments: list[tuple[float, int, float]] = []
    for wait in waits:
        if wait.picked > wait.created:
            moments += [(wait.created, arrive, wait.rank), (wait.picked, leave, wait.rank)]
        if wait.picked < inf:
            moments.append((wait.picked, choose, wait.rank))
    waiting: Counter[float] = Counter()
    count = 0
    for _, what, rank in sorted(moments):
        if what == choose:
            count += any(other < rank and number > 0 for other, number in waiting.items())
        else:
            waiting[rank] += 1 if what == arrive else -1
    return count


def hanging(tickets: Iterable[Mapping[str, Any]], now: Instant) -> Hanging:
    """Open tickets without an owner, without a future date of their next step, or with a client left in the dark (V20).

    Tickets are `{"id", "open", "owner", "next_at", "last_informed", "update_interval_s"}`; without an interval, or
    before the client was informed for the first time, the third rule does not apply.
    """
    ids = [ticket["id"] for ticket in tickets if ticket["open"] and _hangs(ticket, now)]
    return {"count": len(ids), "ids": ids}


def _hangs(ticket: Mapping[str, Any], now: Instant) -> bool:
    next_at, informed, limit = (ticket.get(key) for key in ("next_at", "last_informed", "update_interval_s"))
    if ticket.get("owner") is None or next_at is None or elapsed(now, next_at) < 0:
        return True
    return informed is not None and limit is not None and elapsed(informed, now) > limit
