"""Of very many commitments an even part is drawn by the moments in which they began, and no more of them is read."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.sla import drawing, safe
from otklik.desk.sla.models import Clock, Kind
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
SPAN = timedelta(weeks=12)
FILLED = """
INSERT INTO sla_clock (ticket_id, team_id, priority, kind, started_at, within, paused, over, due_at, stopped_at)
SELECT %(ticket)s, CASE WHEN n %% %(each)s = 0 THEN %(other)s ELSE %(team)s END, 2, %(kind)s, at, 0, 0, 0, at,
    at + (1 + n %% 200) * interval '1 minute'
FROM generate_series(1, %(many)s) AS n,
    LATERAL (SELECT %(now)s::timestamptz - interval '84 days' * n / (%(many)s + 1.0) + n * interval '1 microsecond'
        AS at) AS one
"""
STORM = """
UPDATE sla_clock SET started_at = %(now)s::timestamptz - (%(now)s::timestamptz - started_at) / 42 + interval '7 seconds'
WHERE started_at < %(now)s::timestamptz - interval '42 days'
"""
type Fill = Callable[..., None]


@pytest.fixture
def fill(ticket: Ticket, line_one: Team, line_two: Team) -> Fill:
    """So many first answers that took 1 to 200 minutes, all day and night; every so-manieth of another line."""
    Clock.objects.all().delete()

    def make(many: int, each: int = 4, kind: Kind = Kind.FIRST) -> None:
        told: dict[str, Any] = {"ticket": ticket.pk, "team": line_one.pk, "other": line_two.pk, "kind": kind}
        with connection.cursor() as cursor:
            cursor.execute(FILLED, {**told, "many": many, "each": each, "now": NOW})
            cursor.execute("ANALYZE sla_clock")

    return make


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test can pass, each a tenth of what it is."""
    monkeypatch.setattr(drawing, "LOOK", 1000)
    monkeypatch.setattr(safe, "MOST", 100)
    monkeypatch.setattr(safe, "MOST_IN_ALL", 2000)
    monkeypatch.setattr(safe, "FEWEST", 10)


def drawn(apart: int) -> set[int]:
    some = drawing.drawn({Kind.FIRST: apart}, NOW - SPAN, NOW)
    return set(Clock.objects.filter(some).values_list("pk", flat=True))


def test_few_are_known_by_their_number_and_of_very_many_about_how_many(fill: Fill) -> None:
    fill(1000)
    assert drawing.many([Kind.FIRST], NOW - SPAN, NOW) == {}
    fill(20_000, kind=Kind.NEXT)
    found = drawing.many([Kind.FIRST, Kind.NEXT], NOW - SPAN, NOW)
    assert list(found) == [Kind.NEXT] and 10_000 < found[Kind.NEXT] < 40_000


def test_a_part_is_even_and_a_smaller_one_lies_within_it(fill: Fill) -> None:
    fill(20_000)
    assert drawn(1) == set(Clock.objects.values_list("pk", flat=True)), "one of one are all"
    fourth, sixteenth = drawn(4), drawn(16)
    assert sixteenth < fourth and 4500 < len(fourth) < 5500 and 1000 < len(sixteenth) < 1500
    hours = [at.hour for at in Clock.objects.filter(pk__in=fourth).values_list("started_at", flat=True)]
    apart = [hours.count(hour) for hour in range(24)]
    assert min(apart) > 100 and max(apart) < 320, "at any hour alike"


def test_each_slice_is_looked_up_and_never_held_against_all(fill: Fill) -> None:
    """However many the database takes them for: a join of all with all slices took 8 s of a page."""
    fill(1000)
    some = Clock.objects.filter(drawing.drawn({Kind.FIRST: 4}, NOW - SPAN, NOW))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL enable_mergejoin = off")
    assert "Hash Join" not in some.explain()


