"""The status page: its rules, its components, their checks."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.status import checking
from otklik.care.status.models import Check, Component, Group, StatusPolicy
from otklik.front.setup import access
from otklik.front.setup.forms.status import CheckForm, ComponentForm, GroupForm, StatusPolicyForm
from otklik.front.setup.views.page import settings_page, told

LARGEST = 2**63 - 1
HERE = "status_page"


@access.readers
def page(request: HttpRequest) -> HttpResponse:
    form = StatusPolicyForm(request.POST or None, instance=StatusPolicy.objects.current())
    if form.is_valid():
        told(request, "status_policy", form.save(), form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:status_page")
    components = Component.objects.in_order().prefetch_related("checks")
    groups: dict[int, list[Component]] = {}
    for one in components:
        groups.setdefault(one.group_id, []).append(one)
    context = {
        "form": form,
        "shelves": [(group, groups.get(group.pk, [])) for group in Group.objects.all()],
    }
    return settings_page(request, "setup/status/page.html", HERE, context, 422 if form.is_bound else 200)


@access.readers
def group(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(Group, pk=min(pk, LARGEST)) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:status_page")
    return _kept(request, GroupForm(request.POST or None, instance=found), "status_group", found)


@access.readers
def component(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(Component, pk=min(pk, LARGEST)) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:status_page")
    if not Group.objects.exists():
        messages.error(request, _("Name a group first: components stand in groups."))
        return redirect("setup:status_page")
    begun = {} if found else {"group": Group.objects.first(), "place": Component.objects.count() + 1}
    form = ComponentForm(request.POST or None, instance=found, initial=begun)
    checks = found.checks.order_by("pk") if found else []
    return _kept(request, form, "status_component", found, checks=checks)


@access.readers
def check(request: HttpRequest, component: int, pk: int | None = None) -> HttpResponse:
    """With `try` it is asked once, now, and nothing is kept."""
    of = get_object_or_404(Component.objects.in_order(), pk=min(component, LARGEST))
    found = get_object_or_404(Check, pk=min(pk, LARGEST), component=of) if pk else Check(component=of)
    if not found.pk and not access.can_change(request.user):
        return redirect("setup:status_component", of.pk)
    form = CheckForm(request.POST or None, instance=found)
    tried = None
    if form.is_valid():
        if "try" not in request.POST:
            with transaction.atomic():
                told(request, "status_check", form.save(), form.changed_data)
            messages.success(request, _("Saved."))
            return redirect("setup:status_component", of.pk)
        tried = _tried(*checking.ask(form.instance))
    context = {"form": form, "component": of, "check": found if found.pk else None, "tried": tried}
    status = 422 if form.is_bound and form.errors else 200
    return settings_page(request, "setup/status/check.html", HERE, context, status)


@access.administrators
def remove(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """A group without components, a component of which nothing was ever told, a check."""
    model: Any = {"groups": Group, "components": Component, "checks": Check}[what]
    found = get_object_or_404(model, pk=min(pk, LARGEST))
    back = redirect("setup:status_component", found.component_id) if what == "checks" else redirect("setup:status_page")
    if request.method != "POST":
        return back
    try:
        with transaction.atomic():
            if what == "checks":
                found.stop()
            name = str(found)
            found.delete()
            told(request, f"status_{what}_removed", name)
    except ProtectedError:
        messages.error(request, _("It has a past or parts, and stays. Take it off the page instead."))
    else:
        messages.success(request, _("Removed."))
    return back


def _kept(request: HttpRequest, form: ModelForm, what: str, found: Any, **more: Any) -> HttpResponse:
    name = str(found) if found else ""
    if form.is_valid():
        with transaction.atomic():
            saved = form.save()
            told(request, what, saved, form.changed_data)
        messages.success(request, _("Saved."))
        if what == "status_component" and not found:
            return redirect("setup:status_component", saved.pk)
        return redirect("setup:status_page")
    context = {"form": form, "found": found, "name": name, **more}
    status = 422 if form.is_bound else 200
    return settings_page(request, f"setup/status/{what.removeprefix('status_')}.html", HERE, context, status)


def _tried(why: str, took_ms: int | None) -> dict[str, Any]:
    took = ngettext("%(count)s ms", "%(count)s ms", took_ms or 0) % {"count": took_ms or 0}
    if not why:
        return {"what": _("It answers in %s") % took, "trouble": ""}
    if why.startswith("status "):
        return {"what": _("It answers"), "trouble": why.removeprefix("status ")}
    trouble = {
        "forbidden": _("the desk may not go there: allow it by OTKLIK_EGRESS_ALLOW"),
        "broken": _("the answer broke off"),
        "address": _("the address cannot be read"),
    }.get(why, _("nothing answers there"))
    return {"what": _("Asked now"), "trouble": trouble}
