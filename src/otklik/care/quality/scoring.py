"""From marks to a score and to errors; a mark is a digit up to the criterion's highest, `SKIP`, or "" of none yet."""

from collections.abc import Iterable
from typing import Protocol

from otklik.care.quality.states import BITS, Family
from otklik.core.formulas import qa_score

SKIP = "n"
"""The criterion does not apply to this conversation."""


class Marked(Protocol):
    """What a mark is given for."""

    weight: int
    steps: int
    critical: str
    may_skip: bool


type Pairs = Iterable[tuple[Marked, str]]


def share_of(criterion: Marked, mark: str) -> float | None:
    """From 0 to 1; None of what does not apply.  Raises ValueError for what is no mark of this criterion."""
    if not allows(criterion, mark):
        raise ValueError(f"no mark {mark!r} on a scale of {criterion.steps}")
    return None if mark == SKIP else int(mark) / criterion.steps


def allows(criterion: Marked, mark: str) -> bool:
    if mark == SKIP:
        return criterion.may_skip
    return len(mark) == 1 and mark in "01234" and int(mark) <= criterion.steps


def score_of(pairs: Pairs) -> float | None:
    """Points of 100; None where nothing applies.  Critical errors do not zero it (METRICS Q1)."""
    return qa_score([{"weight": float(one.weight), "score": share_of(one, mark)} for one, mark in pairs])


def errors_of(pairs: Pairs) -> int:
    """Families of the critical criteria that got the lowest mark, as one number (see `BITS`)."""
    found = 0
    for one, mark in pairs:
        if one.critical and mark == "0":
            found |= BITS[Family(one.critical)]
    return found


def families(errors: int) -> list[Family]:
    return [family for family, bit in BITS.items() if errors & bit]


def is_lowered(criterion: Marked, mark: str) -> bool:
    return mark not in ("", SKIP) and int(mark) < criterion.steps
