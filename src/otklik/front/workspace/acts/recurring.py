"""A request comes to the problem that made it, and its workaround into the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.care.problems.models import Linked
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, announce, done, failed
from otklik.front.workspace.acts.going import lead_to
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person
from otklik.front.workspace.problems.linking import asked, chosen

TEMPLATE = "workspace/dialogs/problem.html"


@act("GET", "POST")
def link(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """To a known problem, the likest first with what helps, or to a new one that begins with this request."""
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, asked(request, [ticket]))
    if request.POST.get("problem") == "new":
        return lead_to(request, f"{reverse('workspace:problem_new')}?ids={ticket.pk}")
    try:
        problem = chosen(request.POST.get("problem", ""))
        if problem is None:
            raise Invalid(_("Choose a problem, or begin a new one."), "problem")
        problem.link(ticket, by=person(request))
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**asked(request, [ticket]), "error": error}, 422)
    undo = reverse("workspace:unlink_problem", args=[ticket.number])
    return done(request, ticket, _("Made by problem № %(number)s") % {"number": problem.number}, undo=undo)


@act("POST")
def unlink(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    linked = _linked(ticket)
    if linked is None:
        return failed(request, ticket, Conflict(_("It belongs to no problem.")))
    linked.problem.unlink(ticket, by=person(request))
    return done(request, ticket, _("It belongs to no problem any more"))


@act("POST")
def workaround(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What helps meanwhile goes into the composer, for the agent to address it."""
    linked = _linked(ticket)
    if linked is None or not linked.problem.workaround:
        return failed(request, ticket, Conflict(_("No workaround is known for it.")))
    told: dict[str, Any] = {"target": "body", "text": f"{linked.problem.workaround}\n\n", "holes": []}
    return announce(HttpResponse(status=204), {"macro:text": told})


def _linked(ticket: Ticket) -> Linked | None:
    return Linked.objects.filter(ticket=ticket).select_related("problem").first()
