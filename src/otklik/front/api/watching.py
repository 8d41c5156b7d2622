"""Following a ticket: whoever may read it may."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from otklik.desk.tickets.models import Watch
from otklik.front.api import present
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, visible
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import WatchIn

router = Router(tags=["tickets"])


@router.post("/{int:number}/watch", auth=writing, response=answers(TicketFull), operation_id="watch")
def watch(request: HttpRequest, number: int, body: WatchIn, key: Key = "") -> Any:
    """Be told what becomes of it, or no more; said again, nothing changes."""

    def act() -> Any:
        ticket, me = visible(request, number), person(request)
        (Watch.objects.put if body.watching else Watch.objects.drop)(ticket, me)
        return present.ticket_full(visible(request, number), me)

    return once(request, key, {"watch": number, **body.dict()}, act)
