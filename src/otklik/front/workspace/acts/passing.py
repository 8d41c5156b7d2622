"""Whose matter a letter is that a colleague has passed on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, failed
from otklik.front.workspace.acts.going import lead_to, ticket_page
from otklik.front.workspace.door import person


@act("POST")
def author_is_client(request: HttpRequest, ticket: Ticket, message_id: int) -> HttpResponse:
    """The request is of whom the letter was passed on from."""
    letter = _letter(ticket, message_id)
    author = Contact.objects.recognise("email", letter.passed_on_from, name=letter.passed_on_name)
    return _moved(request, ticket, author)


@act("POST")
def sender_is_client(request: HttpRequest, ticket: Ticket, message_id: int) -> HttpResponse:
    """Taken back: the request is of the one who sent the letter."""
    letter = _letter(ticket, message_id)
    assert letter.contact is not None
    return _moved(request, ticket, letter.contact)


def _letter(ticket: Ticket, message_id: int) -> Message:
    letters = ticket.conversation.messages.exclude(passed_on_from="").exclude(contact=None)
    letter: Message = get_object_or_404(letters.select_related("contact"), pk=message_id)
    return letter


def _moved(request: HttpRequest, ticket: Ticket, contact: Contact) -> HttpResponse:
    """The page is drawn anew: card, addressees and warnings all speak of somebody else now."""
    try:
        ticket.make_client(contact, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return lead_to(request, ticket_page(ticket, request.POST.get("view", "")))
