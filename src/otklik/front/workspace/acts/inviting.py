"""Answering an invitation that a letter brought."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from otklik.desk.conversations.models import Invitation
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.door import person


@act("POST")
def answer(request: HttpRequest, ticket: Ticket, message_id: int) -> HttpResponse:
    """Accept, perhaps or decline: the organiser gets it as calendars read it."""
    of_ticket = Invitation.objects.filter(message__conversation=ticket.conversation_id)
    invitation = get_object_or_404(of_ticket.select_related("message"), message=message_id)
    try:
        ticket.answer_invitation(invitation, request.POST.get("answer", ""), by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("The organiser gets your answer"))
