"""An incident is changed: by anybody its level to a worse one, by who leads it all of it."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.care.incidents.models import Incident
from otklik.core.ui.forms import Refusable
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Refused
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.door import back, incident_of, led_by, refused, writer
from otklik.front.workspace.incidents.forms import ChangeForm, CloseForm, SeverityForm

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Words, leader and moments; each difference is one line of the story."""
    incident = led_by(request, number)
    form = ChangeForm(incident, request.POST or None)

    def keep() -> None:
        told = form.cleaned_data
        changed = {name: told[name] for name in form.changed_data if name != "leader"}
        incident.correct(changed, by=person(request))
        incident.hand_to(told["leader"], by=person(request))  # who gives it away may correct nothing any more

    title = _("Change the incident")
    return _asked(request, incident, form, keep, {"title": title, "glyph": "pencil", "act": _("Save")})


@require_http_methods(FORM)
def severity(request: HttpRequest, number: int) -> HttpResponse:
    writer(request)
    incident = incident_of(request, number)
    form = SeverityForm(request.POST or None, initial={"severity": incident.severity})

    def keep() -> None:
        told = form.cleaned_data
        incident.change_severity(told["severity"], by=person(request), reason=told["reason"])

    return _asked(request, incident, form, keep, {"title": _("Severity"), "levels": True, "act": _("Save")})


@require_http_methods(FORM)
def close(request: HttpRequest, number: int) -> HttpResponse:
    incident = led_by(request, number)
    form = CloseForm(incident, request.POST or None)

    def keep() -> None:
        incident.close(by=person(request), **form.told())

    return _asked(request, incident, form, keep, {"title": _("Close the incident"), "act": _("Close")})


@require_POST
def move(request: HttpRequest, number: int) -> HttpResponse:
    """One press: how far it is now, or that it is not over after all."""
    incident = led_by(request, number)
    try:
        incident.move(request.POST.get("state", ""), by=person(request))
    except Refused as error:
        return refused(request, incident, error)
    return back(incident)


def _asked(
    request: HttpRequest, incident: Incident, form: Refusable, keep: Callable[[], None], told: dict[str, Any]
) -> HttpResponse:
    """All of a form is kept, or none of it; what the incident refuses stands beside the field."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                keep()
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            return back(incident, _("Saved."), request)
    context = {"incident": incident, "form": form, **told}
    return show(request, "workspace/incidents/form.html", context, status=422 if form.errors else 200)
