"""How those who review differ from each other: what they give, and how often they are disputed (METRICS Q5, P8)."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, Q

from otklik.care.quality.figures import DAYS, FEWEST
from otklik.care.quality.models import Review
from otklik.care.quality.models.reviewing import DRAWN
from otklik.care.quality.states import Verdict
from otklik.core.journal import clock
from otklik.core.staff.models import User

MOST_CHANGED = 0.2
"""Above this share of changed ones among the decided a reviewer calibrates anew."""


@dataclass(frozen=True)
class Reviewer:
    """`given` is the mean first score of what was drawn at random, None of too few; `changed` of `decided` disputes."""

    name: str
    n: int
    given: float | None
    disputed: int
    decided: int
    changed: int

    @property
    def calibrates(self) -> bool:
        return self.decided >= FEWEST and self.changed > MOST_CHANGED * self.decided


def of_reviewers(user: User) -> list[Reviewer]:
    """By name, in one statement; the first score counts, since it is the reviewer's."""
    since = clock.now() - timedelta(days=DAYS)
    told, drawn = Review.objects.visible_to(user).told().filter(published_at__gte=since), DRAWN
    rows = (
        told.order_by()
        .values("reviewer", "reviewer__name")
        .annotate(
            n=Count("pk"),
            drawn=Count("pk", filter=drawn),
            given=Avg("score", filter=drawn),
            disputed=Count("disputed_at"),
            decided=Count("decided_at"),
            changed=Count("pk", filter=Q(verdict=Verdict.CHANGED)),
        )
    )
    return [
        Reviewer(
            row["reviewer__name"],
            row["n"],
            row["given"] if row["drawn"] >= FEWEST else None,
            row["disputed"],
            row["decided"],
            row["changed"],
        )
        for row in rows.order_by("reviewer__name", "reviewer")[:200]
    ]
