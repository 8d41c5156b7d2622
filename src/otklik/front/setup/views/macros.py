"""Macros: what agents do with one choice."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.ui.show import wants_part
from otklik.desk.automation import words
from otklik.desk.automation.models import Macro
from otklik.front.setup import access
from otklik.front.setup.forms import MacroForm
from otklik.front.setup.views.page import settings_page, told


@access.readers
def macros(request: HttpRequest) -> HttpResponse:
    found = Macro.objects.select_related("team").annotate(uses=Count("applications")).order_by("name", "id")
    rows = [(macro, words.acts_of(macro.acts)) for macro in found]
    return settings_page(request, "setup/macros.html", "macros", {"rows": rows})


@access.readers
def macro(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One macro, or a new one; buttons inside add and drop lines, only `save` keeps it."""
    found = get_object_or_404(Macro, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:macros")
    name = found.name if found else ""
    form = MacroForm(request.POST or None, found)
    context: dict[str, Any] = {"form": form, "macro": found, "name": name}
    do = request.POST.get("do", "save")
    if form.is_bound and do != "save":
        form.rearrange(do)
        if wants_part(request):
            return render(request, "setup/macro.html#form", {**context, "can_change": True})
        return settings_page(request, "setup/macro.html", "macros", context)
    if form.is_valid():
        saved = form.keep(access.acting(request))
        told(request, "macro", saved, [*form.changed_data, "acts"])
        messages.success(request, _("Saved."))
        return redirect("setup:macros")
    return settings_page(request, "setup/macro.html", "macros", context, 422 if form.is_bound else 200)


@access.administrators
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done by it stays done."""
    found = get_object_or_404(Macro, pk=pk)
    told(request, "macro", found, ["removed"])
    found.delete()
    messages.success(request, _("The macro is removed."))
    return redirect("setup:macros")
