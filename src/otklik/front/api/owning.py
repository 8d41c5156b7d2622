"""Who answers, in which line and under which class."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import Team, User
from otklik.desk.routing.models import Distribution, Handover
from otklik.desk.sla.covering import cover_by_name
from otklik.desk.tickets import access
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.picks import way_of
from otklik.front.api import present
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, changed, visible, writable
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.shown import TicketFull, TicketOut
from otklik.front.api.schemas.told import AssignIn, ClassIn, HandOverIn, ReturnIn

router = Router(tags=["tickets"])


@router.post("/{int:number}/take", auth=writing, response=answers(TicketFull), operation_id="take")
def take(request: HttpRequest, number: int, key: Key = "") -> Any:
    """Become the owner of a ticket that has none; 409 when somebody was quicker."""
    return changed(request, number, key, {"take": number}, lambda ticket: ticket.take(by=person(request)))


@router.post("/next/take", auth=writing, response=answers(TicketFull), operation_id="take_next")
def take_next(request: HttpRequest, key: Key = "") -> Any:
    """Become the owner of the ticket whose turn it is, of the lines and the work that the person takes.

    Two people never get the same one; 409 where nobody waits.
    """

    def act() -> Any:
        user = person(request)
        if not user.answers:
            raise HttpError(403, "this person does not answer clients")
        ticket = Ticket.objects.take_next(user, Distribution.objects.may_take(user))
        if ticket is None:
            raise Conflict("nothing waits of the lines and the work that the person takes")
        return present.ticket_full(visible(request, ticket.pk), user)

    return once(request, key, {"take": "next"}, act)


@router.post("/{int:number}/assign", auth=writing, response=answers(TicketFull), operation_id="assign")
def assign(request: HttpRequest, number: int, body: AssignIn, key: Key = "") -> Any:
    """Give the ticket to somebody of its line, or back to the queue; what another works on only a lead gives away."""

    def change(ticket: Ticket) -> object:
        user = person(request)
        if not access.can_give(user, ticket):
            raise Conflict(_("%(name)s works on it. Only a lead gives it to somebody else.") % {"name": ticket.owner})
        owner = _of_line(ticket, body.owner) if body.owner else None
        return ticket.assign(owner, by=user, way=way_of(owner, user))

    return changed(request, number, key, {"assign": number, **body.dict()}, change)


def _of_line(ticket: Ticket, login: str) -> User:
    found = User.objects.filter(memberships__team=ticket.team_id, is_active=True, login=login.lower()).first()
    if found is None:
        raise Invalid(_("Choose somebody of this line."), "owner")
    return found


@router.post("/{int:number}/hand-over", auth=writing, response=answers(TicketOut), operation_id="hand_over")
def hand_over(request: HttpRequest, number: int, body: HandOverIn, key: Key = "") -> Any:
    """Pass to another line with the client's question, what was tried and what is expected.

    The answer is the ticket as a row: the person may not see it any more.
    """

    def change(ticket: Ticket) -> object:
        line = Team.objects.active().filter(name=body.line).first()
        if line is None:
            raise Invalid(_("Choose a line."), "line")
        return ticket.hand_over(line, Brief.of(body.question, body.tried, body.expected), by=person(request))

    return _moved(request, number, key, {"hand-over": number, **body.dict()}, change)


@router.post("/{int:number}/hand-over/return", auth=writing, response=answers(TicketOut), operation_id="send_back")
def send_back(request: HttpRequest, number: int, body: ReturnIn, key: Key = "") -> Any:
    """Return a ticket that another line passed here, with a reason; 409 where there is nothing to return."""

    def change(ticket: Ticket) -> object:
        handover = Handover.objects.latest_of(ticket.pk)
        if handover is None:
            raise Conflict(_("There is no hand-over to return any more."))
        return handover.send_back(body.reason, by=person(request))

    return _moved(request, number, key, {"return": number, **body.dict()}, change)


def _moved(request: HttpRequest, number: int, key: str, told: object, change: Callable[[Ticket], object]) -> Any:
    """The row of a ticket that has gone to another line; once for each key."""

    def act() -> Any:
        change(writable(request, number))
        return present.ticket_row(Ticket.objects.select_related("team", "owner", "product", "contact").get(pk=number))

    return once(request, key, told, act)


@router.post("/{int:number}/class", auth=writing, response=answers(TicketFull), operation_id="change_class")
def change_class(request: HttpRequest, number: int, body: ClassIn, key: Key = "") -> Any:
    """Serve this ticket under another class than the agreement of its client says; leads only."""
    if not access.can_change_class(person(request), writable(request, number)):
        raise HttpError(403, "only a lead changes the class of a ticket")
    cover = cover_by_name(body.service_class)
    if cover is None:
        raise HttpError(422, f"no service class {body.service_class} is in force")

    def change(ticket: Ticket) -> object:
        return ticket.serve_under(cover, body.reason, by=person(request))

    return changed(request, number, key, {"class": number, **body.dict()}, change)
