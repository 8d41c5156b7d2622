"""Who is away and who stands in: declare, come back, call off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.staff import duty
from otklik.core.staff.absence_form import AbsenceForm, answering
from otklik.core.staff.access import can_declare_absence, declares_for
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import Absence
from otklik.core.staff.views.me import me
from otklik.core.ui.words import stamp


@login_required
def absences(request: HttpRequest) -> HttpResponse:
    """Those of today and to come, and a form for one's own; leads declare those of their people."""
    form = AbsenceForm(request.POST or None, by=me(request))
    if form.is_valid() and (absence := form.declared()):
        _say(request, absence)
        return redirect("staff:absences")
    standing = Absence.objects.standing().filter(until__gt=clock.now())
    mine = set(declares_for(me(request)).values_list("pk", flat=True))
    rows = standing.select_related("user", "deputy").order_by("since", "pk")
    context = {"here": "absences", "form": form, "rows": [(row, row.user_id in mine) for row in rows]}
    context["answering"] = list(answering()) if mine else []
    return render(request, "staff/absences.html", context, status=422 if form.is_bound else 200)


def _say(request: HttpRequest, absence: Absence) -> None:
    if absence.deputy:
        messages.success(request, _("%(name)s stands in for that time.") % {"name": absence.deputy})
    else:
        messages.success(request, _("Requests go to the queues of the lines for that time."))
    _warn(request, absence)


def _warn(request: HttpRequest, absence: Absence) -> None:
    """A line would have nobody."""
    said = _("Nobody is left in %(line)s from %(since)s on: choose who stands in; its leads know.")
    for gap in duty.gaps(absence, duty.lines_of(absence.user)):
        messages.warning(request, said % {"line": gap.line.name, "since": stamp(gap.since)})


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """It lasts longer, or less long."""
    absence = _to_change(request, pk)
    until = AbsenceForm.base_fields["until"]
    try:
        absence.end_at(until.clean(request.POST.get("until", "")), by=me(request))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    except NotAllowed as refusal:
        messages.error(request, refusal.text)
    else:
        messages.success(request, _("Saved."))
        _warn(request, absence)
    return redirect("staff:absences")


@login_required
@require_POST
def stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else stands in, or the queues of the lines."""
    absence, chosen = _to_change(request, pk), request.POST.get("deputy", "")
    deputy = answering().filter(pk=chosen).first() if chosen.isdecimal() and len(chosen) < 18 else None
    if chosen and deputy is None:
        messages.error(request, _("This person does not answer clients."))
        return redirect("staff:absences")
    try:
        _say(request, absence.let_stand_in(deputy, by=me(request)))
    except NotAllowed as refusal:
        messages.error(request, refusal.text)
    return redirect("staff:absences")


def _to_change(request: HttpRequest, pk: int) -> Absence:
    """404 for those of others, too."""
    absence = get_object_or_404(Absence.objects.select_related("user", "deputy"), pk=pk)
    if not can_declare_absence(me(request), absence.user):
        raise Http404
    return absence


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The person is back before the time, or will not be away after all."""
    absence = _to_change(request, pk)
    if absence.end(by=me(request)):
        messages.success(request, _("Requests return to %(name)s.") % {"name": absence.user})
    else:
        messages.info(request, _("This absence has ended already."))
    return redirect("staff:absences")
