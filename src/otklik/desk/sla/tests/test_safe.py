"""METRICS C1: the time that may be promised is read from commitments, paused time left out and open ones not hidden."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Model
from django.test.utils import CaptureQueriesContext

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.conversations.models import Conversation
from otklik.desk.sla.models import Clock, Kind, Version
from otklik.desk.sla.safe import MOST, Safe, advice, cases, counted, recent, safe
from otklik.desk.sla.tests.conftest import InForce
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
type Commit = Callable[..., list[Clock]]


@pytest.fixture
def commit(ticket: Ticket, line_one: Team) -> Iterator[Commit]:
    """`commit([5, 7], open_for=[90], version=…)`: first answers that took, or have lasted, so many minutes by now."""
    Clock.objects.all().delete()
    tick = iter(range(1, 10_000))

    def make(
        took: Sequence[float] = (),
        open_for: Sequence[float] = (),
        version: Version | None = None,
        kind: Kind = Kind.FIRST,
        **told: float,
    ) -> list[Clock]:
        rows = []
        for minutes, is_open in [*((one, False) for one in took), *((one, True) for one in open_for)]:
            apart = timedelta(microseconds=next(tick))
            begun = NOW - minutes * MINUTE - (timedelta() if is_open else 7 * 24 * 60 * MINUTE) - apart
            rows.append(
                Clock(
                    ticket=ticket,
                    version=version,
                    team=line_one,
                    kind=kind,
                    started_at=begun,
                    due_at=begun,
                    stopped_at=None if is_open else begun + minutes * MINUTE,
                    **told,
                )
            )
        return Clock.objects.bulk_create(rows)

    with clock.at(NOW):
        yield make


def found() -> Safe:
    return safe(cases(recent(Kind.FIRST)).get("", ()), 0.9)


def test_C1_of_200_the_188th_rounded_up(commit: Commit) -> None:
    commit([float(minute) for minute in range(1, 201)])

    assert found() == Safe(200, 3 * 3600 + 1800)  # 188 minutes are 3 h 08 min


def test_fewer_than_29_bear_nothing_out(commit: Commit) -> None:
    commit([5.0] * 28)
    assert found() == Safe(28, None)
    commit([5.0])
    assert found() == Safe(29, 300)


def test_one_that_waits_longer_counts_as_longer_and_one_that_has_just_come_says_nothing(commit: Commit) -> None:
    done = commit([5.0] * 60)
    [young] = commit(open_for=[3])
    assert found() == Safe(60, 300)
    assert young.pk not in counted(cases(recent(Kind.FIRST))[""], 0.9)
    [old] = commit(kind=Kind.NEXT, open_for=[400])
    Clock.objects.filter(pk=old.pk).update(kind=Kind.FIRST, dropped_at=NOW)
    assert found() == Safe(60, 300), "nobody waits for it any more"
    Clock.objects.filter(pk=young.pk).update(started_at=NOW - 500 * MINUTE)
    Clock.objects.filter(pk__in=[one.pk for one in done[:31]]).update(dropped_at=NOW)
    assert found() == Safe(30, None, is_held_up=True)
    assert len(counted(cases(recent(Kind.FIRST))[""], 0.9)) == 30


def test_waiting_for_the_client_is_no_time_of_ours(commit: Commit) -> None:
    commit([65.0] * 40, paused=3000.0, over=300.0)  # 65 − 50 − 5

    assert found() == Safe(40, 600)


def test_what_pauses_now_has_not_lasted_meanwhile(commit: Commit) -> None:
    [one] = commit(open_for=[100])
    Clock.objects.filter(pk=one.pk).update(paused_from=NOW - 90 * MINUTE, paused=120.0)

    assert [case.seconds for case in cases(recent(Kind.FIRST))[""]] == [pytest.approx(8 * 60, abs=1)]


def test_what_began_before_the_twelve_weeks_is_over(commit: Commit) -> None:
    commit([5.0] * 40)
    Clock.objects.update(started_at=F("started_at") - timedelta(weeks=12))

    assert found() == Safe(0, None)


def test_a_class_is_told_its_own_and_where_it_has_too_few_what_all_bear_out(commit: Commit, in_force: InForce) -> None:
    vip, other = in_force("VIP"), in_force("Basic", rank=50)
    commit([9.0] * 40, version=vip)
    commit([30.0] * 40, version=other)
    commit([20.0] * 5, version=vip, kind=Kind.NEXT)

    told = {one.kind: (one.found, one.is_of_all) for one in advice(vip)}
    assert told == {
        Kind.FIRST: (Safe(40, 540), False),
        Kind.NEXT: (Safe(5, None), True),
        Kind.RESOLUTION: (Safe(0, None), True),
    }
    new = in_force("New", rank=60, update=60)
    first, _following, update, _solution = advice(new)
    assert (first.found, first.is_of_all, update.kind) == (Safe(80, 1800), True, Kind.UPDATE)


def test_the_hours_are_those_of_the_version(commit: Commit, in_force: InForce) -> None:
    """By the line's clock seven days of waiting; of them the calendar of the class is open for ten minutes a day."""
    short = {day: [["09:00", "09:10"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    version = in_force(calendar=BusinessCalendar.objects.create(name="Short", time_zone="UTC", weekly=short))
    commit([7 * 24 * 60.0] * 40)

    assert next(advice(version)).found == Safe(40, 5400)


def test_nobody_is_told_to_promise_all(commit: Commit) -> None:
    commit([5.0] * 40)

    assert safe(cases(recent(Kind.FIRST))[""], 1.0) == Safe(40, None)


def test_it_costs_three_statements_whatever_the_groups_and_looks_at_so_many(
    commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit([float(minute) for minute in range(1, 1001)])
    cases(recent(Kind.FIRST))
    with CaptureQueriesContext(connection) as queries:
        assert len(cases(recent(Kind.FIRST), F("team"))) == 1
    assert len(queries) == 3 and MOST == 1000, "whether they are very many, how many of each, and these"
    assert not any("OVER (" in one["sql"] or "ORDER BY" in one["sql"] for one in queries.captured_queries[1:])
    monkeypatch.setattr("otklik.desk.sla.safe.MOST", 300)
    drawn = cases(recent(Kind.FIRST), F("team")).popitem()[1]
    assert 150 < len(drawn) < 350
    assert [one.clock for one in drawn] == [one.clock for one in cases(recent(Kind.FIRST), F("team")).popitem()[1]]
    monkeypatch.setattr("otklik.desk.sla.safe.MOST_IN_ALL", 100)
    assert len(cases(recent(Kind.FIRST), F("team")).popitem()[1]) < 150


def copies(ticket: Ticket, how_many: int) -> list[Ticket]:
    """Of one request a single commitment of a kind is open."""
    talks = Conversation.objects.bulk_create(Conversation(**told(ticket.conversation)) for _copy in range(how_many))
    return Ticket.objects.bulk_create(Ticket(**told(ticket), conversation=talk) for talk in talks)


def told(row: Model) -> dict[str, Any]:
    """What another row may hold as well."""
    same = [one.attname for one in row._meta.concrete_fields if not one.unique and not one.generated]
    return {name: getattr(row, name) for name in same}


def test_a_line_that_solves_in_days_is_told_days_however_many_come(ticket: Ticket, line_one: Team) -> None:
    """60 a day for 12 weeks, solved after 5 days in the mean: nine of ten within 11.5 days and no sooner."""
    always = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    calendar = BusinessCalendar.objects.create(name="At any hour", time_zone="UTC", weekly=always)
    chance, day, rows = Random(7), timedelta(days=1), []
    several = cycle(copies(ticket, 60 * 84 // 5))
    for number in range(60 * 84):
        begun, took, whose = NOW - (84 - number / 60) * day, min(16, chance.expovariate(1 / 5)) * day, next(several)
        for kind in (Kind.RESOLUTION, Kind.FIRST):  # their numbers alternate
            done = begun + took if begun + took <= NOW else None
            row = Clock(ticket=whose, team=line_one, kind=kind, started_at=begun, due_at=begun, stopped_at=done)
            rows.append(row)
    Clock.objects.all().delete()
    Clock.objects.bulk_create(rows, batch_size=2000)
    with clock.at(NOW):
        for kind in (Kind.RESOLUTION, Kind.FIRST):
            answer = safe(cases(recent(kind), calendar=calendar)[""], 0.9)
            assert answer.seconds and 11.0 < answer.seconds / day.total_seconds() < 14.5


def test_of_what_began_lately_the_quick_ones_say_no_more_than_the_slow_ones(commit: Commit, ticket: Ticket) -> None:
    """Fifty of an hour long ago; of this hour the fifty that took a minute, and fifty that are open."""
    commit([60.0] * 50)
    fresh, lately = commit([1.0] * 50), (7 * 24 * 60 - 19) * MINUTE
    Clock.objects.filter(pk__in=[one.pk for one in fresh]).update(
        started_at=F("started_at") + lately, stopped_at=F("stopped_at") + lately
    )
    old = commit([19.0] * 50)
    for one, whose in zip(old, copies(ticket, 50), strict=True):
        one.ticket, one.started_at, one.stopped_at = whose, NOW - 19 * MINUTE, None
    Clock.objects.bulk_update(old, ["ticket", "started_at", "stopped_at"])

    assert found() == Safe(50, 3600)
    assert len(counted(cases(recent(Kind.FIRST))[""], 0.9)) == 50
