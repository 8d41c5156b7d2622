"""How far several people agree about the same conversations (METRICS Q4)."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from otklik.care.quality.scoring import Marked, share_of
from otklik.care.quality.states import State
from otklik.core.formulas import cohen_kappa, fleiss_kappa, krippendorff_alpha, krippendorff_bounds

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


@dataclass(frozen=True)
class OfOne:
    """How far people agree on one criterion: Krippendorff's α, and κ where everybody marked the same conversations.

    κ is Cohen's of two people, by steps where the scale has several, and Fleiss' of more; both are None of fewer than
    ten conversations, and where all marks are alike: by chance they would be so, too.
    """

    alpha: float | None = None
    kappa: float | None = None

    @property
    def is_unusable(self) -> bool:
        return self.alpha is not None and self.alpha < TENTATIVE


def of_criterion(criterion: Marked, rows: Sequence[Sequence[str]]) -> OfOne:
    """Rows are conversations, each with the marks of all people in one order, "" of none."""
    shares = [[share_of(criterion, mark) if mark else None for mark in row] for row in rows]
    told = [row for row in shares if sum(one is not None for one in row) > 1]
    if len(told) < FEWEST:
        return OfOne()
    alpha = krippendorff_alpha(list(zip(*told, strict=True)), "interval")
    scored = [place for place in range(len(shares[0])) if any(row[place] is not None for row in shares)]
    whole = [row for row in ([row[place] for place in scored] for row in told) if None not in row]
    return OfOne(alpha, _kappa(whole, criterion.steps) if len(whole) >= FEWEST else None)


def _kappa(rows: Sequence[Sequence[float | None]], steps: int) -> float | None:
    if len(rows[0]) == 2:
        one, other = zip(*rows, strict=True)
        return cohen_kappa(one, other, "linear" if steps > 1 else None)
    counts = [Counter(row) for row in rows]
    categories = sorted({value for row in rows for value in row if value is not None})
    return fleiss_kappa([[count[value] for value in categories] for count in counts])
