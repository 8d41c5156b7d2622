"""Heartbeats of an open page, and who else is here."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

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
    return render(request, "workspace/composer/presence.html", {"composer": {"here": here, "writers": writers(here)}})


def _beat(request: HttpRequest, ticket: Ticket) -> None:
    doing = request.POST.get("doing", "reads")
    if doing == "leaves":
        Presence.objects.leave(ticket, person(request))
        return
    allowed = doing in Presence.Doing.values and (person(request).answers or doing == "reads")
    Presence.objects.beat(ticket, person(request), doing if allowed else "reads")
