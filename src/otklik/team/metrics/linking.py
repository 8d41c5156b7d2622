"""Whether the articles in requests were the right ones: what somebody found who looked at a sample (METRICS Q9)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from django.db.models import Q

from otklik.care.knowledge.models import LinkCheck
from otklik.care.knowledge.states import Fit
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

WRONG, RIGHT, UNSURE = range(3)
"""Kinds of `Measure.LINK`."""
KINDS = {Fit.WRONG.value: WRONG, Fit.RIGHT.value: RIGHT, Fit.UNSURE.value: UNSURE}


def looked_at(tickets: Collection[int]) -> dict[int, list[LinkCheck]]:
    """What was drawn by chance and judged, by the request in which it is read now: of one that was joined, where it
    goes on.  What waits is nothing yet.
    """
    found: dict[int, list[LinkCheck]] = defaultdict(list)
    here = Q(ticket__in=tickets) | Q(ticket__merged_into__in=tickets)
    checks = LinkCheck.objects.filter(here, looked_at__isnull=False).select_related("ticket").order_by("pk")
    for check in checks:
        found[check.ticket.merged_into_id or check.ticket_id].append(check)
    return found


def fitted(checks: Iterable[LinkCheck], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where somebody looked, of the person who put the article in."""
    for one in checks:
        yield seen_at(Measure.LINK, one.looked_at, kind=KINDS[one.fit], agent_id=one.linked_by_id)
