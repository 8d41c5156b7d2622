"""The roster as who leads a line plans it: days of people, weeks that are published."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Absence, Team, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.front.api import present
from otklik.front.api.auth import person, planning, rostering
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.problems import Trouble
from otklik.front.api.repeating import Key, once
from otklik.front.api.roster import lines_of, shift_row
from otklik.front.api.schemas.roster import CopiedOut, HoursIn, PublishIn, ShiftOut, WeekOut
from otklik.team.shifts.access import may_plan
from otklik.team.shifts.checking import checked
from otklik.team.shifts.hours import Hours
from otklik.team.shifts.models import Shift, ShiftTemplate, Week
from otklik.team.shifts.models.week import SEVEN, monday_of

router = Router(tags=["roster"])
FURTHEST = timedelta(days=800)
RELATED = ("person", "line__calendar", "template")


@router.put("/lines/{int:pk}/days/{day}/{login}", auth=planning, response=answers(ShiftOut), operation_id="plan_shift")
def plan_shift(request: HttpRequest, pk: int, day: date, login: str, body: HoursIn, key: Key = "") -> Any:
    """The person works on the line from that day on at these hours, instead of what stood there.

    In a published week it holds at once and they are told.  409 where they work then already, or the day is over.
    """

    def act() -> Any:
        line, by = planned(request, pk), person(request)
        near(day)
        who = User.objects.filter(login=login.lower(), is_active=True).first()
        if who is None:
            raise HttpError(404, "not found")
        hours, template = _hours(line, body)
        made = decided(lambda: Shift.objects.plan(who, line, day, hours, by=by, template=template))
        return shift_row(made)

    return once(request, key, {"day": str(day), "line": pk, "of": login, **body.dict()}, act)


@router.post("/shifts/{int:pk}/remove", auth=planning, response=answers(ShiftOut), operation_id="remove_shift")
def remove_shift(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Nobody works then; who knew of it is told.  Answers with what it was; 409 for one that has begun."""

    def act() -> Any:
        found = Shift.objects.select_related(*RELATED).filter(pk=min(pk, LARGEST)).first()
        if found is None or (found.published_at is None and not may_plan(person(request), found.line_id)):
            raise HttpError(404, "not found")
        planned(request, found.line_id)
        told = shift_row(found)
        decided(lambda: found.remove(by=person(request)))
        return told

    return once(request, key, {"no shift": pk}, act)


@router.get("/lines/{int:pk}/weeks/{day}", auth=rostering, response=answers(WeekOut), operation_id="read_roster_week")
def read_week(request: HttpRequest, pk: int, day: date) -> Any:
    """Whether the week of this day is published, and what speaks against it; for who plans the line."""
    line = planned(request, pk)
    near(day)
    return _week(line, monday_of(day))


@router.post(
    "/lines/{int:pk}/weeks/{day}/publish", auth=planning, response=answers(WeekOut), operation_id="publish_roster_week"
)
def publish_week(request: HttpRequest, pk: int, day: date, body: PublishIn, key: Key = "") -> Any:
    """Its people see what is ahead and are told; 409 `faults` where rules are broken and nobody is `sure`."""
    monday = monday_of(near(day))

    def act() -> Any:
        line, by = planned(request, pk), person(request)
        faults = _faults(line, monday)
        if faults and not body.sure:
            raise Trouble(409, "look at what breaks rules first, and say that it is meant", "faults", field="sure")
        decided(lambda: Week.objects.publish(line, monday, by=by, accepted=len(faults)))
        return _week(line, monday)

    return once(request, key, {"publish": str(monday), "line": pk, **body.dict()}, act)


@router.post(
    "/lines/{int:pk}/weeks/{day}/copy", auth=planning, response=answers(CopiedOut), operation_id="copy_roster_week"
)
def copy_week(request: HttpRequest, pk: int, day: date, key: Key = "") -> Any:
    """The hours of the week before, on the same weekdays, where nothing stands yet."""
    monday = monday_of(near(day))

    def act() -> Any:
        put, left = Shift.objects.copy_week(planned(request, pk), monday, by=person(request))
        return {"put": put, "left": left}

    return once(request, key, {"copy": str(monday), "line": pk}, act)


def decided[T](act: Callable[[], T], called: Mapping[str, str] | None = None) -> T:
    """Done wholly or not at all.  Raises Invalid for a value to mend, whose field is named as `called` says, and
    Conflict for what cannot be now.
    """
    try:
        with transaction.atomic():
            return act()
    except Refused as error:
        field = (called or {}).get(error.field, error.field)
        raise (Invalid(error.text, field) if field else Conflict(error.text)) from error


def near(day: date) -> date:
    """Raises Invalid for a day that no roster reaches."""
    if abs(day - clock.today()) > FURTHEST:
        raise Invalid("the day is within 800 days of today", "day")
    return day


def read_of(request: HttpRequest, pk: int) -> Team:
    """A line whose roster the person reads, else 404."""
    found = next((line for line in lines_of(person(request)) if line.pk == pk), None)
    if found is None:
        raise HttpError(404, "not found")
    return found


def planned(request: HttpRequest, pk: int) -> Team:
    """The same of who plans it, else 403."""
    line = read_of(request, pk)
    if not may_plan(person(request), line.pk):
        raise HttpError(403, "who leads the line plans it")
    return line


def _hours(line: Team, body: HoursIn) -> tuple[Hours, ShiftTemplate | None]:
    own = body.starts is not None and body.ends is not None
    if own == (body.template is not None):
        raise Invalid("name a template, or both starts and ends", "template")
    if body.starts is not None and body.ends is not None:
        return Hours(body.starts, body.ends, tuple((one.starts, one.ends) for one in body.breaks)), None
    found = ShiftTemplate.objects.of(line.pk).filter(pk=body.template or 0).first()
    if found is None:
        raise Invalid("there is no such template of the line", "template")
    return found.hours, found


def _week(line: Team, monday: date) -> dict[str, Any]:
    week = Week.objects.filter(line=line, monday=monday).select_related("published_by").first()
    return {
        "line_id": line.pk,
        "monday": monday,
        "published_at": week and week.published_at,
        "published_by": present.person_row(week.published_by if week else None),
        "faults": _faults(line, monday),
    }


def _faults(line: Team, monday: date) -> list[dict[str, Any]]:
    """As the page of planning counts them: rules that shifts of the line break, and people who are away then."""
    shifts = list(Shift.objects.of_week(line.pk, monday).select_related(*RELATED).order_by("starts_at", "pk"))
    people = {one.person_id for one in shifts}
    broken = checked(people, monday, monday + SEVEN).by_shift() if people else {}
    away = _absences(shifts, people)
    found = []
    for one in shifts:
        told: list[tuple[str, float | None]]
        told = [("AWAY", None)] if any(_meets(each, one) for each in away if each.user_id == one.person_id) else []
        told += [(each.code, each.hours) for each in broken.get(one.pk, ())]
        row = {"shift_id": one.pk, "person": present.person_row(one.person), "day": one.day}
        found += [{**row, "code": code, "hours": hours} for code, hours in told]
    return found


def _absences(shifts: list[Shift], people: Iterable[int]) -> list[Absence]:
    if not shifts:
        return []
    start, end = min(one.starts_at for one in shifts), max(one.ends_at for one in shifts)
    return list(Absence.objects.meeting(start, end).filter(user__in=people))


def _meets(absence: Absence, shift: Shift) -> bool:
    return absence.since < shift.ends_at and absence.until > shift.starts_at
