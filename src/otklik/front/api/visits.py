"""Somebody goes to the client: for one person, and of a ticket."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket, Visit
from otklik.desk.tickets.visit_plan import VisitPlan
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import TicketFull, VisitOut
from otklik.front.api.schemas.told import VisitIn, VisitStepIn, VisitTellIn

router = Router(tags=["visits"])
of_ticket = Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(list[VisitOut]), operation_id="list_visits")
def list_visits(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """The visits without a result to which the person goes, the soonest first."""
    user = person(request)
    found = Visit.objects.open().of_people([user]).filter(ticket__in=Ticket.objects.visible_to(user))
    shown, _next = page(request, found.prefetch_related("people"), ("starts_at", "id"), cursor, limit)
    return [present.visit_row(visit) for visit in shown]


@of_ticket.post("/{int:number}/visits", auth=writing, response=answers(TicketFull), operation_id="plan_visit")
def plan_visit(request: HttpRequest, number: int, body: VisitIn, key: Key = "") -> Any:
    """A new visit; the client is not told by this."""
    told = {"visit": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.plan_visit(_plan(body), by=person(request)))


@of_ticket.post(
    "/{int:number}/visits/{int:pk}", auth=writing, response=answers(TicketFull), operation_id="change_visit"
)
def change_visit(request: HttpRequest, number: int, pk: int, body: VisitIn, key: Key = "") -> Any:
    """Place, time and people of a visit that is not over: everything is set."""

    def change(ticket: Ticket) -> object:
        return ticket.replan_visit(_visit(ticket, pk), _plan(body), by=person(request), seen=body.seen)

    return changed(request, number, key, {"visit": pk, **body.dict()}, change)


@of_ticket.post(
    "/{int:number}/visits/{int:pk}/tell", auth=writing, response=answers(TicketFull), operation_id="tell_visit"
)
def tell_visit(request: HttpRequest, number: int, pk: int, body: VisitTellIn, key: Key = "") -> Any:
    """Write to the client when who comes: from now on it is a promise."""

    def change(ticket: Ticket) -> object:
        return ticket.tell_visit(_visit(ticket, pk), by=person(request), **body.dict())

    return changed(request, number, key, {"tell": pk, **body.dict()}, change)


@of_ticket.post(
    "/{int:number}/visits/{int:pk}/state", auth=writing, response=answers(TicketFull), operation_id="step_visit"
)
def step_visit(request: HttpRequest, number: int, pk: int, body: VisitStepIn, key: Key = "") -> Any:
    """On the way, there, done, or not with the reason."""

    def change(ticket: Ticket) -> object:
        visit, by = _visit(ticket, pk), person(request)
        return ticket.step_visit(visit, body.state, by=by, result=body.result, by_client=body.by_client)

    return changed(request, number, key, {"step": pk, **body.dict()}, change)


def _visit(ticket: Ticket, pk: int) -> Visit:
    found = ticket.visits.filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _plan(body: VisitIn) -> VisitPlan:
    told = body.dict(exclude={"seen"})
    return VisitPlan(**{**told, "people": [_colleague(login) for login in dict.fromkeys(body.people)]})


def _colleague(login: str) -> User:
    found = User.objects.filter(login=login).first()
    if found is None:
        raise HttpError(422, "people: there is nobody with this login")
    return found
