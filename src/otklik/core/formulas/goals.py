"""Goals and plans."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypedDict

from otklik.core.formulas.arguments import a_share
from otklik.core.formulas.proportions import wilson

type Status = Literal["reached", "confirmed", "not_reached"]


class QuarterPlan(TypedDict):
    planned: int
    done: int
    carried: int
    dropped: int
    done_share: float | None
    carried_share: float | None


def goal_progress(base: float, target: float, current: float) -> float | None:
    """(current − base)/(target − base), either way; a share, below 0 and above 1 as it is (G1)."""
    return (current - base) / (target - base) if target != base else None


def goal_status(k: int, n: int, target: float, strict: bool = True) -> Status:
    """A goal for a share: reached when k/n passes the target, confirmed when Wilson's lower bound does (G1).

    Strict is "more than", else "at least".
    """
    a_share(target=target)
    share = wilson(k, n)

    def passes(value: float | None) -> bool:
        return value is not None and (value > target if strict else value >= target)

    if not passes(share["p"]):
        return "not_reached"
    return "confirmed" if passes(share["lo"]) else "reached"


def quarter_plan(tasks: Iterable[Mapping[str, Any]], quarter: str) -> QuarterPlan:
    """Of the tasks planned for the quarter: done in it, dropped, carried over; counts and shares (G4).

    Tasks are `{"planned_q", "done_q", "dropped"}`.
    """
    planned = [task for task in tasks if task["planned_q"] == quarter]
    done = [task for task in planned if task.get("done_q") == quarter]
    dropped = [task for task in planned if task.get("dropped") and task.get("done_q") != quarter]
    carried = len(planned) - len(done) - len(dropped)
    return {
        "planned": len(planned),
        "done": len(done),
        "carried": carried,
        "dropped": len(dropped),
        "done_share": wilson(len(done), len(planned))["p"],
        "carried_share": wilson(carried, len(planned))["p"],
    }
