"""Revenue of cohorts (METRICS L7): of what the clients of one month brought at first, how much is still there later."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from otklik.core.formulas import grr_nrr
from otklik.core.formulas.retention import RevenueRetention
from otklik.team.value.counting import COHORTS_BACK
from otklik.team.value.models import Cohort


@dataclass(frozen=True)
class Kept:
    """The clients of one month (`came_in` None: of all of them together), and what each month made of their revenue.

    `months[k]` is k months after they came; None where that month is not over or nothing was paid.
    """

    came_in: date | None
    clients: int
    months: list[RevenueRetention | None]


def revenue_of_cohorts(currency: str) -> list[Kept]:
    """All together first, then the oldest.  One statement.

    All together are, for each month, the cohorts that were watched so long, so that no column mixes whom it compares.
    """
    rows = list(Cohort.objects.filter(currency=currency).order_by("came_in", "later"))
    if not rows:
        return []
    of_month: dict[date, dict[int, Cohort]] = defaultdict(dict)
    for one in rows:
        of_month[one.came_in][one.later] = one
    columns = [[one for one in rows if one.later == later] for later in range(COHORTS_BACK)]
    whole = Kept(None, sum(some[0].clients for some in of_month.values()), [_kept(some) for some in columns])
    single = [
        Kept(month, some[0].clients, [_kept([some[later]] if later in some else []) for later in range(COHORTS_BACK)])
        for month, some in of_month.items()
    ]
    return [whole, *single]


def _kept(rows: Iterable[Cohort]) -> RevenueRetention | None:
    """Rounded kopecks lose no more than there was."""
    rows = list(rows)
    start = sum(float(one.revenue) for one in rows)
    if not start:
        return None
    lost = min(sum(float(one.lost) for one in rows), start)
    shrunk = min(sum(float(one.shrunk) for one in rows), start - lost)
    return grr_nrr(start, lost, shrunk, sum(float(one.grown) for one in rows))
