"""The demo company's roster: four weeks that were, two that are published, one that is planned; and two wishes.

It is the plan of those whose work `core.staff.stint_seeds` tells, and not quite what they did.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from psycopg.types.range import TimestamptzRange

from otklik.core.calendar.hours import Pairs
from otklik.core.journal import clock
from otklik.core.staff import stint_seeds
from otklik.core.staff.models import Team, User
from otklik.team.shifts.models import Excepted, Shift, ShiftTemplate, Swap, Week
from otklik.team.shifts.models.week import SEVEN, monday_of

HERE = ZoneInfo("Europe/Moscow")
PAST_WEEKS, PUBLISHED, PLANNED = 4, 2, 3
"""Weeks before this one; of this and those after it how many are published, and how many planned."""
TEMPLATES: tuple[tuple[int, str, str, str, str, Pairs], ...] = (
    (1, "Утро", "У", "08:00", "17:00", [["12:30", "13:15"]]),
    (1, "День", "Д", "10:00", "20:00", [["14:30", "15:15"]]),
    (1, "Вечер", "В", "11:30", "21:00", [["16:00", "16:45"]]),
    (1, "Ночь", "Н", "20:30", "07:30", [["01:00", "01:45"]]),
    (2, "День", "Д", "09:00", "18:00", [["13:30", "14:15"]]),
)
WHOSE = {"olga": (1, "У"), "marina": (1, "Д"), "ilya": (1, "В"), "darya": (1, "Н"), "timur": (2, "Д")}


def load() -> None:
    people = {person.login: person for person in User.objects.all()}
    lines = {line.level: line for line in Team.objects.select_related("calendar")}
    templates = {(level, short): _template(lines[level], name, short, starts, ends, breaks)
                 for level, name, short, starts, ends, breaks in TEMPLATES}  # fmt: skip
    today = clock.now().astimezone(HERE).date()
    first = monday_of(today) - PAST_WEEKS * SEVEN
    told = monday_of(today) + PUBLISHED * SEVEN
    for line in (lines[1], lines[2]):
        for step in range(PAST_WEEKS + PUBLISHED):
            monday = first + step * SEVEN
            Week.objects.create(line=line, monday=monday, published_by=people["olga"], published_at=_told_at(monday))
    Shift.objects.bulk_create(
        _shift(people[login], templates[WHOSE[login]], day, _told_at(monday_of(day)) if day < told else None)
        for login, day in _days(today, first)
    )
    _wishes(people, today)


def _template(line: Team, name: str, short: str, starts: str, ends: str, breaks: Pairs) -> ShiftTemplate:
    begins, stops = time.fromisoformat(starts), time.fromisoformat(ends)
    return ShiftTemplate.objects.create(line=line, name=name, short=short, starts=begins, ends=stops, breaks=breaks)


def _told_at(monday: date) -> datetime:
    """A month ahead, on a Monday at noon."""
    return datetime.combine(monday - 5 * SEVEN, time(12), HERE)


def _days(today: date, first: date) -> Iterator[tuple[str, date]]:
    """Who works when: in rounds of fourteen days, and whoever looks at the demo as Marina works today."""
    for step in range((PAST_WEEKS + PLANNED) * 7):
        day = first + timedelta(days=step)
        place = ((today - day).days - 1) % stint_seeds.ROUND + 1
        for login, days, _begins, _hours in stint_seeds.SHIFTS:
            if place in days or (not days and day.weekday() < 5) or (login == "marina" and day == today):
                yield login, day


def _shift(person: User, template: ShiftTemplate, day: date, told: datetime | None) -> Shift:
    moments = template.hours.on(day, HERE)
    return Shift(
        person=person,
        line=template.line,
        template=template,
        day=day,
        starts_at=moments.start,
        ends_at=moments.end,
        breaks=[TimestamptzRange(*one) for one in moments.breaks],
        night=moments.night,
        published_at=told,
    )


def _wishes(people: dict[str, User], today: date) -> None:
    """Ilya was at a training, Marina asks for an hour, and both want to swap."""
    ilya, marina, olga = people["ilya"], people["marina"], people["olga"]
    known = Shift.objects.published().select_related("line__calendar").order_by("starts_at")
    trained = known.filter(person=ilya, day__lt=today).last()
    ahead = known.filter(person=marina, day__gt=today).first()
    if trained:
        Excepted.objects.create(
            person=ilya, starts_at=trained.starts_at, ends_at=trained.starts_at + timedelta(hours=2),
            reason="Учёба: новые тарифы", asked_by=ilya, state=Excepted.State.APPROVED,
            decided_by=olga, decided_at=trained.starts_at - timedelta(days=1),
        )  # fmt: skip
    if ahead:
        Excepted.objects.create(
            person=marina, starts_at=ahead.starts_at, ends_at=ahead.starts_at + timedelta(hours=1),
            reason="Врач", asked_by=marina,
        )  # fmt: skip
    taken = set(known.filter(person=marina).values_list("day", flat=True))
    given = next((one for one in known.filter(person=ilya, day__gt=today) if one.day not in taken), None)
    if given:
        Swap.objects.create(
            shift=given, asker=ilya, taker=marina, words="Переезд", state=Swap.State.ACCEPTED, decided_by=marina
        )
