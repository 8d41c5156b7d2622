"""How many conversations are to be drawn for their reviews to say something (METRICS Q3)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from otklik.care.quality.figures import CONCLUDES, DAYS
from otklik.care.quality.models import Draw, Plan, Review
from otklik.core.formulas import sample_size_prop
from otklik.core.journal import clock
from otklik.core.staff.models import User

MARGINS = (0.05, 0.10, 0.15)
ASSUMED = 0.85
"""Of conversations without a critical error, where too few were reviewed to say it (METRICS Q3)."""
MEASURED = 30
"""Fewer reviews than these measure no share (METRICS C1)."""
QUARTER = {Plan.Every.WEEK.value: 13, Plan.Every.MONTH.value: 3}
"""Draws in three months."""


@dataclass(frozen=True)
class Size:
    """Reviews that tell the share within ± `margin`: of however many conversations, and of those of one period."""

    margin: float
    of_any: int
    of_pool: int | None
    reached: bool = False
    """Whether the last draw took as many."""

    @property
    def points(self) -> float:
        return 100 * self.margin


@dataclass(frozen=True)
class Enough:
    """`share` is that of conversations without a critical error, measured on `n` reviews, 0 where it is assumed.

    `pool` and `taken` are of the last draw of the plan, None before there was one.  `of_person` is how many reviews of
    one person a quarter brings.
    """

    share: float
    n: int
    sizes: list[Size]
    pool: int | None
    taken: int | None
    of_person: int | None

    @property
    def concludes(self) -> bool:
        """Whether a quarter of it says something about one person."""
        return self.of_person is None or self.of_person >= CONCLUDES


def enough(plan: Plan | None, user: User) -> Enough:
    """For this plan, or for one that is being written; of what this reader may see.  Two statements at most."""
    last = plan.draws.filter(pool__gt=0).defer("candidates").order_by("-pk").first() if plan else None
    share, n = _without_errors(user)
    sizes = [_size(share, one, last) for one in MARGINS]
    of_person = plan.count * QUARTER[plan.every] if plan else None
    return Enough(share, n, sizes, last.pool if last else None, last.taken if last else None, of_person)


def _size(share: float, margin: float, last: Draw | None) -> Size:
    of_any = sample_size_prop(share, margin)
    if last is None:
        return Size(margin, of_any, None)
    of_pool = sample_size_prop(share, margin, population=last.pool)
    return Size(margin, of_any, of_pool, last.taken >= of_pool)


def _without_errors(user: User) -> tuple[float, int]:
    """Of the reviews of the last quarter that count; a share without any room to move is no help: it is assumed."""
    since = clock.now() - timedelta(days=DAYS)
    found = Review.objects.visible_to(user).counting().filter(published_at__gte=since)
    told = found.annotate(faults_told=Coalesce("ruled_errors", "errors")).aggregate(
        n=Count("pk"), clean=Count("pk", filter=Q(faults_told=0))
    )
    if told["n"] < MEASURED or told["clean"] in (0, told["n"]):
        return ASSUMED, 0
    return told["clean"] / told["n"], told["n"]
