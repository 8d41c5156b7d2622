"""The rating on a person's page (METRICS P9): one score for each request, drawn to the team's while there are few."""

from dataclasses import dataclass

from django.db.models import Avg, QuerySet

from otklik.care.surveys.models import Score
from otklik.care.surveys.reviews import FEWEST, LATELY
from otklik.core.formulas import mean_ci, shrink_mean
from otklik.core.journal import clock
from otklik.core.staff.models import User


@dataclass(frozen=True)
class Rating:
    """Points of 1 to 5 over `n` requests; None, and nothing else of it, below ten."""

    n: int
    value: float | None = None
    lo: float | None = None
    hi: float | None = None


def rating_of(user: User) -> Rating:
    """Of the last year; the last score of a request counts.  Two statements."""
    since = clock.now() - LATELY
    mine: QuerySet[Score] = Score.objects.filter(agent=user, at__gte=since).order_by("ticket", "-id").distinct("ticket")
    values = list(mine.values_list("value", flat=True))
    if len(values) < FEWEST:
        return Rating(len(values))
    team = Score.objects.filter(at__gte=since).aggregate(mean=Avg("value"))["mean"]
    told = mean_ci(values, clip=(1, 5))
    return Rating(len(values), shrink_mean(len(values), told["mean"], team), told["lo"], told["hi"])
