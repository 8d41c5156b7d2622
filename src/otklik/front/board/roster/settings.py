"""Templates of a line's shifts, and the rules of the company."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.front.board.roster.asked import planner_of, reader_of
from otklik.front.board.roster.forms import RulesForm, TemplateForm
from otklik.team.shifts.access import may_plan, may_set_rules
from otklik.team.shifts.models import Rules, ShiftTemplate


@login_required
@never_cache
def templates(request: HttpRequest) -> HttpResponse:
    """Those of a line, and a form for one more."""
    asked, line = planner_of(request)
    form = TemplateForm(line, request.POST or None, initial={"starts": "09:00", "ends": "18:00"})
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return redirect(f"{reverse('board:shift_templates')}?{asked.query}")
    context = {"asked": asked, "form": form, "rows": ShiftTemplate.objects.of(line.pk)}
    return render(request, "board/roster/templates.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Shifts that were planned by it keep their hours; what somebody took out of use meanwhile does not come back."""
    found = _template(request, pk)
    form = TemplateForm(found.line, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            get_object_or_404(ShiftTemplate.objects.select_for_update().filter(is_active=True), pk=found.pk)
            form.save()
        messages.success(request, _("Saved"))
        return redirect(f"{reverse('board:shift_templates')}?line={found.line_id}")
    context = {"form": form, "template": found}
    return render(request, "board/roster/template.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """It is offered no more; what was planned by it stays."""
    found = _template(request, pk)
    found.is_active = False
    found.save(update_fields=["is_active"])
    messages.success(request, _("Taken out of use: shifts that were planned by it stay"))
    return redirect(f"{reverse('board:shift_templates')}?line={found.line_id}")


def _template(request: HttpRequest, pk: int) -> ShiftTemplate:
    found = get_object_or_404(
        ShiftTemplate.objects.filter(is_active=True).select_related("line"), pk=min(pk, 2**63 - 1)
    )
    if not may_plan(reader_of(request), found.line_id):
        raise PermissionDenied
    return found


@login_required
@never_cache
def rules(request: HttpRequest) -> HttpResponse:
    """By which rosters are checked from now on; what is published stays as it is and is counted anew."""
    if not may_set_rules(reader_of(request)):
        raise PermissionDenied
    form = RulesForm(request.POST or None, instance=Rules.objects.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved"))
        return redirect("board:roster")
    return render(request, "board/roster/rules.html", {"form": form}, status=422 if form.errors else 200)
