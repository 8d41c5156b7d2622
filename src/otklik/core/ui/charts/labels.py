"""Which labels of an axis fit: words must not run into each other, in a narrow card either."""

from collections.abc import Sequence
from itertools import pairwise

LETTER = 6.7
"""Pixels of an average letter at 12 px."""
APART = 10
WIDE, NARROW = 480, 260
"""Pixels of a plot in a card as wide as the page (36 rem and more), and in a third of it or on a phone."""


def shown(labels: Sequence[str], width: float) -> list[int]:
    """Places of the labels that have room in so many pixels: all, every second …, the two ends, the first alone."""
    last = len(labels) - 1
    for stride in range(1, last + 1):
        places = [*range(0, last - stride + 1, stride), last]
        if fits(places, labels, width):
            return places
    return [0] if labels else []


def fits(places: Sequence[int], labels: Sequence[str], width: float) -> bool:
    extents = [extent(place, labels, width) for place in places]
    return all(left[1] + APART <= right[0] for left, right in pairwise(extents))


def extent(place: int, labels: Sequence[str], width: float) -> tuple[float, float]:
    """Where a label begins and ends: the first starts at its point, the last ends there, the rest are centred."""
    last, wide = len(labels) - 1, LETTER * len(labels[place])
    at = width * place / last if last else 0.0
    left = at if place == 0 else at - wide if place == last else at - wide / 2
    return left, left + wide
