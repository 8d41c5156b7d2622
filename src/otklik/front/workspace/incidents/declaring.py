"""A new incident, and what is asked of it in a dialog."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from otklik.care.incidents.models import Incident
from otklik.core.journal import clock
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.door import back, writer
from otklik.front.workspace.incidents.forms import IncidentForm


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user, now = writer(request), clock.now().replace(second=0, microsecond=0)
    form = IncidentForm(request.POST or None, initial={"leader": user.pk, "started_at": now, "detected_at": now})
    if request.method == "POST" and form.is_valid():
        try:
            incident = Incident.objects.declare(by=user, **form.cleaned_data)
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            return back(incident, _("Declared. Attach requests from the queue or from a request."), request)
    return show(request, "workspace/incidents/new.html", {"form": form}, status=422 if form.errors else 200)


def meant(request: HttpRequest, tickets: Iterable[Ticket] = ()) -> Incident:
    """The one that a dialog chose, or the new one that it describes, with these requests.

    Raises Invalid and Conflict, as the incident does, and Incident.DoesNotExist where nothing was chosen.
    """
    told, user = request.POST, person(request)
    chosen = told.get("incident", "")
    if chosen == "new":
        severity = told.get("severity", "")
        words: dict[str, Any] = {"title": told.get("title", ""), "affects": told.get("affects", "")}
        level = int(severity) if severity.isdecimal() and len(severity) == 1 else 0
        return Incident.objects.declare(
            **words, severity=level, by=user, tickets=tickets, key=told.get("key", "")[:40] or None
        )
    number = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
    return Incident.objects.not_closed().get(pk=number)
