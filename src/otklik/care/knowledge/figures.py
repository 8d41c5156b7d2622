"""How the base serves its readers, day by day (METRICS Q10): of this the one layer makes its figures.

Readers are not told apart, so nobody knows how many came back by another way: the share of those who helped themselves
is an upper bound, and says so.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Least, TruncDate
from django.utils import timezone

from otklik.care.knowledge.models import Article, ArticleDay, ArticleUse, Opinion, Sought
from otklik.care.knowledge.sampling import midnight
from otklik.care.knowledge.states import How, Side


class Views(NamedTuple):
    """Of a day: how often an article was opened, and of how many of these nobody said or wrote anything against it."""

    day: date
    helped: int
    all: int


def read(first: date, last: date) -> list[Views]:
    """Each day on which somebody read, from the first to the last; three statements."""
    views = ArticleDay.objects.filter(day__gte=first, day__lte=last).order_by().values("day")
    within = {"at__gte": midnight(first), "at__lt": midnight(last + timedelta(days=1))}
    against = _by_day(Opinion.objects.filter(helped=False, **within))
    wrote = _by_day(ArticleUse.objects.filter(how=How.READ, ticket__merged_into=None, **within))
    return [
        Views(day, max(0, n - against.get(day, 0) - wrote.get(day, 0)), n)
        for day, n in views.annotate(n=Sum("views")).values_list("day", "n")
        if n
    ]


def _by_day(rows: QuerySet[Any]) -> dict[date, int]:
    """How many on each day of the department."""
    days = rows.order_by().annotate(on=TruncDate("at", tzinfo=timezone.get_default_timezone())).values("on")
    return dict(days.annotate(n=Count("pk")).values_list("on", "n"))


class Searches(NamedTuple):
    """Of clients on a day: how many there were, and how many of them were in vain."""

    day: date
    vain: int
    all: int


def unmet(first: date, last: date) -> list[Searches]:
    """Each day with searches, from the first to the last; one statement."""
    rows = Sought.objects.filter(day__gte=first, day__lte=last, side=Side.CLIENTS).order_by().values("day")
    sums = rows.annotate(n=Sum("times"), met=Sum(Least("opened", "times"))).values_list("day", "n", "met")
    return [Searches(day, n - met, n) for day, n, met in sums]


def fresh(on: date) -> tuple[int, int]:
    """Of published articles those whose review date has not come, and all."""
    told = Article.objects.published().aggregate(n=Count("pk"), k=Count("pk", filter=Q(review_on__gt=on)))
    return told["k"], told["n"]
