"""Whether a promise can be kept, before it is given."""

from collections.abc import Mapping
from typing import Any, TypedDict

from otklik.core.formulas.proportions import wilson

PEAK, ABLE = 0.88, 2
"""Occupancy at the peak at most; people who have each skill at least (METRICS C2)."""


class Reason(TypedDict):
    name: str
    ok: bool | None


class Capacity(TypedDict):
    colour: str
    reasons: list[Reason]


def capacity_check(facts: Mapping[str, Any]) -> Capacity:
    """Green when all five hold, red when two or more do not, amber between.

    Facts: `promised` (share), `kept` and `n` (what the past kept of it), `feasible` (the people suffice for the
    forecast), `occupancy` (at the peak), `able` (people with the skills), `suppliers_fit`.  What is not known, None,
    is not proven: it keeps the answer from green and alone never makes it red.
    """
    share = facts["promised"]
    if not 0 < share <= 1:
        raise ValueError(f"a share to promise lies between 0 and 1, not {share}")
    history = wilson(facts.get("kept") or 0, facts.get("n") or 0)["lo"]
    occupancy, able = facts.get("occupancy"), facts.get("able")
    answers = {
        "history": None if history is None else history >= share,
        "forecast": facts.get("feasible"),
        "occupancy": None if occupancy is None else occupancy <= PEAK,
        "people": None if able is None else able >= ABLE,
        "suppliers": facts.get("suppliers_fit"),
    }
    failed = sum(answer is False for answer in answers.values())
    colour = "green" if all(answers.values()) else "red" if failed > 1 else "amber"
    return {"colour": colour, "reasons": [{"name": name, "ok": answer} for name, answer in answers.items()]}
