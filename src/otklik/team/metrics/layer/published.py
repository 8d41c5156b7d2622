"""How classes were kept, as everybody may read it (METRICS C3): by months of the company, from the sums of days.

The same commitments as `sla.attainment` of a class: what it says of a month, this says, and never rounds it up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models.functions import TruncMonth

from otklik.core.formulas import at_most
from otklik.desk.sla.models import Kind
from otklik.team.metrics.adding import WholeSum
from otklik.team.metrics.days import today
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell
from otklik.team.metrics.observing import KINDS

MONTHS, QUARTER = 12, 3


class Kept(NamedTuple):
    """How many commitments were met, of those that fell due."""

    met: int
    n: int

    @property
    def share(self) -> float | None:
        return at_most(self.met, self.n)


@dataclass(frozen=True)
class Past:
    """Of one class: `months` are closed ones, the newest first; each has what fell due by kind of reading."""

    months: Mapping[date, Mapping[int, int]]

    def of(self, months: int, kind: Kind | None = None) -> Kept:
        """In the last months, one kind of commitment or all."""
        return kept(list(self.months.values())[:months], kind)

    def by_month(self) -> list[tuple[date, Kept]]:
        return [(month, kept([some])) for month, some in self.months.items()]


def kept(some: Iterable[Mapping[int, int]], kind: Kind | None = None) -> Kept:
    """Of kinds of reading, which are twice those of commitments, and one more when it was met."""
    whole: Counter[int] = Counter()
    for one in some:
        whole.update(one)
    kinds = range(len(KINDS)) if kind is None else [KINDS[kind]]
    met = sum(whole[2 * place + 1] for place in kinds)
    return Kept(met, met + sum(whole[2 * place] for place in kinds))


def closed_months() -> list[date]:
    """Their first days, twelve of them, the newest first."""
    now = today()
    places = [now.year * 12 + now.month - 1 - back for back in range(1, MONTHS + 1)]
    return [date(place // 12, place % 12 + 1, 1) for place in places]


def pasts(classes: Iterable[int]) -> dict[int, Past]:
    """Of each class, in one statement for all of them."""
    keys, months = [str(pk) for pk in classes], closed_months()
    cells = Cell.objects.filter(measure=Measure.COMMITMENT, side=Cell.Side.CLASS, key__in=keys)
    rows = cells.filter(day__gte=months[-1], day__lt=today().replace(day=1)).annotate(month=TruncMonth("day"))
    found: dict[str, dict[date, dict[int, int]]] = defaultdict(lambda: {month: {} for month in months})
    sums = rows.order_by().values("key", "month", "bucket").annotate(count=WholeSum("n"))
    for key, month, bucket, count in sums.values_list("key", "month", "bucket", "count"):
        found[key][month][bucket] = count
    return {int(key): Past(found[key]) for key in keys}
