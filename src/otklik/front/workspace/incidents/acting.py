"""What changes after an incident: planned by who leads it, ended by who does it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from otklik.care.incidents.access import may_end
from otklik.care.incidents.models import Action, Incident
from otklik.core.ui.forms import Refusable
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.door import back, incident_of, led_by
from otklik.front.workspace.incidents.forms import ActionForm, EndForm
from otklik.front.workspace.known import LARGEST

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def plan(request: HttpRequest, number: int) -> HttpResponse:
    incident, user = led_by(request, number), person(request)
    form = ActionForm(request.POST or None, initial={"owner": user.pk})
    if request.method == "POST" and form.is_valid():
        try:
            Action.objects.plan(incident, by=user, **form.cleaned_data)
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            return back(incident, _("Planned."), request)
    return _asked(request, incident, form, {"title": _("What changes after it"), "act": _("Plan it")})


@require_http_methods(FORM)
def end(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    incident, user = incident_of(request, number), person(request)
    action = get_object_or_404(incident.actions.select_related("incident"), pk=min(pk, LARGEST))
    if not may_end(user, action):
        raise PermissionDenied
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            action.end(told["result"], dropped=told["fate"] == "dropped", by=user)
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            return back(incident, _("Saved."), request)
    return _asked(request, incident, form, {"title": action.text, "act": _("Save")})


def _asked(request: HttpRequest, incident: Incident, form: Refusable, told: dict[str, Any]) -> HttpResponse:
    context = {"incident": incident, "form": form, **told}
    return show(request, "workspace/incidents/form.html", context, status=422 if form.errors else 200)
