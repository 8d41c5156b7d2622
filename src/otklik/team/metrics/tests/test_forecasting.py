"""Hours of today and tomorrow from the readings of nine weeks: by line and together, kept for some minutes."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.core.calendar.models import CalendarException
from otklik.core.staff.models import Team
from otklik.team.metrics import forecasting
from otklik.team.metrics.days import midnight
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)
NOW = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def came(writes: Write, line_one: Team, line_two: Team) -> None:
    """Each day for five weeks two at 9 and four at 15 on the first line; for eight days one at 9 on the second."""
    ticket = writes()
    seen: Counter[Seen] = Counter()
    for back in range(35):
        for hour, times in ((9, 2), (15, 4)):
            seen[_opened(ticket.contact_id, line_one, TODAY - back * DAY, hour)] = times
    for back in range(1, 9):
        seen[_opened(ticket.contact_id, line_two, TODAY - back * DAY, 9)] = 1
    Reading.objects.replace({ticket.pk: seen})


def _opened(contact: int, team: Team, day: date, hour: int) -> Seen:
    at = midnight(day) + timedelta(hours=hour)
    return Seen(Measure.OPENED.value, at, 0, 0, team.pk, None, "email", None, None, None, contact, None)


def test_by_line_and_together(came: None, line_one: Team, line_two: Team) -> None:
    told = forecasting.expected([line_one.pk, line_two.pk], NOW)

    first, whole = told.of[line_one.pk], told.of[None]
    assert first["days"] == [6, 6] and (first["hours"][0][9], first["hours"][1][15]) == pytest.approx((2, 4))
    assert (first["day_wape"], first["days_lo"]) == (0, [6, 6])
    assert told.of[line_two.pk]["method"] is None, "eight days are not enough history"
    assert whole["method"] and 6 < whole["days"][0] < 8


def test_a_special_day_is_neither_learnt_nor_told(came: None, line_one: Team) -> None:
    for day in (TODAY - 7 * DAY, TODAY + DAY):
        CalendarException.objects.create(calendar=line_one.calendar, date=day)
    rows = Reading.objects.filter(measure=Measure.OPENED, at__date=TODAY - 7 * DAY)
    rows.delete()

    told = forecasting.expected([line_one.pk], NOW)
    assert told.of[line_one.pk]["days"][0] == 6, "the empty holiday is no Wednesday"
    assert told.free == {line_one.pk: [False, True], None: [False, True]}


def test_it_is_asked_once_in_some_minutes(came: None, line_one: Team, line_two: Team) -> None:
    lines = [line_one.pk, line_two.pk]
    with CaptureQueriesContext(connection) as asked:
        told = forecasting.expected(lines, NOW)
    assert len(asked) == 2
    with CaptureQueriesContext(connection) as asked:
        assert forecasting.expected(lines, NOW) is told
    assert not len(asked)
    assert forecasting.expected(lines, NOW + DAY) is not told, "another day is told anew"
    with timezone.override("Asia/Vladivostok"):
        assert forecasting.expected(lines, NOW) is not told, "hours are those of the reader"


def test_what_came_today(came: None, line_one: Team) -> None:
    found = forecasting.arrivals([line_one.pk], TODAY, TODAY + DAY)
    assert [(hour, n) for hour, n in enumerate(found[line_one.pk][TODAY]) if n] == [(9, 2), (15, 4)]


def test_nine_weeks_are_read_from_an_index(came: None, line_one: Team) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as asked:
        forecasting.arrivals([line_one.pk], TODAY - 63 * DAY, TODAY)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "reading_from_sides" in plan and "Seq Scan" not in plan, plan
