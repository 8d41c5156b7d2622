"""A refusal that waits for a lead: what the page says of it, and the way back."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.tickets.access import can_decide_refusal
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import RefusalRequest, Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.door import person


@dataclass(frozen=True)
class Asked:
    """The refusal, and whether the reader may decide on it."""

    request: RefusalRequest
    may_decide: bool


def asked_of(ticket: Ticket, user: User) -> Asked | None:
    """None for most requests, without a statement."""
    if not ticket.refusal_asked:
        return None
    found = RefusalRequest.objects.select_related("asked_by").get(pk=ticket.refusal_asked)
    found.ticket = ticket
    return Asked(found, can_decide_refusal(user, found))


@act("POST")
def withdraw(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Whoever works on the request thinks better of it."""
    try:
        ticket.withdraw_refusal(by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("The refusal was withdrawn; its author has the text as a draft"))
