"""A week in June: Anna and Ilya of the first line, Boris leads it; the line's wall is Moscow's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.shifts.hours import Hours
from otklik.team.shifts.models import Shift, Week

MONDAY = date(2026, 6, 8)
BEFORE = datetime(2026, 6, 1, 6, tzinfo=UTC)

type Plan = Callable[..., Shift]


def hours(begins: str, ends: str, *breaks: str) -> Hours:
    """`hours("09:00", "18:00", "13:00-14:00")`."""
    pairs = [one.split("-") for one in breaks]
    return Hours.of(time.fromisoformat(begins), time.fromisoformat(ends), pairs)


DAY = hours("09:00", "18:00", "13:00-14:00")
NIGHT = hours("20:00", "08:00", "00:00-01:00")


@pytest.fixture
def line(line_one: Team) -> Team:
    BusinessCalendar.objects.filter(pk=line_one.calendar_id).update(time_zone="Europe/Moscow")
    return Team.objects.select_related("calendar").get(pk=line_one.pk)


@pytest.fixture
def plan(line: Team, boris: User) -> Plan:
    """A shift of a person on a day of June, planned on the first."""

    def make(person: User, day: int, of: Hours = DAY, **told: Team) -> Shift:
        with clock.at(BEFORE):
            on = Team.objects.select_related("calendar").get(pk=told.get("on", line).pk)
            return Shift.objects.plan(person, on, date(2026, 6, day), of, by=boris)

    return make


@pytest.fixture
def publish(line: Team, boris: User) -> Callable[[], Week]:
    def make(monday: date = MONDAY) -> Week:
        with clock.at(BEFORE):
            return Week.objects.publish(line, monday, by=boris)

    return make
