"""Work that may wait: letters and requests with a time to be done in."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypedDict

from otklik.core.formulas.arguments import above_zero, at_least_zero
from otklik.core.formulas.whole import rounded_up

type Backlog = Sequence[float] | Mapping[int, float]
"""How many are due at the end of interval 1, 2, …; or a table of them by that number."""


class Deferrable(TypedDict):
    load: float
    agents: int
    window: list[int] | None


def deferrable_min_agents(
    arrivals: Sequence[float],
    aht: float,
    interval: float,
    sla_intervals: int,
    utilisation: float,
    backlog: Backlog | None = None,
) -> Deferrable:
    """The fewest people, always the same number, who do everything in time, the earliest due first (W8).

    n ≥ max W(s, d)/(u·T·(d − s)) over all pairs s < d, W being the work released at s or later and due by d.  What
    arrives in interval i is released at its end and due so many intervals later; the backlog is there at 0.  `load` is
    that maximum, `window` the s and d that bind.
    """
    at_least_zero(handle_time=aht)
    above_zero(interval=interval, sla_intervals=sla_intervals, utilisation=utilisation)
    if utilisation > 1:
        raise ValueError(f"more than all of the time cannot be worked: {utilisation}")
    due = _due(backlog or [])
    last = max([len(arrivals) + sla_intervals, *due])
    load, window = 0.0, None
    for start in range(last):
        for end, items in enumerate(accumulate(_dues(start, last, arrivals, sla_intervals, due))):
            if end > start and (needed := items * aht / (utilisation * interval * (end - start))) > load:
                load, window = needed, [start, end]
    return {"load": load, "agents": rounded_up(load), "window": window}


def _due(backlog: Backlog) -> dict[int, float]:
    due = dict(backlog if isinstance(backlog, Mapping) else enumerate(backlog, 1))
    for end, items in due.items():
        above_zero(due=end)
        at_least_zero(backlog=items)
    return due


def _dues(start: int, last: int, arrivals: Sequence[float], sla: int, backlog: Mapping[int, float]) -> list[float]:
    """Items due at the end of each interval of those that are released at `start` or later."""
    dues = [0.0] * (last + 1)
    for number, items in enumerate(arrivals, 1):
        at_least_zero(arrivals=items)
        if number >= start:
            dues[number + sla] += items
    if start == 0:
        for end, items in backlog.items():
            dues[end] += items
    return dues
