"""Rounding up to whole people and answers."""

from math import ceil

NOISE = 1e-9
"""What floating point adds to an exact number must not cost one more person."""


def rounded_up(value: float) -> int:
    return ceil(value - NOISE)
