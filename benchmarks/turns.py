"""The product and bare SQL by turns: whatever else the machine does meanwhile falls on both."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from benchmarks.client import Run, drive
from benchmarks.cost import Tree

WARM = 40
"""Connections prepare a statement at its fourth run, and each of the product's threads has one."""


@dataclass
class Turns:
    """Rounds of one job; every figure is the median of the rounds, times of requests are taken from all of them."""

    ours: list[Run] = field(default_factory=list)
    raw: list[Run] = field(default_factory=list)

    def figures(self) -> dict[str, Any]:
        """CPU in ms for each request; `ratio` and `db_ratio` are to the backend that ran the bare SQL."""
        found = _figures(self.ours)
        if self.raw:
            found["raw"] = raw = _figures(self.raw)
            backend = max(raw["cpu_ms"]["db"], 0.001)
            found["ratio"] = round(found["cpu_ms"]["sum"] / backend, 1)
            found["db_ratio"] = round(found["cpu_ms"]["db"] / backend, 1)
        return found


def _figures(runs: Sequence[Run]) -> dict[str, Any]:
    every = Run(ms=[ms for run in runs for ms in run.ms])
    failed = [trouble for run in runs for trouble in run.failed]
    sums = [run.app_ms + run.db_ms for run in runs]
    return {
        "n": len(every.ms),
        "failed": len(failed),
        "p50_ms": every.at(0.5),
        "p95_ms": every.at(0.95),
        "cpu_ms": {
            "app": round(median(run.app_ms for run in runs), 2),
            "db": round(median(run.db_ms for run in runs), 3),
            "sum": round(median(sums), 2),
            "rounds": [round(value, 2) for value in sums],
        },
    } | ({"troubles": failed[:3]} if failed else {})


async def by_turns[T](
    tree: Tree,
    rounds: int,
    work: Sequence[T],
    one: Callable[[T], Awaitable[str]],
    raw: Callable[[], Run],
    *,
    at_once: int = 4,
    warm: int = WARM,
) -> Turns:
    """First `warm` pieces that do not count, then bare SQL and a share of the work, and again."""
    if len(work) < warm + rounds:
        raise SystemExit(f"The history is too small: {len(work)} pieces of work, {warm} of them to get warm.")
    await drive(tree, work[:warm], one, at_once=at_once)
    turns, counted = Turns(), work[warm:]
    for number in range(rounds):
        turns.raw.append(raw())
        turns.ours.append(await drive(tree, counted[number::rounds], one, at_once=at_once))
    return turns
