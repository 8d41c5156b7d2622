"""What interviewers marked who did not see each other's marks (METRICS P2)."""

from collections.abc import Sequence
from statistics import fmean
from typing import TypedDict

APART = 2
"""Marks so many levels apart are spoken about."""


class Marks(TypedDict):
    mean: float | None
    spread: int
    apart: bool


def interview_marks(levels: Sequence[int]) -> Marks:
    """One question: the mean of its marks, highest less lowest, and whether that is to be spoken about (P2)."""
    spread = max(levels) - min(levels) if levels else 0
    return {"mean": fmean(levels) if levels else None, "spread": spread, "apart": spread >= APART}
