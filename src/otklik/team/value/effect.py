"""L9: did clients stay less after we let them down?  Told with caution: who is let down differs in much else, too.

Half a year of what befell them, then half a year of staying: whoever left earlier could not be let down any more, so
that the two groups are only compared from one moment on.
"""

from dataclasses import dataclass
from datetime import date

from otklik.core.formulas import prop_diff, restricted_mean, rmst_diff, wilson
from otklik.core.formulas.survival import MeanDifference
from otklik.team.value.counting import months_before
from otklik.team.value.figures import AT_RISK, YEAR, Kept, Population
from otklik.team.value.models import Contrast

HORIZONS = (12, 6, 3)
"""Months out of which both sides are looked at: the longest for which enough of both were watched."""
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


@dataclass(frozen=True)
class Turn:
    """Clients who came in the year before a month, and in the year from it on: how many of the first months they were
    kept (L9).  None where fewer than thirty came on a side, or too few were watched for three months.
    """

    month: date
    before: int
    since: int
    was: Kept | None = None
    now: Kept | None = None
    difference: MeanDifference | None = None

    @property
    def is_proven(self) -> bool:
        """The interval lies on one side of zero."""
        told = self.difference
        return told is not None and (told["lo"] > 0 or told["hi"] < 0)


def turn(found: Population, month: date) -> Turn:
    """Around the first of the month; the same horizon of both sides."""
    first, last = months_before(month, YEAR), months_before(month, -YEAR)
    sides = [
        Population([one for one in found.groups if start <= one.came_in < end], found.today)
        for start, end in ((first, month), (month, last))
    ]
    before, since = (side.known for side in sides)
    horizon = next((many for many in HORIZONS if min(side.watched(many) for side in sides) >= AT_RISK), None)
    if horizon is None or min(before, since) < FEWEST:
        return Turn(month, before, since)
    was, now = (restricted_mean(side.curve, side.longest, horizon) for side in sides)
    if was is None or now is None:
        return Turn(month, before, since)
    kept, lately = (Kept(horizon, one["value"], one["se"]) for one in (was, now))
    return Turn(month, before, since, kept, lately, rmst_diff(was, now))
