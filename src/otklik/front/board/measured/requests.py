"""The requests behind a figure, as lists show them."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.telling import of_reading
from otklik.team.metrics.models import Reading


def requests(metric: Metric, rows: Sequence[Reading], user: User) -> Iterator[dict[str, Any]]:
    """One row for each reading; a request that the reader may not see is None."""
    tickets = tickets_for(user, {row.ticket_id for row in rows})
    for row in rows:
        yield {"ticket": tickets.get(row.ticket_id), "at": words.stamp(row.at), "says": of_reading(metric, row)}


def tickets_for(user: User, numbers: Collection[int]) -> dict[int, Ticket]:
    """Those of these requests that the reader may see."""
    seen = Ticket.objects.visible_to(user).filter(pk__in=numbers).select_related("owner", "team")
    return {ticket.pk: ticket for ticket in seen}
