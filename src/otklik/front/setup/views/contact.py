"""How clients are written to: caps and hours of what goes by itself, lines with which an answer begins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from otklik.desk.clients.models import ContactPolicy, Opener, Situation
from otklik.desk.clients.opening.places import PLACES, SAMPLES, filled
from otklik.front.setup import access
from otklik.front.setup.forms import ContactPolicyForm, OpenerForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def policy(request: HttpRequest) -> HttpResponse:
    form = ContactPolicyForm(request.POST or None, instance=ContactPolicy.objects.current())
    if form.is_valid():
        told(request, "contact_policy", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:contact_policy")
    return settings_page(
        request, "setup/contact_policy.html", "contact_policy", {"form": form}, 422 if form.is_bound else 200
    )


@access.readers
def openers(request: HttpRequest) -> HttpResponse:
    order = {name: at for at, name in enumerate(Situation.values)}
    rows = sorted(Opener.objects.all(), key=lambda one: (one.language != "ru", order[one.situation], one.pk))
    return settings_page(request, "setup/openers.html", "openers", {"rows": rows})


@access.readers
def opener(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One line with its look, or a new one."""
    found = get_object_or_404(Opener, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:openers")
    look = filled(found.text, SAMPLES) if found else ""
    form = OpenerForm(request.POST or None, instance=found)
    if form.is_valid():
        if "look" not in request.POST:
            told(request, "opener", form.save(), form.changed_data)
            messages.success(request, _("Saved."))
            return redirect("setup:openers")
        look = filled(form.cleaned_data["text"], SAMPLES)
    context = {"form": form, "opener": found, "look": look, "places": PLACES.items()}
    status = 422 if form.is_bound and form.errors else 200
    return settings_page(request, "setup/opener.html", "openers", context, status)
