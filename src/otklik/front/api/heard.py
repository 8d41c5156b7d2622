"""What a letter of the client brings beside its words: whose matter it is, an event that wants an answer."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Invitation, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.holders import LARGEST
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.standing import InvitedIn, WhoseIn

of_ticket = Router(tags=["tickets"])
FULL = answers(TicketFull)


@of_ticket.post("/{int:number}/messages/{int:pk}/client", auth=writing, response=FULL, operation_id="say_whose_it_is")
def say_whose_it_is(request: HttpRequest, number: int, pk: int, body: WhoseIn, key: Key = "") -> Any:
    """A letter was passed on: its author is the client (`passed_on_from` of the message), or the sender after all.

    409 where that is so already; 404 for a letter that was not passed on.
    """

    def change(ticket: Ticket) -> object:
        with transaction.atomic():
            ticket.make_client(_meant(_passed_on(ticket, pk), body.client), by=person(request))
        return None

    return changed(request, number, key, {"client of": pk, "in": number, **body.dict()}, change)


@of_ticket.post(
    "/{int:number}/messages/{int:pk}/invitation", auth=writing, response=FULL, operation_id="answer_invitation"
)
def answer_invitation(request: HttpRequest, number: int, pk: int, body: InvitedIn, key: Key = "") -> Any:
    """The organiser gets it as calendars read it; what the ticket owes stays.  409 for an event changed since."""

    def change(ticket: Ticket) -> object:
        theirs = Invitation.objects.filter(message__conversation=ticket.conversation_id)
        found = theirs.select_related("message__conversation__channel").filter(message=min(pk, LARGEST)).first()
        if found is None:
            raise HttpError(404, "not found")
        return ticket.answer_invitation(found, body.answer, by=person(request))

    return changed(request, number, key, {"invitation": pk, "in": number, **body.dict()}, change)


def _passed_on(ticket: Ticket, pk: int) -> Message:
    letters = ticket.conversation.messages.exclude(passed_on_from="").exclude(contact=None)
    found: Message | None = letters.select_related("contact").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _meant(letter: Message, who: str) -> Contact:
    if who == "author":
        return Contact.objects.recognise("email", letter.passed_on_from, name=letter.passed_on_name)
    assert letter.contact is not None
    return letter.contact
