"""Whether measures have worked: repeats before and after by exact arithmetic, and the client's word (METRICS K4)."""

from dataclasses import dataclass
from math import ceil

from otklik.care.complaints.states import Said, Severity, Verdict
from otklik.core.formulas import days_needed, rate_ratio

USUAL_DAYS = {Severity.MINOR: 30, Severity.SERIOUS: 60, Severity.CRITICAL: 90}
BEFORE_DAYS = 180
"""Over which the repeats of before are counted."""
LONGEST_DAYS = 180
FEWEST = 3
"""Repeats from which on the rate of before says how long to wait."""


@dataclass(frozen=True)
class Repeats:
    """`before` complaints of the cause in so many days before the measures, `after` in so many since they were done.

    `same_client` counts those of `after` that this client made.
    """

    before: int
    before_days: float
    after: int
    after_days: float
    same_client: int = 0


@dataclass(frozen=True)
class Effect:
    verdict: Verdict
    rr: float | None
    lo: float | None
    hi: float | None
    p: float | None


def days_to_wait(severity: int, before: int, days: float = BEFORE_DAYS) -> int:
    """After how many days a check can prove something: 30, 60 or 90 by severity, longer where repeats are rare."""
    usual = USUAL_DAYS[Severity(severity)]
    needed = days_needed(before / days) if before >= FEWEST else None
    return min(LONGEST_DAYS, max(usual, ceil(needed or 0)))


def judge(repeats: Repeats, said: str) -> Effect:
    """The client's "it did not help", or their next complaint of the same cause, outweighs every figure.

    Raises ValueError where no time has passed since the measures.
    """
    told = rate_ratio(repeats.before, repeats.before_days, repeats.after, repeats.after_days)
    failed = said == Said.NOT or repeats.same_client > 0 or (told["lo"] is not None and told["lo"] > 1)
    proven = told["hi"] is not None and told["hi"] < 1
    verdict = Verdict.FAILED if failed else Verdict.EFFECTIVE if proven else Verdict.UNPROVEN
    return Effect(verdict, told["rr"], told["lo"], told["hi"], told["p"])
