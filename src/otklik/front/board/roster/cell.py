"""One person's day: a template, hours of its own, or nobody."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.core.ui.show import show, wants_part
from otklik.front.board.roster.asked import Asked, planner_of
from otklik.front.board.roster.forms import HoursForm
from otklik.front.board.roster.grid import grid
from otklik.front.board.roster.views import back, page
from otklik.team.shifts.models import Shift, ShiftTemplate

FORM = "board/roster/cell.html"
OWN = "own"


@login_required
@never_cache
def cell(request: HttpRequest) -> HttpResponse:
    """The form of a day, or what it says: `template` is a number of one, "own" with hours, "none" for nobody."""
    asked, line = planner_of(request)
    told = request.POST if request.method == "POST" else request.GET
    person, day = _person(told.get("person", "")), _day(told.get("day", ""))
    shift = Shift.objects.filter(person=person, line=line, day=day).select_related("line__calendar").first()
    form = HoursForm(request.POST if told.get("template") == OWN else None, initial=HoursForm.begun(shift))
    if request.method != "POST":
        return _form(request, asked, line, person, day, shift, form)
    try:
        if _put(told.get("template", ""), form, person, line, day, shift, asked.user):
            return _done(request, asked)
        return _form(request, asked, line, person, day, shift, form, status=422)
    except Refused as error:
        if told.get("from") == "grid":
            return page(request, asked, 422, error.text)
        return _form(request, asked, line, person, day, shift, form, status=422, error=error)


def _put(chosen: str, form: HoursForm, person: User, line: Team, day: date, shift: Shift | None, by: User) -> bool:
    """False when the form must be mended.  Raises Refused."""
    if chosen == "none":
        if shift:
            shift.remove(by=by)
        return True
    if chosen == OWN:
        if not form.is_valid():
            return False
        Shift.objects.plan(person, line, day, form.hours, by=by)
        return True
    number = int(chosen) if chosen.isdecimal() and len(chosen) < 19 else 0
    template = get_object_or_404(ShiftTemplate.objects.of(line.pk), pk=number)
    Shift.objects.plan(person, line, day, template.hours, by=by, template=template)
    return True


def _form(
    request: HttpRequest,
    asked: Asked,
    line: Team,
    person: User,
    day: date,
    shift: Shift | None,
    form: HoursForm,
    status: int = 200,
    error: Refused | None = None,
) -> HttpResponse:
    row = next((one for one in grid(asked, line).rows if one.person.pk == person.pk), None)
    found = next((one for one in row.cells if one.day == day), None) if row else None
    if found is None:
        raise Http404
    context: dict[str, Any] = {
        "asked": asked,
        "person": person,
        "day": day,
        "shift": shift,
        "cell": found,
        "templates": ShiftTemplate.objects.of(line.pk),
        "chosen": OWN if form.is_bound or (shift and not shift.template_id) else (shift and shift.template_id),
        "form": form,
        "error": error,
    }
    return show(request, FORM, context, part="form" if request.method == "POST" else "dialog", status=status)


def _done(request: HttpRequest, asked: Asked) -> HttpResponse:
    if not wants_part(request):
        return back(asked)
    answer = page(request, asked)
    answer["HX-Retarget"], answer["HX-Reswap"], answer["HX-Trigger"] = "#roster", "outerMorph", "dialog:close"
    return answer


def _person(text: str) -> User:
    return get_object_or_404(User, pk=int(text) if text.isdecimal() and len(text) < 19 else 0)


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return day
