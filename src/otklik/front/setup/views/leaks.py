"""The register of leaks, with the two clocks of the law."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from otklik.core.journal import clock
from otklik.desk.privacy.models import Breach, BreachNote
from otklik.front.setup import access
from otklik.front.setup.forms.personal import LeakForm
from otklik.front.setup.views.page import settings_page


@access.readers
def leak(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One leak, or a new one."""
    found = get_object_or_404(Breach.objects.select_related("by"), pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:personal")
    if request.method == "POST" and found is not None and "do" in request.POST:
        return _act(request, found)
    form = LeakForm(request.POST or None, instance=found or Breach(learned_at=clock.now()))
    if form.is_valid() and _put(request, form):
        return redirect("setup:leak", form.instance.pk)
    now = clock.now()
    clocks = [(Breach.Step(step), until, done, now >= until) for step, until, done in found.clocks] if found else []
    context: dict[str, Any] = {
        "form": form,
        "leak": found,
        "clocks": clocks,
        "steps": Breach.Step,
        "is_open": found and not found.closed_at,
    }
    if found:
        context["notes"] = found.notes.select_related("by")
    return settings_page(request, "setup/leak.html", "personal", context, 422 if form.errors else 200)


def _put(request: HttpRequest, form: LeakForm) -> bool:
    try:
        form.instance.put(by=access.acting(request))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _act(request: HttpRequest, found: Breach) -> HttpResponse:
    do, said = request.POST["do"], request.POST.get("note", "").strip()
    try:
        if do == "note":
            if said:
                BreachNote.objects.create(breach=found, text=said[:4000], by=access.acting(request))
        elif do in Breach.Step.values:
            found.step(do, by=access.acting(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("setup:leak", found.pk)
