"""So many of so many, where no sample is drawn and so no interval is told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """`good` of `n`; `value` is None of nothing."""

    good: int
    n: int

    @property
    def value(self) -> float | None:
        return self.good / self.n if self.n else None
