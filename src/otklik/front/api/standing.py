"""Ended without an answer, open again; letters that have not left or did not arrive; people let in; calls held."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.calls import by_hand
from otklik.desk.channels import outbox
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.holders import LARGEST
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.standing import CallIn, CloseIn, SettleIn

router = Router(tags=["tickets"])
FULL = answers(TicketFull)


@router.post("/{int:number}/close", auth=writing, response=FULL, operation_id="close")
def close(request: HttpRequest, number: int, body: CloseIn, key: Key = "") -> Any:
    """End it without an answer: nobody waits for one."""
    told = {"close": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.close(body.reason, by=person(request)))


@router.post("/{int:number}/reopen", auth=writing, response=FULL, operation_id="reopen")
def reopen(request: HttpRequest, number: int, key: Key = "") -> Any:
    """Back to work: the clock of an answer runs; 409 for one that is open, or was joined to another."""
    return changed(request, number, key, {"reopen": number}, lambda ticket: ticket.reopen_by(person(request)))


@router.post("/{int:number}/participants", auth=writing, response=FULL, operation_id="settle_participant")
def settle(request: HttpRequest, number: int, body: SettleIn, key: Key = "") -> Any:
    """Somebody beside the client is let in or kept out; nothing is sent by it."""

    def change(ticket: Ticket) -> object:
        return ticket.settle(body.address, let_in=body.let_in, by=person(request))

    return changed(request, number, key, {"participant": number, **body.dict()}, change)


@router.post("/{int:number}/calls", auth=writing, response=FULL, operation_id="write_call_down")
def write_call_down(request: HttpRequest, number: int, body: CallIn, key: Key = "") -> Any:
    """A call that no exchange told of, and what came of it."""

    def change(ticket: Ticket) -> object:
        told = body.dict(include={"minutes", "result", "note", "until"})
        return by_hand.write_down(ticket, by=person(request), outward=body.direction == "out", **told)

    return changed(request, number, key, {"call": number, **body.dict()}, change)


@router.post("/{int:number}/messages/{int:pk}/take-back", auth=writing, response=FULL, operation_id="take_message_back")
def take_back(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """An answer of one's own that has not left is a draft again; 409 for another one."""

    def change(ticket: Ticket) -> object:
        return ticket.take_back(_message(ticket, pk), by=person(request))

    return changed(request, number, key, {"take back": pk, "of": number}, change)


@router.post("/{int:number}/messages/{int:pk}/again", auth=writing, response=FULL, operation_id="send_message_again")
def send_again(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """The same bytes once more, of a letter that did not arrive, or of which nobody knows."""

    def change(ticket: Ticket) -> object:
        if not outbox.send_again(_message(ticket, pk).outbound):
            raise Conflict(_("This letter needs no second try any more."))
        return None

    return changed(request, number, key, {"send again": pk, "of": number}, change)


@router.post("/{int:number}/messages/{int:pk}/arrived", auth=writing, response=FULL, operation_id="mark_as_arrived")
def arrived(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """Somebody knows that an uncertain letter arrived."""

    def change(ticket: Ticket) -> object:
        if not outbox.arrived_after_all(_message(ticket, pk).outbound):
            raise Conflict(_("The fate of this letter is known already."))
        return None

    return changed(request, number, key, {"arrived": pk, "of": number}, change)


def _message(ticket: Ticket, pk: int) -> Any:
    """A letter of ours of this ticket, else 404."""
    letters = ticket.conversation.messages.exclude(outbound=None).select_related("outbound")
    found: Message | None = letters.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found
