"""The week as people × days: shifts, absences, what is broken, what is left to plan."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Team, User
from otklik.front.board.roster import sentences
from otklik.front.board.roster.asked import Asked
from otklik.team.shifts.checking import Broken, checked
from otklik.team.shifts.models import Shift, ShiftTemplate, Week
from otklik.team.shifts.models.shift import zone_of
from otklik.team.shifts.models.week import SEVEN


@dataclass(frozen=True)
class Cell:
    """A person's day on the line: their shift here, those on other lines, and what speaks against it."""

    person: int
    day: date
    shift: Shift | None
    elsewhere: list[Shift]
    away: Absence | None
    broken: list[Broken]
    may_change: bool
    may_plan: bool = True
    """Else the shift can be taken out, and no other put: its person has left the line."""

    @property
    def key(self) -> str:
        return f"{self.person}-{self.day.isoformat()}"

    @property
    def short(self) -> str:
        return self.shift.template.short if self.shift and self.shift.template else ""

    @property
    def hours(self) -> str:
        return sentences.span_of(self.shift) if self.shift else ""

    @property
    def conflicts(self) -> bool:
        """Somebody is planned while they are away."""
        return bool(self.away and self.shift)

    @property
    def says(self) -> list[str]:
        """What speaks against it, in words."""
        found = [sentences.away(self.away)] if self.away else []
        return found + [sentences.broken(one) for one in self.broken]


@dataclass(frozen=True)
class Row:
    person: User
    cells: list[Cell]
    is_member: bool

    @property
    def hours(self) -> float:
        """Paid hours of the week on this line."""
        return sum((cell.shift.paid.total_seconds() for cell in self.cells if cell.shift), 0.0) / 3600

    @property
    def hours_said(self) -> str:
        return sentences.figure(self.hours)

    @property
    def troubles(self) -> list[tuple[date, str]]:
        return [(cell.day, text) for cell in self.cells if cell.shift for text in cell.says]


@dataclass(frozen=True)
class Grid:
    asked: Asked
    rows: list[Row]
    templates: list[ShiftTemplate]
    week: Week | None
    shifts: list[Shift] = field(default_factory=list)

    @property
    def troubles(self) -> list[tuple[User, date, str]]:
        """What is broken or conflicts, by person."""
        return [(row.person, day, text) for row in self.rows for day, text in row.troubles]

    @property
    def planned(self) -> int:
        """Shifts that are ahead: the others are not published any more."""
        return sum(not shift.has_begun for shift in self.shifts)

    @property
    def is_over(self) -> bool:
        return self.asked.monday + SEVEN <= clock.today()


def grid(asked: Asked, line: Team) -> Grid:
    """As many statements for forty people as for one.  Who does not plan the line sees what is published."""
    people = {one.pk: one for one in line.members.filter(is_active=True).order_by("name", "pk") if one.answers}
    members = set(people)
    days = asked.days
    own = Shift.objects.of_week(line.pk, asked.monday)
    own = own if asked.may_plan else own.published()
    shifts = list(own.select_related("line__calendar", "template", "person"))
    for shift in shifts:  # who left the line still has the shifts of then
        people.setdefault(shift.person_id, shift.person)
    by_cell: dict[tuple[int, date], Shift] = {(one.person_id, one.day): one for one in shifts}
    others = Shift.objects.filter(person__in=people, day__gte=days[0], day__lte=days[-1]).exclude(line=line)
    elsewhere: dict[tuple[int, date], list[Shift]] = defaultdict(list)
    for shift in others.published().select_related("line__calendar"):
        elsewhere[shift.person_id, shift.day].append(shift)
    away = _away(people, line, days)
    told = checked(list(people), days[0], days[-1] + timedelta(days=1)) if asked.may_plan else None
    broken = told.by_shift() if told else {}
    today = clock.now().astimezone(zone_of(line)).date()

    def cell(person: int, day: date) -> Cell:
        shift = by_cell.get((person, day))
        free = (shift is not None or person in members) and day >= today and not (shift and shift.has_begun)
        here = elsewhere.get((person, day), [])
        against = broken.get(shift.pk, []) if shift else []
        met = _met(away.get(person, []), shift, day, line)
        return Cell(person, day, shift, here, met, against, free, person in members)

    rows = [Row(person, [cell(pk, day) for day in days], pk in members) for pk, person in people.items()]
    templates = list(ShiftTemplate.objects.of(line.pk))
    week = Week.objects.filter(line=line, monday=asked.monday).first()
    return Grid(asked, rows, templates, week, shifts)


def _away(people: Mapping[int, User], line: Team, days: list[date]) -> dict[int, list[Absence]]:
    start, end = _bounds(days[0], line)[0], _bounds(days[-1], line)[1]
    found: dict[int, list[Absence]] = defaultdict(list)
    for one in Absence.objects.meeting(start, end + timedelta(days=1)).filter(user__in=people).order_by("since"):
        found[one.user_id].append(one)
    return found


def _met(some: Iterable[Absence], shift: Shift | None, day: date, line: Team) -> Absence | None:
    """The absence that meets the shift, or, without one, the working day of it."""
    start, end = (shift.starts_at, shift.ends_at) if shift else _bounds(day, line)
    return next((one for one in some if one.since < end and one.until > start), None)


def _bounds(day: date, line: Team) -> tuple[datetime, datetime]:
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone_of(line))
    return midnight, midnight + timedelta(days=1)
