"""Which ticket a program may read and change, and what it hears."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError

from otklik.desk.tickets import access
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present
from otklik.front.api.auth import person
from otklik.front.api.repeating import once
from otklik.front.api.schemas.common import Problem

REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)


def answers(shape: Any, code: int = 200) -> dict[Any, Any]:
    return {code: shape, **REFUSALS}


def visible(request: HttpRequest, number: int) -> Ticket:
    tickets = Ticket.objects.visible_to(person(request)).select_related(
        "team", "owner", "product", "contact", "conversation"
    )
    ticket = tickets.filter(pk=number).first()
    if ticket is None:
        raise HttpError(404, "not found")
    return ticket


def writable(request: HttpRequest, number: int) -> Ticket:
    ticket = visible(request, number)
    if not access.can_answer(person(request), ticket):
        raise HttpError(403, "this person does not answer clients")
    return ticket


def changed(request: HttpRequest, number: int, key: str, told: object, change: Callable[[Ticket], object]) -> Any:
    """The ticket after a change that happens once for each key."""

    def act() -> Any:
        ticket = writable(request, number)
        change(ticket)
        return present.ticket_full(visible(request, number), person(request))

    return once(request, key, told, act)
