"""The roster and time at work, as the person of the token reads them: their own, their lines', as leads may."""

from datetime import date, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import AwareDatetime

from otklik.core.journal import clock
from otklik.core.staff.models import Stint, Team, User
from otklik.desk.tickets.errors import Invalid
from otklik.front.api import present
from otklik.front.api.auth import person, rostering
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.schemas.roster import AttendanceOut, RosterLineOut, ShiftOut
from otklik.team.shifts.access import may_plan, seen_lines
from otklik.team.shifts.models import Shift

router = Router(tags=["roster"])
LONGEST = timedelta(days=92)
USUAL = timedelta(days=27)
FARTHEST = timedelta(days=3653)
A_DAY = timedelta(days=1)
Line = Annotated[int | None, Query(ge=1, lt=LARGEST, description="its number, of `GET /roster/lines`")]
Login = Annotated[str, Query(max_length=60, description="login of one person")]


@router.get("/lines", auth=rostering, response=answers(list[RosterLineOut]), operation_id="list_rosters")
def list_rosters(request: HttpRequest) -> Any:
    """Lines of the person; all for who looks at the whole department."""
    user = person(request)
    return [
        {
            "id": line.pk,
            "name": line.name,
            "time_zone": line.calendar.time_zone,
            "plans": may_plan(user, line.pk),
        }
        for line in lines_of(user)
    ]


@router.get("/shifts", auth=rostering, response=answers(list[ShiftOut]), operation_id="list_shifts")
def list_shifts(
    request: HttpRequest,
    line: Line = None,
    login: Login = "",
    since: Annotated[date | None, Query(description="the first day, today unless it is said")] = None,
    until: Annotated[date | None, Query(description="the last day, 27 days later unless it is said")] = None,
    cursor: Cursor = "",
    limit: Limit = 200,
) -> Any:
    """One's own, or those of a line; the earliest first.  Those of a plan are for who plans the line.

    404 for a line whose roster the person does not read; at most 92 days at once.
    """
    user = person(request)
    first, last = _days(since, until)
    rows = Shift.objects.filter(day__gte=first, day__lte=last).select_related("person", "line", "template")
    if line is None:
        rows = rows.published().filter(person=user)
    else:
        found = next((one for one in lines_of(user) if one.pk == line), None)
        if found is None:
            raise HttpError(404, "not found")
        rows = rows.filter(line=found) if may_plan(user, found.pk) else rows.published().filter(line=found)
    if login:
        rows = rows.filter(person__login=login.lower())
    return [shift_row(one) for one in page(request, rows, ("starts_at", "id"), cursor, limit)[0]]


@router.get("/attendance", auth=rostering, response=answers(list[AttendanceOut]), operation_id="list_attendance")
def list_attendance(
    request: HttpRequest,
    since: Annotated[AwareDatetime | None, Query(description="a day ago, unless it is said")] = None,
    until: Annotated[AwareDatetime | None, Query(description="now, unless it is said")] = None,
    login: Login = "",
    cursor: Cursor = "",
    limit: Limit = 200,
) -> Any:
    """When who was at work, as they said it, the earliest first: one's own; leads read their lines, the head all.

    Whether somebody is there now, `GET /people` tells everybody.  At most 92 days at once.
    """
    now = clock.now()
    end = until or now
    if abs(end - now) > FARTHEST:
        raise Invalid("until is within ten years of now", "until")
    start = since or end - A_DAY
    if not timedelta() < end - start <= LONGEST:
        raise Invalid("until is after since, by 92 days at most", "until")
    rows = Stint.objects.seen_by(person(request)).meeting(start, end).select_related("user")
    if login:
        rows = rows.filter(user__login=login.lower())
    return [_stint(one) for one in page(request, rows, ("since", "id"), cursor, limit)[0]]


def lines_of(user: User) -> list[Team]:
    return sorted(seen_lines(user), key=lambda line: (line.level, line.name))


def _days(since: date | None, until: date | None) -> tuple[date, date]:
    first = since or (until - USUAL if until and until - date.min > USUAL else clock.today())
    last = until or min(first, date.max - USUAL) + USUAL
    if not timedelta() <= last - first <= LONGEST:
        raise Invalid("until is not before since, and 92 days later at most", "until")
    return first, last


def shift_row(one: Shift) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "line_id", "day", "starts_at", "ends_at", "published_at")}
    return told | {
        "person": present.person_row(one.person),
        "line": one.line.name,
        "breaks": [{"starts_at": start, "ends_at": end} for start, end in one.pauses],
        "template": one.template.short if one.template else None,
    }


def _stint(one: Stint) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "state", "since", "until", "lapsed")}
    return told | {"person": present.person_row(one.user)}
