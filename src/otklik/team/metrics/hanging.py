"""In how many hours requests hung (METRICS V20)."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet

from otklik.desk.tickets.models import HungHours
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

HOUR = 3_600_000_000
"""In microseconds, as all durations."""


def hung_hours_of(tickets: list[int]) -> QuerySet[HungHours]:
    return HungHours.objects.filter(ticket__in=tickets).order_by("pk")


def hung(rows: Iterable[HungHours], seen_at: Callable[..., Seen]) -> Iterator[Seen]:
    """Anchored where it was first seen to hang on that day, for the line and the owner of these hours."""
    for row in rows:
        whose = {"team_id": row.team_id, "agent_id": row.owner_id}
        yield seen_at(Measure.HUNG, row.first_at, row.hours * HOUR, **whose)