def test_a_storm_is_drawn_as_it_weighs(fill: Fill) -> None:
    """Half of them in the last two days: half of the part as well."""
    fill(10_000)
    with connection.cursor() as cursor:
        cursor.execute(STORM, {"now": NOW})
    late = NOW - timedelta(days=2)
    some = Clock.objects.filter(pk__in=drawn(8))
    share = some.filter(started_at__gte=late).count() / some.count()
    whole = Clock.objects.filter(started_at__gte=late).count() / Clock.objects.count()
    assert abs(share - whole) < 0.1


def test_the_answer_of_a_part_is_about_that_of_all_and_reads_little(fill: Fill) -> None:
    """180 minutes are kept by nine of ten; a part bears out a little less, never more."""
    fill(60_000)
    with clock.at(NOW), CaptureQueriesContext(connection) as queries:
        some = safe.cases(safe.recent(Kind.FIRST), kinds=[Kind.FIRST])[""]
    assert 40 <= len(some) <= 130
    assert len(queries) <= 6
    found = safe.safe(some, 0.9)
    assert found.seconds and 170 * 60 < found.seconds <= 210 * 60  # rounded up to what people say
    assert blocks_of(queries.captured_queries[0]["sql"]) < 5000, "the count of them"
    assert blocks_of(queries.captured_queries[1]["sql"]) < 5000, "slices, and not twelve weeks"


def test_of_a_small_line_more_is_looked_through_and_a_tiny_one_is_read(fill: Fill, line_two: Team) -> None:
    fill(20_000, each=20)
    with clock.at(NOW):
        recent = safe.recent(Kind.FIRST)
        part = safe.cases(recent.filter(team=line_two), kinds=[Kind.FIRST])[""]
        assert 40 <= len(part) <= 130, "one in twenty of two thousand"
        by_line = safe.cases(recent, F("team"), kinds=[Kind.FIRST])
        assert sorted(40 <= len(some) <= 130 for some in by_line.values()) == [True, True]
    Clock.objects.filter(team=line_two).exclude(
        pk__in=list(Clock.objects.filter(team=line_two).order_by("started_at").values_list("pk", flat=True)[:30])
    ).update(team=Team.objects.exclude(pk=line_two.pk).earliest("pk"))
    with clock.at(NOW):
        assert len(safe.cases(recent.filter(team=line_two), kinds=[Kind.FIRST])[""]) == 30, "all that there are"


def test_a_small_group_among_very_many_is_looked_up_itself(fill: Fill, line_one: Team, line_two: Team) -> None:
    """Of 66 a part holds some four, which bear out nothing; by itself the line is told a time, so beside others too."""
    fill(20_000, each=300)
    with clock.at(NOW), CaptureQueriesContext(connection) as queries:
        by_line = safe.cases(safe.recent(Kind.FIRST), F("team"), kinds=[Kind.FIRST])
    assert len(queries) <= 7
    small, large = (by_line[str(line.pk)] for line in (line_two, line_one))
    assert len(small) == 66 and 40 <= len(large) <= 130
    with clock.at(NOW):
        own = safe.cases(safe.recent(Kind.FIRST).filter(team=line_two), kinds=[Kind.FIRST])[""]
    assert safe.safe(small, 0.9) == safe.safe(own, 0.9) and safe.safe(small, 0.9).seconds


def test_kinds_are_told_together_and_each_by_its_number(fill: Fill) -> None:
    fill(50)
    fill(8000, kind=Kind.NEXT)
    with clock.at(NOW), CaptureQueriesContext(connection) as queries:
        found = safe.cases(safe.recent(*Kind), safe.KIND)
    assert len(found[Kind.FIRST]) == 50 and 40 <= len(found[Kind.NEXT]) <= 130
    assert len(queries) <= 7


def blocks_of(statement: str) -> int:
    """How many blocks of the database it reads."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement.replace("%", "%%"))
        [[told]] = cursor.fetchall()
    plan = told[0]["Plan"]
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])
