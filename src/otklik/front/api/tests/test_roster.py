"""Shifts and time at work by programs: one's own, those of one's lines, and no plan that nobody was told of."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Availability, Team, User
from otklik.front.api.tests.conftest import Ask
from otklik.team.shifts.hours import Hours
from otklik.team.shifts.models import Shift, Week
from tests.fixtures.cast import person

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 8)
BEFORE = datetime(2026, 6, 1, 6, tzinfo=UTC)
DAY = Hours(time(9), time(18), ((time(13), time(14)),))
JUNE = "since=2026-06-08&until=2026-06-14"


@pytest.fixture
def line(line_one: Team) -> Team:
    BusinessCalendar.objects.filter(pk=line_one.calendar_id).update(time_zone="Europe/Moscow")
    return Team.objects.select_related("calendar").get(pk=line_one.pk)


@pytest.fixture
def week(line: Team, anna: User, ilya: User, boris: User) -> list[Shift]:
    """Anna on Monday and Tuesday, Ilya on Tuesday, published; Ilya on Wednesday of the next week, planned."""
    with clock.at(BEFORE):
        told = [(anna, 0), (anna, 1), (ilya, 1), (ilya, 9)]
        made = [Shift.objects.plan(who, line, MONDAY + timedelta(days=day), DAY, by=boris) for who, day in told]
        Week.objects.publish(line, MONDAY, by=boris)
    return made


def test_ones_own_shifts(ask: Ask, week: list[Shift], anna: User, ilya: User) -> None:
    rows = ask("get", f"roster/shifts?{JUNE}", anna).json()
    assert [(one["day"], one["person"]["login"]) for one in rows] == [("2026-06-08", "anna"), ("2026-06-09", "anna")]
    first = rows[0]
    assert (first["starts_at"], first["ends_at"]) == ("2026-06-08T06:00:00Z", "2026-06-08T15:00:00Z")
    assert first["breaks"] == [{"starts_at": "2026-06-08T10:00:00Z", "ends_at": "2026-06-08T11:00:00Z"}]
    assert first["published_at"] and first["line"] == "Первая линия"
    assert len(ask("get", "roster/shifts?since=2026-06-08&until=2026-06-21", ilya).json()) == 1, (
        "a plan is nobody's yet"
    )


def test_those_of_a_line_and_the_plan_for_who_plans(
    ask: Ask, week: list[Shift], line: Team, anna: User, boris: User, head: User, quality: User
) -> None:
    path = f"roster/shifts?line={line.pk}&since=2026-06-08&until=2026-06-21"
    assert [len(ask("get", path, user).json()) for user in (anna, boris, head, quality)] == [3, 4, 4, 3]
    assert [one["published_at"] is None for one in ask("get", path, boris).json()] == [False, False, False, True]
    assert [one["day"] for one in ask("get", f"{path}&login=Ilya", anna).json()] == ["2026-06-09"]

    rows, address = [], f"{path}&limit=1"
    while address:
        answer = ask("get", address, anna)
        rows += answer.json()
        address = answer["Link"].split(">")[0].split("/api/v1/")[1] if "Link" in answer else ""
    assert [one["id"] for one in rows] == [one.pk for one in week[:3]]


def test_ACCESS_1_the_roster_of_another_line_is_not_there(
    ask: Ask, week: list[Shift], line: Team, line_two: Team, vera: User, boris: User, anna: User
) -> None:
    foreign = ask("get", f"roster/shifts?line={line.pk}&{JUNE}", vera)
    none = ask("get", f"roster/shifts?line=987654&{JUNE}", vera)
    assert (foreign.status_code, foreign.content) == (none.status_code, none.content) and foreign.status_code == 404
    assert ask("get", f"roster/shifts?login=anna&{JUNE}", vera).json() == []
    assert [(one["name"], one["plans"]) for one in ask("get", "roster/lines", vera).json()] == [("Вторая линия", False)]
    assert [(one["time_zone"], one["plans"]) for one in ask("get", "roster/lines", boris).json()] == [
        ("Europe/Moscow", True)
    ]
    for path in ("lines", "shifts", "attendance"):
        assert ask("get", f"roster/{path}", anna, scopes=("tickets:read", "people:read")).status_code == 403


def test_days_make_sense(ask: Ask, week: list[Shift], anna: User) -> None:
    for wrong in (
        "since=2026-06-08&until=2026-06-07",
        "since=2026-01-01&until=2026-12-31",
        "since=9999-12-31&until=0001-01-01",
        "until=0001-01-01",
        "since=x",
    ):
        assert ask("get", f"roster/shifts?{wrong}", anna).status_code == 422, wrong
    for far in ("since=9999-12-31", "since=0001-01-01", "until=9999-12-31"):
        assert ask("get", f"roster/shifts?{far}", anna).json() == [], far
    long = "since=2026-01-01T00:00:00Z&until=2026-12-31T00:00:00Z"
    for wrong in ("until=0001-01-01T00:00:00Z", "since=9999-12-31T00:00:00Z", long):
        assert ask("get", f"roster/attendance?{wrong}", anna).status_code == 422, wrong


def test_who_was_at_work_when(
    ask: Ask, anna: User, ilya: User, boris: User, vera: User, head: User, time_machine: Any
) -> None:
    start = clock.now()
    time_machine.move_to(start)
    anna.say(Availability.READY, by=anna)
    vera.say(Availability.READY, by=vera)
    time_machine.move_to(start + timedelta(hours=1))
    anna.say(Availability.BREAK, by=anna)

    def seen(user: User, query: str = "") -> list[tuple[str, str, bool]]:
        rows = ask("get", f"roster/attendance{query}", user).json()
        return [(one["person"]["login"], one["state"], one["until"] is None) for one in rows]

    mine = [("anna", "ready", False), ("anna", "break", True)]
    assert seen(anna) == seen(boris) == mine and seen(ilya) == []
    assert ("vera", "ready", True) in seen(head) and len(seen(head)) == 3
    assert seen(head, "?login=vera") == [("vera", "ready", True)]
    moment = quote((start + timedelta(minutes=90)).isoformat())
    time_machine.move_to(start + timedelta(hours=2))
    assert seen(anna, f"?since={moment}") == [("anna", "break", True)]


def test_a_large_line_costs_what_a_small_one_does(
    ask: Ask, line: Team, week: list[Shift], boris: User, head: User, django_assert_max_num_queries: Any
) -> None:
    for count in (1, 6):
        with clock.at(BEFORE):
            for number in range(count):
                who = person(f"p{count}{number}", "Новый", "agent", line)
                Shift.objects.plan(who, line, MONDAY, DAY, by=boris)
        with django_assert_max_num_queries(9):
            assert ask("get", f"roster/shifts?line={line.pk}&{JUNE}", boris).status_code == 200
        Team.objects.create(name=f"Линия {count}", level=3, calendar=line.calendar)
        with django_assert_max_num_queries(6):
            assert len(ask("get", "roster/lines", head).json()) > 1
