"""An answer that waits for a curator: what the page of the request says of it, and the way back."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.tickets.access import can_release
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import HeldAnswer, Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.door import person


@dataclass(frozen=True)
class Held:
    """The answer, and whether the reader may release it."""

    answer: HeldAnswer
    may_release: bool


def held_of(ticket: Ticket, user: User) -> Held | None:
    """None for most requests, without a statement."""
    if not ticket.held_answer:
        return None
    found = HeldAnswer.objects.select_related("asked_by", "traineeship__curator").get(pk=ticket.held_answer)
    found.ticket = ticket
    return Held(found, can_release(user, found))


@act("POST")
def withdraw(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Its author, or whoever works on the request, thinks better of it."""
    try:
        ticket.withdraw_answer(by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("The answer was withdrawn; its author has the text as a draft"))
