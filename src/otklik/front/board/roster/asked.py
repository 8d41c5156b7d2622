"""Which line and week an address of the roster asks for."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.utils.dateparse import parse_date

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.shifts.access import may_plan, seen_lines
from otklik.team.shifts.models.week import SEVEN, monday_of

FURTHEST = timedelta(days=800)


@dataclass(frozen=True)
class Asked:
    """`line` None: the reader is of no line."""

    user: User
    lines: list[Team]
    line: Team | None
    monday: date

    @property
    def may_plan(self) -> bool:
        return self.line is not None and may_plan(self.user, self.line.pk)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=step) for step in range(7)]

    @property
    def query(self) -> str:
        return self.of(self.monday)

    @property
    def earlier(self) -> str:
        return self.of(self.monday - SEVEN)

    @property
    def later(self) -> str:
        return self.of(self.monday + SEVEN)

    def of(self, monday: date) -> str:
        """A query of the same line."""
        found = QueryDict(mutable=True)
        if self.line:
            found["line"] = str(self.line.pk)
        found["week"] = monday.isoformat()
        return found.urlencode()


def reader_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def asked_of(request: HttpRequest) -> Asked:
    """By the address, or by what a form says; the first line and this week where neither does.

    Raises PermissionDenied for who reads no roster, Http404 for a line that is not theirs.
    """
    user, told = reader_of(request), request.POST if request.method == "POST" else request.GET
    lines = sorted(seen_lines(user), key=lambda line: (line.level, line.name))
    if not lines and not (user.leads or user.sees_everything):
        raise PermissionDenied
    wanted = told.get("line", "")
    line = next((one for one in lines if str(one.pk) == wanted), None if wanted else (lines[0] if lines else None))
    if wanted and line is None:
        raise Http404
    return Asked(user, lines, line, _monday(told.get("week", "")))


def planner_of(request: HttpRequest) -> tuple[Asked, Team]:
    """Raises PermissionDenied for who does not plan this line."""
    asked = asked_of(request)
    if asked.line is None or not asked.may_plan:
        raise PermissionDenied
    return asked, asked.line


def _monday(text: str) -> date:
    here = clock.today()
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    return monday_of(day if day and abs(day - here) < FURTHEST else here)
