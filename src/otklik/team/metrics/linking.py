"""Whether the articles in requests were the right ones: what somebody found who looked at a sample (METRICS Q9)."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet

from otklik.care.knowledge.models import LinkCheck
from otklik.care.knowledge.states import Fit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

WRONG, RIGHT, UNSURE = range(3)
"""Kinds of `Measure.LINK`."""
KINDS = {Fit.WRONG.value: WRONG, Fit.RIGHT.value: RIGHT, Fit.UNSURE.value: UNSURE}


def looked_at(tickets: list[int]) -> QuerySet[LinkCheck]:
    """What was drawn by chance and judged; what waits is nothing yet."""
    return LinkCheck.objects.filter(ticket__in=tickets, looked_at__isnull=False).order_by("pk")


def fitted(checks: Iterable[LinkCheck], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where somebody looked, of the person who put the article in."""
    for one in checks:
        yield seen_at(Measure.LINK, one.looked_at, kind=KINDS[one.fit], agent_id=one.linked_by_id)
