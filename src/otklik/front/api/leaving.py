"""By which mailbox or chat an answer leaves: a talk goes on in another one of ours."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from otklik.core.staff.models import User
from otklik.desk.conversations.letters import address_of
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.ways_out import ways_out
from otklik.front.api.auth import person, reading
from otklik.front.api.doors import answers, writable
from otklik.front.api.schemas.standing import WayOut
from otklik.front.api.schemas.told import AnswerIn

of_ticket = Router(tags=["tickets"])


@of_ticket.get("/{int:number}/channels", auth=reading, response=answers(list[WayOut]), operation_id="list_ways_out")
def list_ways_out(request: HttpRequest, number: int) -> Any:
    """From where the person may answer, the usual way first; `via` of an answer names another one by its address.

    Whom a chat does not reach a letter may: then mailboxes stand here as well.
    """
    ticket = writable(request, number)
    found = ways_out(ticket, person(request))
    return [
        {**{name: getattr(one, name) for name in ("kind", "address", "name")}, "usual": one is found[0]}
        for one in found
    ]


def way_of(ticket: Ticket, user: User, body: AnswerIn) -> dict[str, Any]:
    """`via` and `to` of a letter: without addresses it goes to the one that this way reaches.

    Raises Invalid for a way that is none of the person's.
    """
    if not body.via:
        return {"to": body.to}
    ways, named = ways_out(ticket, user), body.via.strip().lower()
    found = next((one for one in ways if one.address.lower() == named), None)
    if found is None:
        raise Invalid(_("You cannot answer from this mailbox."), "via")
    if found is ways[0]:
        return {"to": body.to}
    return {"via": found, "to": body.to or list(filter(None, [address_of(ticket.conversation, found)]))}
