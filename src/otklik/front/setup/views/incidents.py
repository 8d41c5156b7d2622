"""How often the clients of an incident hear from us."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from otklik.care.incidents.models import IncidentPolicy
from otklik.front.setup import access
from otklik.front.setup.forms import IncidentPolicyForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def policy(request: HttpRequest) -> HttpResponse:
    form = IncidentPolicyForm(request.POST or None, instance=IncidentPolicy.objects.current())
    if form.is_valid():
        told(request, "incident_policy", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:incident_policy")
    status = 422 if form.is_bound else 200
    return settings_page(request, "setup/incident_policy.html", "incident_policy", {"form": form}, status)
