"""Where an agent goes from here: on in the list the ticket was opened from, or to the most urgent one that nobody has.

A form carries that list as the query of its address (`view=mine&seg=client`).
"""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.staff.models import Takes, User
from otklik.core.ui.show import wants_part
from otklik.desk.routing.models import Distribution
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts import state
from otklik.front.workspace.addresses import to
from otklik.front.workspace.door import person
from otklik.front.workspace.queries.standing import CARRIED, VIEWS


def ticket_page(ticket: Ticket, view: str = "", **more: str) -> str:
    """The page of a ticket inside of its list."""
    name, narrowed = _list(view)
    query = urlencode({**({"view": name} if view else {}), **narrowed, **more})
    return to("ticket", ticket.number) + (f"?{query}" if query else "")


def link_to(number: int) -> str:
    """For a colleague: the whole address of a request, without a list."""
    return (state.house().site_url or settings.PUBLIC_URL).rstrip("/") + to("ticket", number)


def queue_page(view: str = "") -> str:
    name, narrowed = _list(view)
    return reverse("workspace:queue", args=[name]) + (f"?{urlencode(narrowed)}" if narrowed else "")


def next_page(ticket: Ticket, view: str = "") -> str:
    """The following ticket of the same list, found when somebody goes there."""
    name, narrowed = _list(view)
    return reverse("workspace:next", args=[name]) + f"?{urlencode({**narrowed, 'after': str(ticket.number)})}"


def _list(view: str) -> tuple[str, dict[str, str]]:
    """Name of the view and what narrows it; anything unknown is one's own queue."""
    query = QueryDict(view)
    name = query.get("view", "")
    narrowed = {key: query[key] for key in CARRIED if query.get(key)}
    return (name, narrowed) if name in VIEWS else ("mine", {})


def lead_to(request: HttpRequest, address: str) -> HttpResponse:
    """Go to another page, with scripts and without."""
    if not wants_part(request):
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def leave(request: HttpRequest, ticket: Ticket, text: str = "") -> HttpResponse:
    """To the list, or on to its next ticket when the form says `after=next`."""
    view = request.POST.get("view", "")
    if text:
        messages.success(request, text)
    return lead_to(request, next_page(ticket, view) if request.POST.get("after") == "next" else queue_page(view))


@login_required
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the ticket of one's lines whose turn it is; two people never get the same one."""
    user = person(request)
    ticket = Ticket.objects.take_next(user, Distribution.objects.may_take(user)) if user.answers else None
    if ticket is None:
        messages.info(request, _nothing_for(user))
    return lead_to(request, ticket_page(ticket) if ticket else queue_page())


def _nothing_for(user: User) -> str:
    if user.takes_now == Takes.ANY:
        return _("Nobody waits: every request of your lines has an owner.")
    said = _("Nothing waits of what you take now (%(kinds)s). Press “ready” under your portrait to take everything.")
    return said % {"kinds": user.takes_now.label}
