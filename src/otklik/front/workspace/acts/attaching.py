"""A request comes to an incident or leaves it, alone or with many others; what is answered in it to each client."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.care.incidents import many
from otklik.care.incidents.access import may_lead
from otklik.care.incidents.models import Affected, Incident
from otklik.care.incidents.severity import Severity
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, announce, done, failed
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.declaring import meant

TEMPLATE = "workspace/dialogs/incident.html"
OFFERED = 50


@act("GET", "POST")
def attach(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """To one that is not closed, found by its number or words, or to a new one that begins with this request."""
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, asked(request, [ticket]))
    try:
        incident = chosen(request, [ticket])
        incident.attach(ticket, by=person(request))
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**asked(request, [ticket]), "error": error}, 422)
    undo = reverse("workspace:detach", args=[ticket.number])
    return done(request, ticket, _("Part of incident № %(number)s") % {"number": incident.number}, undo=undo)


@act("POST")
def detach(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    try:
        many.leave(ticket, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("Detached from the incident"))


@act("POST")
def agreed(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """What is answered to every client now goes into the composer, for the agent to address it."""
    incident = many.incident_of(ticket)
    if incident is None:
        return failed(request, ticket, Conflict(_("It is part of no incident.")))
    text = incident.agreed or incident.affects
    return announce(HttpResponse(status=204), {"macro:text": {"target": "body", "text": f"{text}\n\n", "holes": []}})


def asked(request: HttpRequest, tickets: Sequence[Ticket]) -> dict[str, Any]:
    """What the dialog offers, for one request and for many, with what was typed.

    `key` is of this one dialog: pressed twice, it declares one new incident.
    """
    told = request.POST
    rows = list(offered(request.GET.get("find", "") or told.get("find", "")))
    chosen = told.get("incident") or (str(rows[0].pk) if rows else "new")
    return {
        "incidents": rows,
        "chosen": chosen,
        "many": Incident.objects.not_closed().count() > len(rows) or len(rows) > 5,
        "severities": [(level.value, level.label, level.means) for level in Severity],
        "key": told.get("key", "") or uuid.uuid4().hex,
        "told": {name: told.get(name, "") for name in ("title", "affects", "severity", "find")},
        "attached": Affected.objects.filter(ticket__in=[ticket.pk for ticket in tickets], stands=True).count(),
        "writes": leads_any(person(request), rows),
    }


def offered(words: str) -> Any:
    """The worst first; `words` are a number or a part of what does not work."""
    rows = Incident.objects.most_pressing_first().select_related("leader")
    words = words.strip().removeprefix("№").strip()
    if words.isdecimal() and len(words) < 18:
        rows = rows.filter(pk=int(words))
    elif words:
        rows = rows.filter(title__icontains=words[:100])
    return rows[:OFFERED]


def chosen(request: HttpRequest, tickets: list[Ticket]) -> Incident:
    """Raises Invalid where nothing is chosen, and what declaring a new one raises."""
    try:
        return meant(request, tickets)
    except Incident.DoesNotExist:
        raise Invalid(_("Choose an incident, or describe a new one."), "incident") from None


def leads_any(user: User, rows: list[Incident]) -> bool:
    """Whoever may write to the clients is offered that next."""
    return user.leads or any(may_lead(user, one) for one in rows)
