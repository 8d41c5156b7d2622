"""A line that has nobody is said: when its last one goes away, and beforehand when all would be away."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import Absence, Availability, Takes, Team, User
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
READY, BREAK, AWAY = Availability.READY, Availability.BREAK, Availability.AWAY


@pytest.fixture
def crew(anna: User, ilya: User) -> list[User]:
    """Both of the line are at work; their lead is elsewhere."""
    for one in (anna, ilya):
        one.say(READY, by=one)
    return [anna, ilya]


def told(person: User) -> list[str]:
    return list(Notice.objects.of(person.pk).values_list("text", flat=True))


def away(person: User, since: float, until: float, deputy: User | None = None) -> Absence:
    now = clock.now()
    starts, ends = now + since * DAY, now + until * DAY
    return Absence.objects.declare(person, by=person, since=starts, until=ends, deputy=deputy)


def test_the_leads_know_when_the_last_one_goes_away(crew: list[User], boris: User) -> None:
    anna, ilya = crew
    anna.say(BREAK, by=anna)
    assert told(boris) == [], "Ilya is there"
    ilya.say(AWAY, by=ilya)
    assert told(boris) == ["В линии «Первая линия» никого нет на месте: отсутствует и Илья Соколов."]

    ilya.say(READY, by=ilya)
    ilya.say(AWAY, by=ilya)
    assert len(told(boris)) == 1, "not again while nobody has looked"
    Notice.objects.all().see()
    ilya.say(READY, by=ilya)
    ilya.say(BREAK, by=ilya)
    assert len(told(boris)) == 2


def test_outside_of_the_hours_of_the_line_people_go_home(
    crew: list[User], boris: User, calendar: BusinessCalendar
) -> None:
    BusinessCalendar.objects.filter(pk=calendar.pk).update(weekly={})
    calendar.touch()
    for one in crew:
        one.say(AWAY, by=one)
    assert told(boris) == []


def test_who_stands_in_is_there(crew: list[User], vera: User, boris: User) -> None:
    """Vera is of another line, and answers for Anna."""
    anna, ilya = crew
    vera.say(READY, by=vera)
    away(anna, 0, 2, deputy=vera)
    ilya.say(BREAK, by=ilya)
    assert told(boris) == []
    vera.say(BREAK, by=vera)
    assert told(boris) == []


def test_a_kind_of_work_that_nobody_takes_any_more_is_told(
    crew: list[User], boris: User, door: Channel, line_one: Team
) -> None:
    """Of what comes to the line, and of nothing that nobody took before."""
    anna, ilya = crew
    door.pk, door.kind = None, "phone"
    door.save()
    anna.say(READY, by=anna, takes=Takes.CHATS)
    assert told(boris) == [], "Ilya takes everything"

    ilya.say(READY, by=ilya, takes=Takes.LIVE)
    assert told(boris) == ["В линии «Первая линия» никто не берёт письма: Илья Соколов больше не берёт."]
    ilya.say(BREAK, by=ilya)
    assert told(boris)[0] == "В линии «Первая линия» никто не берёт звонки: Илья Соколов больше не берёт."
    assert len(told(boris)) == 2, "chats do not come here, and letters nobody took already"

    ilya.say(READY, by=ilya)
    assert ilya.takes == "live"
    anna.say(AWAY, by=anna)
    assert len(told(boris)) == 2, "she took neither"


def test_an_absence_and_a_leaver_are_the_last_ones_too(crew: list[User], boris: User, head: User) -> None:
    anna, ilya = crew
    away(anna, 0, 2)
    assert told(boris) == []
    ilya.deactivate(by=head)
    assert told(boris) == ["В линии «Первая линия» никого нет на месте: отсутствует и Илья Соколов."]


def test_a_lead_who_is_the_last_one_is_told_of_to_the_head(boris: User, head: User) -> None:
    boris.say(READY, by=boris)
    boris.say(BREAK, by=boris)
    assert told(boris) == [] and len(told(head)) == 1


def test_an_absence_in_which_a_line_has_nobody_is_said_beforehand(anna: User, ilya: User, head: User) -> None:
    away(anna, 3, 9)
    assert told(head) == []
    away(ilya, 1, 2)
    assert told(head) == [], "they do not meet"
    second = away(ilya, 5, 7)
    (said,) = told(head)
    assert said.startswith("В линии «Первая линия» с ") and "отсутствует Илья Соколов" in said
    Notice.objects.all().delete()
    second.end_at(clock.now() + 8 * DAY, by=ilya)
    assert len(told(head)) == 1


def test_a_deputy_who_is_there_closes_the_gap_and_one_who_goes_away_opens_it(
    anna: User, ilya: User, vera: User, head: User
) -> None:
    away(anna, 3, 9, deputy=vera)
    away(ilya, 3, 9)
    assert told(head) == []
    Absence.objects.get(user=ilya).end(by=ilya)
    away(vera, 5, 6)
    Notice.objects.all().delete()
    away(ilya, 4, 9)
    (said,) = told(head)
    assert "Первая линия" in said


def test_who_counted_on_a_deputy_that_leaves_is_told(anna: User, ilya: User, boris: User, head: User) -> None:
    away(anna, 1, 5, deputy=ilya)
    ilya.deactivate(by=head)
    for one in (anna, boris):
        assert any(said.startswith("Илья Соколов больше не отвечает клиентам") for said in told(one))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["break", "absence"])
def test_RACE_4_of_two_who_go_at_once_the_second_is_the_last(crew: list[User], boris: User, how: str) -> None:
    """The first has not committed yet when the second goes: neither sees the other away, but for the held line."""
    gone, go_on = threading.Event(), threading.Event()
    first, second = crew
    if how == "absence":
        away(boris, 0.5, 3)

    def go(person: User) -> None:
        if how == "break":
            person.say(BREAK, by=person)
        else:
            away(person, 1, 2)

    def go_first() -> None:
        try:
            with transaction.atomic():
                go(first)
                gone.set()
                go_on.wait(10)
        finally:
            connection.close()

    def go_second() -> None:
        try:
            gone.wait(10)
            threading.Timer(0.3, go_on.set).start()
            go(second)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(go_first), pool.submit(go_second)]:
            each.result()
    assert Notice.objects.filter(text__contains="Первая линия").count() == 1


def test_what_is_said_leads_to_the_absences(crew: list[User], boris: User, client: Client) -> None:
    for one in crew:
        one.say(AWAY, by=one)
    client.force_login(boris)
    assert client.post(f"/notices/{Notice.objects.get(person=boris).pk}/")["Location"] == "/absences/"


def test_the_line_of_another_is_none_of_theirs(crew: list[User], vera: User, line_two: Team, head: User) -> None:
    vera.say(READY, by=vera)
    for one in crew:
        one.say(AWAY, by=one)
    assert not any("Вторая" in said for said in told(head))
