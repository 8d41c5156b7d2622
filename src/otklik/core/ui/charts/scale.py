"""The value axis: round steps around all values, from zero unless the movement matters more than the amount."""

from collections.abc import Sequence
from math import ceil, floor, log10

TOP, BOTTOM = 24, 22
"""Pixels above the highest line, for letters of marks, and below the lowest, for labels of the axis."""
ROUND = (0.1, 0.2, 0.5, 1, 2, 5, 10)
LINES = 4
"""No more lines than this from one end to the other, where zero is one end."""
SMALLEST = 1e-300
"""What is closer to zero has no power of ten to divide by."""


class Scale:
    """From a round number at or below the lowest value to one at or above the highest; pixels down from the top.

    A `close` one leaves zero out where all values lie far from it.
    """

    def __init__(self, highest: float, height: int, lowest: float = 0, *, close: bool = False) -> None:
        self.height = height
        if not close or highest - lowest < SMALLEST:
            highest, lowest = max(highest, 0.0), min(lowest, 0.0)
            self.step = round_step(max(highest, -lowest))
        else:
            self.step = round_step(highest - lowest)
        self.first, self.last = floor(lowest / self.step), ceil(highest / self.step)
        if self.first == self.last:
            self.last += 1

    @property
    def top(self) -> float:
        return self.step * self.last

    @property
    def ground(self) -> float:
        """Where the axis is drawn: at zero, or at the end nearest to it."""
        return self.step * min(max(self.first, 0), self.last)

    def y(self, value: float) -> float:
        room = self.height - TOP - BOTTOM
        return round(TOP + room * (self.last - value / self.step) / (self.last - self.first), 2)

    def ticks(self) -> list[float]:
        """Round numbers from below, without the ground: that is the axis."""
        numbers = (self.step * number for number in range(self.first, self.last + 1))
        return [tick for tick in numbers if tick != self.ground]

    @property
    def digits(self) -> int:
        """Decimals that tell one tick from the next."""
        return max(0, -floor(log10(self.step) + 1e-9))


def round_step(farthest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that gives two to four lines up to the farthest value."""
    if farthest < SMALLEST:
        return 1
    power = 10.0 ** floor(log10(farthest) + 1e-12)
    return next(power * times for times in ROUND if farthest / (power * times) <= LINES + 1e-9)


def scale_of(*series: Sequence[float | None], height: int, close: bool = False) -> Scale:
    """For all these values at once."""
    known = [value for values in series for value in values if value is not None]
    return Scale(max(known, default=0), height, min(known, default=0), close=close)
