"""Who can do what, how much is missing of it, and who would be missed (METRICS P5)."""

from collections.abc import Sequence

from otklik.core.formulas.arguments import at_least_zero

MOST = 4
"""0 none, 1 with help, 2 alone, 3 hard cases, 4 teaches."""
ALONE, HARD = 2, 3


def skill_gap(levels: Sequence[int], required: int, people: int, weight: float = 1.0) -> float:
    """Σ max(0, required − level)·weight, in points, over as many of the best as are required.

    Whoever is missing among them has level 0, so that a line of one person cannot be without a gap where two are asked
    for, and those beyond the number may be beginners.
    """
    at_least_zero(people=people, weight=weight)
    for level in (required, *levels):
        _a_level(level)
    best = [*sorted(levels, reverse=True), *([0] * people)][:people]
    return weight * sum(max(0, required - level) for level in best)


def bus_factor(levels: Sequence[int]) -> int:
    """How many can do the hard cases, level 3 and more: 1 is a risk, 0 a hole."""
    return _at_least(HARD, levels)


def skill_cover(levels: Sequence[int]) -> int:
    """Of the people of a shift those who need nobody beside them: level 2 and more."""
    return _at_least(ALONE, levels)


def _at_least(least: int, levels: Sequence[int]) -> int:
    for level in levels:
        _a_level(level)
    return sum(level >= least for level in levels)


def _a_level(level: int) -> None:
    if level not in range(MOST + 1):
        raise ValueError(f"a level is 0 to {MOST}, not {level}")
