"""Taking a reply back before it leaves."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from otklik.core.ui.show import wants_part
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.composing import Composer, answer
from otklik.front.workspace.acts.doors import act, announce, changed, failed
from otklik.front.workspace.acts.draft import form_of
from otklik.front.workspace.acts.going import ticket_page
from otklik.front.workspace.door import person


@act("POST")
def take_back(request: HttpRequest, ticket: Ticket, message_id: int) -> HttpResponse:
    """The text comes back into the composer, with everything that was chosen for it."""
    message = ticket.conversation.messages.select_related("outbound").filter(pk=message_id).first()
    if message and message.outbound and message.outbound.kind == Outbound.Kind.FORWARD:
        return _take_back_forward(request, ticket, message)
    begun = request.POST.get("text", "")
    if begun.strip():
        _keep_begun(request, ticket, begun)
    try:
        _take_back(request, ticket, message)
    except Refused as error:
        return _too_late(request, ticket, error)
    view = request.POST.get("view", "")
    if not wants_part(request):
        return redirect(ticket_page(ticket, view, compose="reply"))
    composer = Composer.begin(ticket, person(request), view, begin_in="reply")
    return announce(answer(request, composer, fresh=True), {"composer:back": {"target": "body"}, **changed(ticket)})


@transaction.atomic
def _keep_begun(request: HttpRequest, ticket: Ticket, begun: str) -> None:
    """What was written under the bar; a draft that came meanwhile, as a refusal that was overtaken, is above it."""
    ticket.lock()
    form, base, key = form_of(request, "reply"), request.POST.get("base"), request.POST.get("key", "")
    Draft.objects.begin_below(ticket.conversation, person(request), "reply", begun, form, base=base, key=key)


def _take_back_forward(request: HttpRequest, ticket: Ticket, message: Message) -> HttpResponse:
    """What is in the composer stays as it is: this text was never in it."""
    try:
        ticket.take_back(message, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    said = _("Taken back; “Forward” opens it again with its text.")
    view = request.POST.get("view", "")
    if not wants_part(request):
        messages.success(request, said)
        return redirect(ticket_page(ticket, view))
    news = {"say": {"target": "body", "text": said}, **changed(ticket)}
    if "text" not in request.POST:  # pressed outside of the composer
        return announce(HttpResponse(status=204), news)
    return announce(answer(request, Composer.begin(ticket, person(request), view), fresh=True), news)


def _take_back(request: HttpRequest, ticket: Ticket, message: Message | None) -> None:
    if message is None:
        raise Conflict(_("There is nothing to take back."))
    ticket.take_back(message, by=person(request))


def _too_late(request: HttpRequest, ticket: Ticket, error: Refused) -> HttpResponse:
    view = request.POST.get("view", "")
    if not wants_part(request):
        messages.error(request, error.text)
        return redirect(ticket_page(ticket, view))
    composer = Composer.begin(ticket, person(request), view)
    composer.sent, composer.remark = None, error.text
    return announce(answer(request, composer, 409, fresh=True), changed(ticket))
