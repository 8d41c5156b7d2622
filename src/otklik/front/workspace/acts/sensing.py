"""Saying that the client is upset, or that they are not any more."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.door import person


@act("POST")
def mark(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """`on` marks, anything else takes the mark away."""
    is_upset = request.POST.get("upset") == "on"
    try:
        (ticket.mark_upset if is_upset else ticket.mark_calm)(by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("Marked: the client is upset") if is_upset else _("The mark is taken away"))
