"""What hangs, for a program that watches: METRICS V20."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from otklik.core.journal import clock
from otklik.desk.tickets import hanging
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.auth import person, reading
from otklik.front.api.doors import answers
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.schemas.shown import HangingPage

router = Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(HangingPage), operation_id="list_hanging")
def list_hanging(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Open tickets that hang, the longest first, with the reasons.

    `total` is zero when all is well; it stops at 1000.
    """
    now, tickets = clock.now(), Ticket.objects.visible_to(person(request))
    rows = (
        tickets.hanging(now)
        .select_related("team", "owner", "product", "contact")
        .prefetch_related("contact__identities")
    )
    shown, following = page(request, rows, ("hangs_from", "id"), cursor, limit)
    found: list[Any] = shown
    items = [
        {**present.ticket_row(ticket), "hangs_from": ticket.hangs_from, "why": hanging.reasons_of(ticket, now)}
        for ticket in found
    ]
    return {"total": hanging.counts(tickets, now)["total"], "items": items, "next": following}
