"""What may be promised: nothing unchecked, nothing red, nothing above what was measured without a word why."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.sla.models import ServiceClass, State, Version
from otklik.desk.sla.worsening import first_day, worsenings
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Priority
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def found_green(version: Version) -> Version:
    version.found, version.checked_at = {"colour": "green", "above_measured": False}, clock.now()
    version.save()
    return version


def in_force_at(version: Version, moment: datetime | None) -> list[int]:
    assert moment
    return list(version.service_class.versions.in_force(moment).values_list("number", flat=True))


@pytest.fixture
def draft(db: None) -> Version:
    return Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)


def test_a_version_goes_its_way_and_never_back(draft: Version, admin: User, anna: User) -> None:
    assert draft.state.value == "draft"
    with pytest.raises(Conflict):
        draft.put_in_force(by=admin)
    draft.check_capacity()
    assert draft.found and draft.checked_at
    with pytest.raises(Invalid) as refused:
        draft.put_in_force(by=admin)
    assert refused.value.field == "accepted"
    with pytest.raises(Invalid) as refused:
        draft.put_in_force(by=admin, accepted="начинаем с малого")
    assert refused.value.field == "override"
    draft.put_in_force(by=admin, accepted="начинаем с малого", override="ещё нечего мерить")

    assert draft.state == State.IN_FORCE
    for late in (lambda: draft.put_in_force(by=admin), draft.check_capacity, lambda: draft.change({})):
        with pytest.raises(Conflict):
            late()


def test_other_times_have_to_be_checked_again(draft: Version) -> None:
    draft.check_capacity()
    draft.change({Priority.NORMAL: (timedelta(minutes=5), timedelta(minutes=5), timedelta(hours=1))})

    assert draft.state == State.DRAFT and draft.found is None


def test_the_next_version_ends_the_one_before_it_at_its_own_moment(draft: Version, admin: User) -> None:
    found_green(draft).put_in_force(by=admin)
    following = draft.service_class.begin_version(by=admin)
    assert following.pk != draft.pk and draft.service_class.begin_version(by=admin).pk == following.pk
    assert [target.times for target in following.targets.all()] == [target.times for target in draft.targets.all()]
    month = clock.now() + timedelta(days=30)
    found_green(following).put_in_force(by=admin, at=month)
    draft.refresh_from_db()

    assert (draft.state, following.state) == (State.IN_FORCE, State.COMING)
    with clock.at(month):
        assert (draft.state, following.state) == (State.RETIRED, State.IN_FORCE)
        assert draft.service_class.in_force() == following


def test_one_version_is_in_force_though_another_one_was_announced(draft: Version, admin: User) -> None:
    now, month = clock.now(), clock.now() + timedelta(days=30)
    found_green(draft).put_in_force(by=admin)
    announced = found_green(draft.service_class.begin_version(by=admin))
    announced.put_in_force(by=admin, at=month)
    third = found_green(draft.service_class.begin_version(by=admin))
    third.put_in_force(by=admin)
    announced.refresh_from_db()

    assert announced.state == State.RETIRED
    assert [in_force_at(draft, moment) for moment in (now, third.valid_from, month)] == [[], [3], [3]]


def test_whoever_withdraws_a_class_withdraws_what_was_announced_too(draft: Version, admin: User) -> None:
    month = clock.now() + timedelta(days=30)
    found_green(draft).put_in_force(by=admin)
    found_green(draft.service_class.begin_version(by=admin)).put_in_force(by=admin, at=month)
    draft.service_class.withdraw()

    assert [in_force_at(draft, moment) for moment in (clock.now(), month, month + timedelta(days=1))] == [[], [], []]


def test_what_has_been_promised_meanwhile_is_not_changed_by_an_older_copy(draft: Version, admin: User) -> None:
    older, unchecked = (Version.objects.get(pk=draft.pk) for _ in range(2))
    found_green(draft)
    checked = Version.objects.get(pk=draft.pk)
    draft.change({}, share=95)
    for stale in (checked, unchecked):
        with pytest.raises(Conflict):
            stale.put_in_force(by=admin)
    found_green(draft).put_in_force(by=admin)

    with pytest.raises(Conflict):
        older.change({}, share=50)
    draft.refresh_from_db()
    assert (draft.share, draft.state) == (95, State.IN_FORCE)


@pytest.mark.django_db(transaction=True)
def test_RACE_of_two_who_promise_at_once_one_version_is_in_force(draft: Version, admin: User) -> None:
    """The one is put in force while the other is changed, and both by two people: never two, never an unchecked one."""
    found_green(draft).put_in_force(by=admin)
    following = found_green(draft.service_class.begin_version(by=admin))
    start = Barrier(3)

    def together(act: Callable[[Version], None]) -> bool:
        version = Version.objects.get(pk=following.pk)
        try:
            start.wait()
            act(version)
        except Conflict:
            return False
        finally:
            connections.close_all()
        return True

    acts = [lambda one: one.put_in_force(by=admin)] * 2 + [lambda one: one.change({}, share=99)]
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(together, acts))

    following.refresh_from_db()
    assert done in ([False, False, True], [True, False, False], [False, True, False])
    assert following.share == (99 if done[2] else 90)
    assert in_force_at(draft, clock.now()) == [1 if done[2] else 2]


def test_what_two_things_stand_against_is_not_promised(draft: Version, writes: Write, anna: User, admin: User) -> None:
    """One person in the line, and of ten first answers none came within the minute that is promised now."""
    draft.change(dict.fromkeys(Priority, (timedelta(minutes=1), timedelta(minutes=1), timedelta(minutes=1))))
    for number in range(10):
        ticket = writes(external_id=f"<{number}@volga.test>")
        with clock.at(ticket.opened_at + timedelta(minutes=30)):
            ticket.reply("Готово", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(hours=1)):
        draft.check_capacity()

    assert draft.found and draft.found["colour"] == "red"
    assert draft.found["kept"]["first_answer"] == [0, 10]
    with pytest.raises(Conflict):
        draft.put_in_force(by=admin, accepted="очень надо", override="очень надо")


def test_the_check_asks_indexes_and_no_whole_table(draft: Version, writes: Write) -> None:
    """Somebody waits for the answer in a request."""
    writes()
    with CaptureQueriesContext(connection) as said:
        draft.check_capacity()
    plans = ""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for query in said.captured_queries:
            if query["sql"].startswith("SELECT") and ("sla_clock" in query["sql"] or "tickets_ticket" in query["sql"]):
                cursor.execute(f"EXPLAIN {query['sql']}")
                plans += "\n".join(line for (line,) in cursor.fetchall())

    assert not re.search("Seq Scan on (sla_clock|tickets_ticket)", plans)
    assert plans.count("clock_newest") == 3 and "ticket_opened" in plans and "ticket_ended" in plans


def test_a_share_that_was_measured_needs_no_word_why(draft: Version, writes: Write, anna: User, ilya: User) -> None:
    draft.change({}, share=80, suppliers_fit=True)
    for number in range(40):
        writes(external_id=f"<{number}@volga.test>").reply("Готово", by=anna, then=Resolve())
    draft.check_capacity()

    assert draft.found
    assert draft.found["kept"] == {"first_answer": [40, 40], "next_answer": [0, 0], "resolution": [40, 40]}
    assert (draft.found["colour"], draft.found["above_measured"]) == ("amber", False)  # how busy people are is unknown


def test_what_is_published_becomes_worse_a_month_after_it_was_said(draft: Version, admin: User) -> None:
    found_green(draft).put_in_force(by=admin)
    draft.service_class.publish(True)
    better = found_green(draft.service_class.begin_version(by=admin))
    better.change({Priority.NORMAL: (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=8))}, share=95)
    found_green(better).put_in_force(by=admin)

    worse = draft.service_class.begin_version(by=admin)
    worse.change({Priority.NORMAL: (timedelta(minutes=31), timedelta(hours=1), timedelta(hours=8))}, share=90)
    found_green(worse)
    assert [str(one) for one in worsenings(worse)] == ["первый ответ", "соблюдается реже"]
    now, month = clock.now(), timedelta(days=30)
    with clock.at(now):
        for sooner in (None, now + month - timedelta(seconds=1)):
            with pytest.raises(Invalid) as refused:
                worse.put_in_force(by=admin, at=sooner)
            assert refused.value.field == "valid_from"
        worse.put_in_force(by=admin, at=now + month)
        assert worse.state == State.COMING and first_day() > (now + month).date()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, []),
        ({"update_every": None}, ["сообщение о ходе работ"]),
        ({"update_every": timedelta(hours=5)}, ["сообщение о ходе работ"]),
        ({"update_every": timedelta(hours=3), "share": 99}, []),
        ({"pause_limit": timedelta(hours=90)}, ["дольше паузы"]),
        ({"calendar": "another"}, ["другие рабочие часы"]),
    ],
)
def test_each_point_that_becomes_worse_is_said(
    draft: Version, admin: User, calendar: BusinessCalendar, changed: dict[str, Any], said: list[str]
) -> None:
    draft.change({}, update_every=timedelta(hours=4), calendar=calendar)
    found_green(draft).put_in_force(by=admin)
    following = draft.service_class.begin_version(by=admin)
    other = BusinessCalendar.objects.create(name="Another", is_default=False)
    following.change({}, **{name: other if value == "another" else value for name, value in changed.items()})

    assert [str(one) for one in worsenings(following)] == said


def test_what_nobody_can_read_changes_at_once(draft: Version, admin: User) -> None:
    found_green(draft).put_in_force(by=admin)
    worse = draft.service_class.begin_version(by=admin)
    worse.change({}, share=10)
    found_green(worse).put_in_force(by=admin)

    assert worse.state == State.IN_FORCE


def _worse_now(draft: Version, admin: User, at: datetime | None = None) -> Version:
    worse = draft.service_class.begin_version(by=admin)
    worse.change({}, share=10)
    found_green(worse).put_in_force(by=admin, at=at)
    return worse


@pytest.mark.parametrize("way", ["withdrawn", "taken back", "never published"])
def test_a_months_notice_is_not_stepped_over(draft: Version, admin: User, way: str) -> None:
    """Not by a withdrawal, nor by taking the page back for a moment, nor by publishing what worsens tomorrow."""
    found_green(draft).put_in_force(by=admin)
    vip, now = draft.service_class, clock.now()
    vip.publish(way != "never published")
    with clock.at(now + timedelta(hours=1)):
        if way == "withdrawn":
            vip.withdraw()
            assert vip.published_at is None, "nobody is promised it, so nobody reads it"
        vip.publish(False)
        worse = _worse_now(draft, admin, now + timedelta(days=1) if way == "never published" else None)
        with pytest.raises(Conflict):
            vip.publish(True)
        assert ServiceClass.objects.get().published_at is None
    assert worse.valid_from
    with clock.at(worse.valid_from + timedelta(days=29)), pytest.raises(Conflict):
        vip.publish(True)
    with clock.at(worse.valid_from + timedelta(days=30)):
        vip.publish(True)
    assert vip.published_at


def test_what_was_never_better_is_published_at_once(draft: Version, admin: User) -> None:
    vip = draft.service_class
    found_green(draft).put_in_force(by=admin)
    _worse_now(draft, admin, clock.now() + timedelta(days=31))
    vip.publish(True)
    vip.withdraw()
    found_green(draft.copied(by=admin)).put_in_force(by=admin)
    vip.publish(True)

    assert vip.published_at


def test_a_withdrawn_class_is_compared_with_what_it_promised_last(draft: Version, admin: User) -> None:
    found_green(draft).put_in_force(by=admin)
    with clock.at(clock.now() + timedelta(hours=1)):
        draft.service_class.withdraw()
        following = draft.service_class.begin_version(by=admin)
        following.change({}, share=10)
        assert [str(one) for one in worsenings(following)] == ["соблюдается реже"]
