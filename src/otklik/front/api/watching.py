"""Following a ticket: whoever may read it may, and may ask colleagues who may read it, too."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from otklik.core.staff.models import User
from otklik.desk.routing import watchers
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket, Watch
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, visible
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.many import AskedOut, WatcherOut, WatchersIn
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import WatchIn

router = Router(tags=["tickets"])


@router.post("/{int:number}/watch", auth=writing, response=answers(TicketFull), operation_id="watch")
def watch(request: HttpRequest, number: int, body: WatchIn, key: Key = "") -> Any:
    """Be told what becomes of it, or no more; said again, nothing changes."""

    def act() -> Any:
        ticket, me = visible(request, number), person(request)
        (Watch.objects.put if body.watching else Watch.objects.drop)(ticket, me)
        return present.ticket_full(visible(request, number), me)

    return once(request, key, {"watch": number, **body.dict()}, act)


@router.get("/{int:number}/watchers", auth=reading, response=answers(list[WatcherOut]), operation_id="list_watchers")
def list_watchers(request: HttpRequest, number: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Who is told what becomes of it, the first to watch first."""
    return [_watcher(one) for one in page(request, _watches(visible(request, number)), ("id",), cursor, limit)[0]]


@router.post("/{int:number}/watchers", auth=writing, response=answers(AskedOut), operation_id="ask_to_watch")
def ask_to_watch(request: HttpRequest, number: int, body: WatchersIn, key: Key = "") -> Any:
    """Colleagues who may see it watch it from now on, and hear who asked them.

    409 for one who may not see it or watches too much already: then nobody is asked.
    """

    def act() -> Any:
        ticket, me = visible(request, number), person(request)
        outcome = watchers.ask([ticket], of_logins(body.people), by=me)
        if outcome.refused:
            raise Conflict(next(iter(outcome.refused)), "people")
        return {
            "watchers": [_watcher(one) for one in _watches(ticket).order_by("id")],
            "undo": outcome.batch.pk if outcome.batch else None,
        }

    return once(request, key, {"watchers": number, **body.dict()}, act)


def of_logins(logins: Sequence[str]) -> list[User]:
    """Raises Invalid where somebody of them does not work here."""
    wanted = {login.lower() for login in logins}
    found = list(User.objects.filter(login__in=wanted, is_active=True).order_by("name"))
    if len(found) < len(wanted):
        raise Invalid(_("Choose a colleague."), "people")
    return found


def _watches(ticket: Ticket) -> Any:
    return ticket.watches.filter(user__is_active=True).select_related("user")


def _watcher(one: Watch) -> dict[str, Any]:
    return {"person": present.person_row(one.user), "since": one.at}
