"""A person decides about a letter that did not arrive, or of which nobody knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done, failed


@act("POST")
def again(request: HttpRequest, ticket: Ticket, message_id: int) -> HttpResponse:
    """Send the same bytes once more, with the same identifier."""
    if not outbox.send_again(_letter(ticket, message_id)):
        return failed(request, ticket, Conflict(_("This letter needs no second try any more.")))
    return done(request, ticket, _("The letter is sent once more"))


@act("POST")
def arrived(request: HttpRequest, ticket: Ticket, message_id: int) -> HttpResponse:
    """The agent knows that an uncertain letter arrived."""
    if not outbox.arrived_after_all(_letter(ticket, message_id)):
        return failed(request, ticket, Conflict(_("The fate of this letter is known already.")))
    return done(request, ticket, _("Marked as arrived"))


def _letter(ticket: Ticket, message_id: int) -> Outbound:
    messages = ticket.conversation.messages.exclude(outbound=None).select_related("outbound")
    message = get_object_or_404(messages, pk=message_id)
    assert isinstance(message, Message) and message.outbound is not None
    return message.outbound
