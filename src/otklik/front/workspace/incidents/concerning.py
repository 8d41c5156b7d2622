"""Whom an incident concerns beside those who wrote: found, shown to who knows them, taken out."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from otklik.care.incidents import figures
from otklik.care.incidents.access import may_lead
from otklik.care.incidents.models import Concerned, Incident
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.show import show
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.concern_form import ConcernForm
from otklik.front.workspace.incidents.door import incident_of, led_by, refused

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, number: int) -> HttpResponse:
    """`after` is the number of the last row that was shown."""
    incident = led_by(request, number) if request.method == "POST" else incident_of(request, number)
    user = person(request)
    form = None
    if may_lead(user, incident) and not incident.is_closed:
        form = ConcernForm(user, request.POST or None)
    if form and form.is_valid():
        try:
            count = form.concern(incident)
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            said = ngettext("%(count)s client added.", "%(count)s clients added.", count) % {"count": count}
            return _again(request, incident, said)
    context = {"incident": incident, "form": form, **_shown(incident, user, request.GET.get("after", ""))}
    return show(request, "workspace/incidents/concerned.html", context, status=422 if form and form.errors else 200)


@require_POST
def leave_out(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """The whole finding: it was a mistake, or does not concern them after all."""
    incident = led_by(request, number)
    finding = get_object_or_404(incident.findings, pk=min(pk, 2**63 - 1))
    try:
        count = incident.leave_out(finding, by=person(request))
    except Refused as error:
        return refused(request, incident, error)
    said = ngettext("%(count)s client taken out.", "%(count)s clients taken out.", count) % {"count": count}
    return _again(request, incident, said)


def _again(request: HttpRequest, incident: Incident, said: str) -> HttpResponse:

    messages.success(request, said)
    return redirect("workspace:incident_clients", incident.number)


def _shown(incident: Incident, user: User, after: str) -> dict[str, Any]:
    """The findings, and of those whom they found the ones that the reader knows."""
    seen = _known_to(user, incident.concerned)
    rows = seen.filter(pk__gt=int(after)) if after.isdecimal() and len(after) < 18 else seen
    found = list(rows.select_related("contact__client", "client", "finding").order_by("pk")[: PAGE + 1])
    findings = incident.findings.select_related("by").annotate(count=Count("concerned")).order_by("-pk")
    return {
        "findings": list(findings),
        "rows": found[:PAGE],
        "more": found[PAGE - 1].pk if len(found) > PAGE else None,
        "hidden": incident.concerned.count() - seen.count(),
        "heard": figures.heard(incident),
        "unheard": 0 if incident.is_closed else incident.unheard().count(),
        "may_lead": may_lead(user, incident) and not incident.is_closed,
        "now": words.here(),
        "title": _("Who is affected"),
    }


def _known_to(user: User, rows: "QuerySet[Concerned]") -> "QuerySet[Concerned]":
    if user.sees_everything:
        return rows
    people, wholes = contacts_known_to(user).values("pk"), clients_known_to(user).values("pk")
    return rows.filter(Q(contact__in=people) | Q(client__in=wholes))
