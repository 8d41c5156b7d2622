"""The end of a shift: what waits for a person who says that they do not work goes to somebody who does."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.core.journal import clock
from otklik.core.staff.models import Availability, User
from otklik.core.staff.views import me
from otklik.core.ui.show import show
from otklik.desk.routing import colleagues, many
from otklik.desk.routing.colleagues import Colleague
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.states import OUR_MOVE
from otklik.front.workspace.acts.going import lead_to
from otklik.front.workspace.door import person

BACK = timedelta(hours=16)
"""A person who leaves is back by then: what is due earlier should not wait for them."""


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """What the menu calls not working: at once where nothing waits for the person, else by way of the list."""
    if held_by(person(request)).exists():
        return lead_to(request, reverse("workspace:leaving"))
    return me.availability(request, Availability.OFF)


@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest) -> HttpResponse:
    """Which requests go to whom; what is not ticked stays with its owner and its date."""
    reader = person(request)
    tickets = list(held_by(reader)[: many.MOST])
    people = _others(tickets, reader)
    if request.method == "GET":
        return _page(request, tickets, people, ticked={one.pk for one in tickets if _cannot_wait(one)})
    ticked = {one.pk for one in tickets if str(one.pk) in request.POST.getlist("ids")}
    owner = next((one.person for one in people if str(one.person.pk) == request.POST.get("owner")), None)
    said = ""
    if ticked:
        outcome = many.give([one for one in tickets if one.pk in ticked], owner, by=reader)
        said = outcome.said(many.DONE["assign"](len(outcome.done)))
        if outcome.refused:
            left = list(held_by(reader)[: many.MOST])
            return _page(request, left, people, ticked={one.pk for one in left} & ticked, trouble=said, status=422)
    me.availability(request, Availability.OFF)
    messages.success(request, f"{said}. {_('You are not at work now.')}" if said else _("You are not at work now."))
    return redirect("workspace:day")


def held_by(owner: User) -> QuerySet[Ticket]:
    """Their requests in which the move is ours, the soonest due first."""
    held = Ticket.objects.open().filter(owner=owner, status__in=OUR_MOVE)
    return held.select_related(*many.RELATED).order_by("due_at", "pk")


def _cannot_wait(ticket: Ticket) -> bool:
    return ticket.due_at is not None and ticket.due_at < clock.now() + BACK


def _others(tickets: list[Ticket], reader: User) -> list[Colleague]:
    """Who can answer at least one of them now."""
    known = colleagues.of_lines({one.team_id for one in tickets})
    return [one for one in known if one.person.pk != reader.pk and not one.away]


def _page(
    request: HttpRequest,
    tickets: list[Ticket],
    people: list[Colleague],
    *,
    ticked: set[int],
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "rows": [(one, one.pk in ticked) for one in tickets],
        "people": people,
        "chosen": request.POST.get("owner", ""),
        "trouble": trouble,
        "now": clock.now(),
    }
    response = show(request, "workspace/leaving.html", context)
    response.status_code = status
    return response
