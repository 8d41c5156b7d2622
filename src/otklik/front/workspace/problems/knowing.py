"""What problems hear of requests from the rooms beside them: the article that helped, and a declared incident."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from otklik.care.incidents.models import Affected
from otklik.care.knowledge.models import ArticleUse
from otklik.care.knowledge.models.use import COUNTS
from otklik.care.problems import hints


def articles(since: datetime) -> dict[int, tuple[int, str]]:
    """The last one that stood in an answer or a note of a request that was opened since."""
    uses = ArticleUse.objects.filter(ticket__opened_at__gt=since, how__in=COUNTS).order_by("ticket", "at", "pk")
    rows = uses.values_list("ticket_id", "article_id", "article__title")
    return {ticket: (article, title) for ticket, article, title in rows}


def absorbed() -> "QuerySet[Any]":
    """Of incidents that are over, too: their cause is looked for there."""
    return Affected.objects.values("ticket")


def register() -> None:
    hints.tell_articles(articles)
    hints.tell_absorbed(absorbed)
