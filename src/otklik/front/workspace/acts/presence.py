"""Heartbeats of an open page, and who else is here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from otklik.desk.channels.port import talk_on
from otklik.desk.tickets.models import Presence, Ticket
from otklik.front.workspace.acts.doors import ticket_for
from otklik.front.workspace.acts.state import Here, writers
from otklik.front.workspace.door import person


@login_required
@require_http_methods(["GET", "POST"])
def presence(request: HttpRequest, number: int) -> HttpResponse:
    """POST: what I do (`doing=reads|writes|notes`, "leaves" when the page closes).  Answers with the others."""
    ticket = ticket_for(request, number)
    if request.method == "POST":
        _beat(request, ticket)
    others = Presence.objects.others(ticket, person(request))
    here = [Here(one.user.name, one.user.portrait, one.doing) for one in others]
    told = {"here": here, "writers": writers(here), "client_types": _client_types(ticket)}
    return render(request, "workspace/composer/presence.html", {"composer": told})


def _addresses(ticket: Ticket) -> list[str]:
    """By which the client is known in the chat of the request, the last one first."""
    known = ticket.contact.identities.all()
    return [one.value for one in known if one.kind == ticket.channel_kind][::-1]


def _client_types(ticket: Ticket) -> bool:
    told = talk_on(ticket.channel_kind).is_typing
    return told is not None and any(told(one) for one in _addresses(ticket))


def _tell_client(ticket: Ticket, doing: str) -> None:
    """Where people chat on a site they see that somebody writes to them; a note is nobody's business."""
    tell = talk_on(ticket.channel_kind).we_write
    if tell is not None and doing == Presence.Doing.WRITES:
        for one in _addresses(ticket):
            tell(one)


def _beat(request: HttpRequest, ticket: Ticket) -> None:
    doing = request.POST.get("doing", "reads")
    if doing == "leaves":
        Presence.objects.leave(ticket, person(request))
        return
    allowed = doing in Presence.Doing.values and (person(request).answers or doing == "reads")
    doing = doing if allowed else "reads"
    Presence.objects.beat(ticket, person(request), doing)
    _tell_client(ticket, doing)
