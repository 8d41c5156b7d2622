"""Messages that change their ticket, and the way back."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.desk.tickets.models import Relocation, Ticket
from otklik.front.api import present
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, changed, visible, writable
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import MergeIn, MoveIn, SplitIn

router = Router(tags=["tickets"])


@router.post("/{int:number}/merge", auth=writing, response=answers(TicketFull), operation_id="merge")
def merge(request: HttpRequest, number: int, body: MergeIn, key: Key = "") -> Any:
    """Everything said here stands in the other ticket; this one ends.  Nothing is sent to the client."""

    def change(ticket: Ticket) -> object:
        return ticket.merge_into(writable(request, body.into), by=person(request), disclose=body.disclose)

    return changed(request, number, key, {"merge": number, **body.dict()}, change)


@router.post("/{int:number}/split", auth=writing, response=answers(TicketFull, 201), operation_id="split")
def split(request: HttpRequest, number: int, body: SplitIn, key: Key = "") -> Any:
    """Make a new ticket of some messages; the answer is the new one."""

    def act() -> Any:
        ticket = writable(request, number)
        begun = ticket.split_off(body.messages, by=person(request), subject=body.subject)
        return present.ticket_full(visible(request, begun.pk), person(request))

    return Status(201, once(request, key, {"split": number, **body.dict()}, act))


@router.post("/{int:number}/move", auth=writing, response=answers(TicketFull), operation_id="move")
def move(request: HttpRequest, number: int, body: MoveIn, key: Key = "") -> Any:
    """Messages go to another ticket that is open."""

    def change(ticket: Ticket) -> object:
        other = writable(request, body.to)
        return ticket.move_messages(body.messages, other, by=person(request), disclose=body.disclose)

    return changed(request, number, key, {"move": number, **body.dict()}, change)


@router.post(
    "/{int:number}/relocations/{int:pk}/undo",
    auth=writing,
    response=answers(TicketFull),
    operation_id="undo_relocation",
)
def undo_relocation(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """Undo a merge, a split or a move, from either of the two tickets; the answer is the one the messages return to."""

    def act() -> Any:
        moved = Relocation.objects.of(writable(request, number)).filter(pk=pk).first()
        if moved is None:
            raise HttpError(404, "not found")
        moved.target = writable(request, moved.target_id)
        writable(request, moved.source_id).bring_back(moved, by=person(request))
        return present.ticket_full(visible(request, moved.source_id), person(request))

    return once(request, key, {"undo": pk}, act)
