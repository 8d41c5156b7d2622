"""Two specialists on one ticket."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import PartIn, PartnerIn

router = Router(tags=["tickets"])


@router.post("/{int:number}/partners", auth=writing, response=answers(TicketFull), operation_id="invite")
def invite(request: HttpRequest, number: int, body: PartnerIn, key: Key = "") -> Any:
    """Ask a colleague of any line to work on it beside the owner; asked again, only `shown` changes."""

    def change(ticket: Ticket) -> object:
        return ticket.invite(_known(body.login), by=person(request), shown=body.shown)

    return changed(request, number, key, {"partner": number, **body.dict()}, change)


@router.post("/{int:number}/partners/leave", auth=writing, response=answers(TicketFull), operation_id="part")
def part(request: HttpRequest, number: int, body: PartIn, key: Key = "") -> Any:
    """They work on it no more; 409 when they did not."""
    told = {"no partner": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.part(_known(body.login), by=person(request)))


def _known(login: str) -> User:
    found = User.objects.filter(login=login.lower()).first()
    if found is None:
        raise Invalid(_("Choose a colleague."), "login")
    return found
