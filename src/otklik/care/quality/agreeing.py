"""How far several people agree about the same conversations (METRICS Q4)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otklik.care.quality.scoring import share_of
from otklik.care.quality.states import State
from otklik.core.formulas import krippendorff_alpha, krippendorff_bounds

if TYPE_CHECKING:
    from otklik.care.quality.models import Calibration

FEWEST = 10
"""Of fewer conversations no agreement is told, however many marks each has."""
USABLE, TENTATIVE = 0.8, 2 / 3
"""Krippendorff's bounds: below the second the criterion is written anew before it counts."""

type Unit = tuple[int, int]
"""A conversation and a criterion."""
type Units = Mapping[Unit, Mapping[int, str]]
"""What each person gave."""


@dataclass(frozen=True)
class Agreement:
    """Over `units` marks that two or more gave; `same` of them alike.

    `alpha` is None where these are of too few conversations, or all alike.
    """

    units: int
    same: int
    alpha: float | None = None
    lo: float | None = None
    hi: float | None = None


def units_of(calibration: "Calibration") -> dict[Unit, dict[int, str]]:
    """Of those who have scored: the mark of each person by conversation and criterion."""
    rows = calibration.reviews.filter(state=State.SCORED).values_list(
        "ticket_id", "reviewer_id", "marks__criterion_id", "marks__mark"
    )
    found: dict[Unit, dict[int, str]] = defaultdict(dict)
    for ticket, person, criterion, mark in rows:
        if mark:
            found[ticket, criterion][person] = mark
    return {unit: marks for unit, marks in found.items() if len(marks) > 1}


def agreement(units: Units) -> Agreement:
    """Marks are compared as shares of their scales; whether a criterion applies is a matter of its own."""
    from otklik.care.quality.models import Criterion

    same = sum(len(set(marks.values())) == 1 for marks in units.values())
    if len({ticket for ticket, _criterion in units}) < FEWEST:
        return Agreement(len(units), same)
    criteria = Criterion.objects.in_bulk({criterion for _ticket, criterion in units})
    people = sorted({person for marks in units.values() for person in marks})

    def shares(person: int) -> Sequence[float | None]:
        return [
            share_of(criteria[criterion], marks[person]) if person in marks else None
            for (_ticket, criterion), marks in units.items()
        ]

    data = [shares(person) for person in people]
    tickets = [ticket for ticket, _criterion in units]
    lo, hi = krippendorff_bounds(data, "interval", tickets) or (None, None)
    return Agreement(len(units), same, krippendorff_alpha(data, "interval"), lo, hi)
