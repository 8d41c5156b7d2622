"""L9: did clients stay less after we let them down?  Told with caution: who is let down differs in much else, too.

Half a year of what befell them, then half a year of staying: whoever left earlier could not be let down any more, so
that the two groups are only compared from one moment on.
"""

from dataclasses import dataclass
from datetime import date

from otklik.core.formulas import prop_diff, wilson
from otklik.team.value.models import Contrast

FEWEST = 30
"""Clients on each side, below which nothing is said (METRICS C1)."""


@dataclass(frozen=True)
class Side:
    """Clients of one kind, and how many of them stayed."""

    kind: str
    clients: int
    stayed: int

    @property
    def share(self) -> float | None:
        return wilson(self.stayed, self.clients)["p"]

    @property
    def interval(self) -> tuple[float | None, float | None]:
        told = wilson(self.stayed, self.clients)
        return told["lo"], told["hi"]


@dataclass(frozen=True)
class Effect:
    """Who was let down and who was not; the difference of the shares that stayed, first minus second."""

    since: date | None
    broken: Side
    none: Side

    @property
    def is_enough(self) -> bool:
        return min(self.broken.clients, self.none.clients) >= FEWEST

    @property
    def difference(self) -> tuple[float, float, float] | None:
        """(points, lowest, highest) as shares; None where there is not enough."""
        if not self.is_enough:
            return None
        told = prop_diff(self.none.stayed, self.none.clients, self.broken.stayed, self.broken.clients)
        if told["diff"] is None or told["lo"] is None or told["hi"] is None:
            return None
        return told["diff"], told["lo"], told["hi"]

    @property
    def is_proven(self) -> bool:
        """The interval lies on one side of zero."""
        told = self.difference
        return told is not None and (told[1] > 0 or told[2] < 0)

    @property
    def ratio(self) -> float | None:
        """How many times more of those let down left; None where nobody of the others did, or there is not enough."""
        gone = 1 - (self.none.share or 0)
        return (1 - (self.broken.share or 0)) / gone if self.is_enough and gone else None


def effect() -> Effect:
    found = {one.kind: one for one in Contrast.objects.all()}
    broken, none = (
        Side(kind, found[kind].clients, found[kind].stayed) if kind in found else Side(kind, 0, 0)
        for kind in (Contrast.Kind.BROKEN.value, Contrast.Kind.NONE.value)
    )
    return Effect(next((one.since for one in found.values()), None), broken, none)
