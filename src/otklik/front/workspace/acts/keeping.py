"""Keeping a request at hand, for oneself."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Pin, Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.door import person


@act("POST")
def pin(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """`on` pins, anything else lets go."""
    if request.POST.get("pin") != "on":
        Pin.objects.drop(ticket, person(request))
        return done(request, ticket, _("Unpinned"))
    try:
        Pin.objects.put(ticket, person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("Pinned"))
