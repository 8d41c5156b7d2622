"""Changes that tickets need: drafted, asked for, decided, carried out."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.models import Change, Ticket
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import ChangeOut, TicketFull
from otklik.front.api.schemas.told import ChangeIn, ChangeTurnIn

router = Router(tags=["changes"])
of_ticket = Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(list[ChangeOut]), operation_id="list_changes")
def list_changes(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """Those that wait for approval in tickets of the person, the longest first."""
    visible = Ticket.objects.visible_to(person(request))
    found = Change.objects.waiting().filter(ticket__in=visible).select_related("by", "decided_by", "decided_for")
    shown, _next = page(request, found, ("asked_at", "id"), cursor, limit)
    return [present.change_row(change) for change in shown]


@of_ticket.post("/{int:number}/changes", auth=writing, response=answers(TicketFull), operation_id="draft_change")
def draft_change(request: HttpRequest, number: int, body: ChangeIn, key: Key = "") -> Any:
    """A draft of a change."""
    told = {"change": number, **body.dict()}
    plan = _plan(body)
    return changed(request, number, key, told, lambda ticket: ticket.draft_change(plan, by=person(request)))


@of_ticket.post(
    "/{int:number}/changes/{int:pk}", auth=writing, response=answers(TicketFull), operation_id="redraft_change"
)
def redraft_change(request: HttpRequest, number: int, pk: int, body: ChangeIn, key: Key = "") -> Any:
    """Other words; it has to be asked for again."""

    def change(ticket: Ticket) -> object:
        return ticket.redraft_change(_change(ticket, pk), _plan(body), by=person(request), seen=body.seen)

    return changed(request, number, key, {"redraft": pk, **body.dict()}, change)


@of_ticket.post(
    "/{int:number}/changes/{int:pk}/state", auth=writing, response=answers(TicketFull), operation_id="turn_change"
)
def turn_change(request: HttpRequest, number: int, pk: int, body: ChangeTurnIn, key: Key = "") -> Any:
    """Ask, decide, end, or take that back."""
    told = {"turn": pk, **body.dict()}
    return changed(request, number, key, told, lambda ticket: _turn(ticket, _change(ticket, pk), body, request))


def _turn(ticket: Ticket, change: Change, body: ChangeTurnIn, request: HttpRequest) -> None:
    by = person(request)
    match body.state:
        case "asked":
            ticket.ask_change(change, by=by)
        case "approved" | "rejected":
            approved = body.state == "approved"
            ticket.decide_change(change, approved=approved, by=by, remark=body.words, seen=body.seen)
        case "back":
            ticket.take_up_change(change, by=by)
        case _:
            ticket.end_change(change, rolled_back=body.state == "rolled_back", by=by, result=body.words)


def _plan(body: ChangeIn) -> ChangePlan:
    return ChangePlan(**body.dict(exclude={"seen"}))


def _change(ticket: Ticket, pk: int) -> Change:
    found = ticket.changes.filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return found
