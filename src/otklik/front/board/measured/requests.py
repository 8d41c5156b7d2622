"""The requests behind a figure, as lists show them."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer.metric import How, Metric, Unit
from otklik.team.metrics.measure import DURATIONS
from otklik.team.metrics.models import Reading


def requests(metric: Metric, rows: Sequence[Reading], user: User) -> Iterator[dict[str, Any]]:
    """One row for each reading; a request that the reader may not see is None."""
    tickets = tickets_for(user, {row.ticket_id for row in rows})
    for row in rows:
        yield {"ticket": tickets.get(row.ticket_id), "at": words.stamp(row.at), "says": said(metric, row)}


def tickets_for(user: User, numbers: Collection[int]) -> dict[int, Ticket]:
    """Those of these requests that the reader may see."""
    seen = Ticket.objects.visible_to(user).filter(pk__in=numbers).select_related("owner", "team")
    return {ticket.pk: ticket for ticket in seen}


def said(metric: Metric, row: Reading) -> str:
    return (
        words.span(row.value / 1_000_000)
        if metric.how == How.AVERAGE or row.measure in DURATIONS
        else _of_kind(metric, row)
    )


def _of_kind(metric: Metric, row: Reading) -> str:
    if metric.unit in (Unit.POINTS, Unit.OF_TEN, Unit.TIMES, Unit.NET, Unit.INDEX):
        return words.number(row.value)
    if not metric.good:
        return ""
    return _("counts") if row.kind in metric.good else _("does not count")
