"""A request as the formula of what hangs takes it: the proof of what one index says (METRICS V20)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from otklik.desk.tickets.models import Ticket


def item_of(ticket: Ticket, now: datetime) -> Mapping[str, Any]:
    """The queue of a line owns a request while it may; the interval is what the working time made of it."""
    in_time = ticket.take_by is None or ticket.take_by >= now
    told = ticket.informed_at or ticket.opened_at
    return {
        "id": ticket.pk,
        "open": ticket.is_open,
        "owner": ticket.owner_id or (f"line {ticket.team_id}" if in_time else None),
        "next_at": ticket.due_at,
        "last_informed": told,
        "update_interval_s": (ticket.inform_by - told).total_seconds() if ticket.inform_by else None,
    }
