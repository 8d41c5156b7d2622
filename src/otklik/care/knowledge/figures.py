"""How the base serves its readers, over the last month (METRICS Q10); what belongs to requests is in the one layer.

Readers are not told apart, so nobody knows how many came back by another way: the share of those who helped themselves
is an upper bound, and says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, Sum
from django.db.models.functions import Least
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from otklik.care.knowledge.models import Article, ArticleDay, ArticleUse, Opinion, Sought
from otklik.care.knowledge.states import How, Side
from otklik.core.formulas import wilson
from otklik.core.journal import clock

DAYS = 30
FEWEST = 5
"""A share of fewer is not told, only how many there were (METRICS C1)."""


@dataclass(frozen=True)
class Figure:
    """`k` of `n`; the share with its interval is None where they are too few."""

    label: str | Promise
    definition: str | Promise
    k: int
    n: int
    share: float | None
    lo: float | None
    hi: float | None


SELF_SERVICE = (
    _("Helped themselves, at most"),
    _(
        "of views of articles: no word that it did not help, no letter begun on its page. An upper bound: readers are"
        " not known"
    ),
)
UNMET = (_("Searched in vain"), _("of clients' searches: nothing was found, or nothing of it was opened"))
FRESH = (_("Read anew in time"), _("of published articles: their review date has not come"))


def of(on: date) -> list[Figure]:
    """In a fixed number of statements."""
    return [_self_service(on), _unmet(on), _fresh(on)]


def _self_service(on: date) -> Figure:
    since, moment = on - timedelta(days=DAYS), clock.now() - timedelta(days=DAYS)
    views = ArticleDay.objects.filter(day__gt=since).aggregate(n=Sum("views"))["n"] or 0
    against = Opinion.objects.filter(at__gt=moment, helped=False).count()
    wrote = ArticleUse.objects.filter(at__gt=moment, how=How.READ, ticket__merged_into=None).count()
    return _figure(max(views - against - wrote, 0), views, *SELF_SERVICE)


def _unmet(on: date) -> Figure:
    days = unmet(on - timedelta(days=DAYS - 1), on)
    return _figure(sum(one.vain for one in days), sum(one.all for one in days), *UNMET)


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


def _fresh(on: date) -> Figure:
    return _figure(*fresh(on), *FRESH)


def fresh(on: date) -> tuple[int, int]:
    """Of published articles those whose review date has not come, and all."""
    told = Article.objects.published().aggregate(n=Count("pk"), k=Count("pk", filter=Q(review_on__gt=on)))
    return told["k"], told["n"]


def _figure(k: int, n: int, label: str | Promise, definition: str | Promise) -> Figure:
    known = n >= FEWEST
    told = wilson(k, n) if known else {"p": None, "lo": None, "hi": None}
    return Figure(label, definition, k, n, told["p"], told["lo"], told["hi"])
