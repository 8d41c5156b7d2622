"""Whether the oldest are picked first, and how often a request is overtaken (METRICS V13)."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

from django.db import connection

from otklik.desk.routing.models import Pick
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

IN_TURN, PASSED_OLDER, PASSED_URGENT, PASSED_BOTH = range(4)
"""Kinds of `Measure.PICKED`."""
MOST_OVERTAKES = 999
"""More are counted with these, as kinds of `Measure.OVERTAKEN`."""
OVER = """
SELECT number, pick.at FROM routing_pick pick CROSS JOIN unnest(pick.passed) AS number
WHERE pick.passed <> '{}' AND pick.passed && %(known)s::bigint[] AND number = ANY(%(known)s::bigint[])
"""


class Queue:
    """Picks of these requests, and the moments of those by which they were passed over; two statements."""

    def __init__(self, tickets: list[int]) -> None:
        self.picks: dict[int, list[Pick]] = defaultdict(list)
        for pick in Pick.objects.filter(ticket__in=tickets).order_by("at", "pk"):
            self.picks[pick.ticket_id].append(pick)
        self.passed: dict[int, list[datetime]] = defaultdict(list)
        for number, at in _passed_over(list(self.picks)):
            self.passed[number].append(at)

    def waits_of(self, ticket: int) -> Iterator[tuple[Pick, int]]:
        """Each pick of a request, and how many younger ones were picked before since it was picked last."""
        before = [None, *self.picks[ticket]]
        for last, pick in pairwise(before):
            assert pick is not None
            over = [at for at in self.passed[ticket] if at <= pick.at and (last is None or at > last.at)]
            yield pick, len(over)


def _passed_over(known: list[int]) -> list[tuple[int, datetime]]:
    """Which of these were passed over, and when: only of these, however many others one pick has passed over."""
    if not known:
        return []
    with connection.cursor() as cursor:
        cursor.execute(OVER, {"known": known})
        return cursor.fetchall()


def picked(queue: Queue, ticket: int, seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where it was picked, for the line it was picked from and the person who got it."""
    for pick, overtakes in queue.waits_of(ticket):
        whose = {"team_id": pick.team_id, "agent_id": pick.person_id}
        kind = PASSED_OLDER * bool(pick.passed) + PASSED_URGENT * pick.is_inversion
        yield seen_at(Measure.PICKED, pick.at, kind=kind, **whose)
        yield seen_at(Measure.OVERTAKEN, pick.at, overtakes, kind=min(overtakes, MOST_OVERTAKES), **whose)
