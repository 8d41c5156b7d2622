"""Hours of today and tomorrow from the readings of nine weeks: by line and together, kept for some minutes."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.core.calendar.models import CalendarException
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.metrics import forecasting
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.speaking import IN_TIME, SHORT
from otklik.team.metrics.told_below import ERRORS
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


def test_each_channel_has_its_own_and_calls_are_those_of_the_telephone(
    came: None, writes: Write, line_one: Team, line_two: Team
) -> None:
    contact = writes("ещё", sender="ivan@x.test").contact_id
    call = Seen(Measure.WAIT.value, NOW, IN_TIME, 0, line_one.pk, None, "phone", None, None, None, contact, None)
    opened = _opened(contact, line_one, TODAY, 10)._replace(channel="phone")
    seen: Counter[Seen] = Counter()
    for back in range(1, 30):
        seen[call._replace(at=midnight(TODAY - back * DAY) + timedelta(hours=11))] = 3
        seen[call._replace(at=midnight(TODAY - back * DAY) + timedelta(hours=11), kind=SHORT)] = 5
        seen[opened._replace(at=midnight(TODAY - back * DAY) + timedelta(hours=11))] = 2
    Reading.objects.replace({writes("и ещё", sender="olga@x.test").pk: seen})
    lines = [line_one.pk, line_two.pk]

    told = forecasting.by_channel(lines, NOW)
    assert set(told) == {"email", "phone"}
    assert told["phone"]["days"] == [3, 3] and told["phone"]["hours"][0][11] == pytest.approx(3)
    assert 6 <= told["email"]["days"][0] < 8, "requests of calls are told as calls"
    with CaptureQueriesContext(connection) as again:
        forecasting.by_channel(lines, NOW)
    assert not again.captured_queries, "kept for some minutes"


def test_the_layer_tells_the_error_of_all_lines_and_of_each(
    came: None, line_one: Team, line_two: Team, head: User, vera: User
) -> None:
    """On the last day of the tries twice as much came as was told."""
    one = Reading.objects.filter(measure=Measure.OPENED, team_id=line_one.pk, at__date=TODAY - 7 * DAY)
    assert one.delete()[0] == 6
    with clock.at(NOW):
        scope = Scope.visible_to(head, midnight(TODAY - 27 * DAY), midnight(TODAY + DAY))
        told = forecasting.expected([line_one.pk, line_two.pk], NOW).of
        figures = {name: layer.figure(Question(METRICS[name], scope)) for name in ERRORS}
        lines = layer.by_side(Question(METRICS["forecast.wape"], scope), "line")
        only = layer.figure(Question(METRICS["forecast.bias"], scope, {"line": str(line_one.pk)}))
        of_line = layer.figure(Question(METRICS["forecast.bias"], scope.of_team(line_one.pk)))
        before = layer.figure(Question(METRICS["forecast.wape"], scope.before()))
        other = Question(METRICS["forecast.wape"], Scope.visible_to(vera, scope.start, scope.end))
        hers = layer.figure(other)
    whole, first = told[None], told[line_one.pk]
    assert figures["forecast.wape"].value == whole["day_wape"] and whole["day_wape"]
    assert figures["forecast.wape.hour"].value == whole["hour_wape"]
    assert figures["forecast.bias"].value == whole["day_bias"]
    assert figures["forecast.mase"].value == whole["day_mase"]
    assert figures["forecast.wape"].n == whole["came"] > 100 and figures["forecast.wape"].status == "ok"
    assert {key: one.value for key, one in lines.items()} == {str(line_one.pk): first["day_wape"]}
    assert only.value == of_line.value == first["day_bias"]
    assert before.value is None, "nobody told it then"
    assert hers.value is None, "eight days of her line are not enough"


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_to_ask_for_a_line_shows_no_line_of_others(
    came: None, line_one: Team, vera: User, head: User, name: str
) -> None:
    """Nor is anything reckoned of a number that somebody made up: it would push out what readers wait for."""
    assert vera.team_ids and line_one.pk not in vera.team_ids
    with clock.at(NOW):
        hers, all_lines = (
            Scope.visible_to(one, midnight(TODAY - 27 * DAY), midnight(TODAY + DAY)) for one in (vera, head)
        )
        foreign = layer.figure(Question(METRICS[name], hers, {"line": str(line_one.pk)}))
        layer.figure(Question(METRICS[name], all_lines))
        kept = len(forecasting._remembered._kept)
        vain = [layer.figure(Question(METRICS[name], all_lines, {"line": str(10**6 + step)})) for step in range(9)]
        known = layer.figure(Question(METRICS["forecast.wape"], all_lines, {"line": str(line_one.pk)}))
    assert known.n, "there is something to tell"
    assert (foreign.n, foreign.value, foreign.lo) == (0, None, None)
    assert {(one.n, one.value) for one in vain} == {(0, None)}
    assert len(forecasting._remembered._kept) <= kept + 2, "the made-up ones share one place"


def test_the_layer_tells_the_error_by_the_days_of_the_house(came: None, head: User, line_one: Team) -> None:
    """Whoever looks: of days cut elsewhere the counts are others."""
    afternoon = midnight(TODAY - 7 * DAY) + timedelta(hours=15)
    assert Reading.objects.filter(at=afternoon).update(at=afternoon + timedelta(hours=8)), "the next day in the east"
    with clock.at(NOW):
        asked = Question(METRICS["forecast.wape"], Scope.visible_to(head, midnight(TODAY), midnight(TODAY + DAY)))
        here = layer.figure(asked)
        with timezone.override("Asia/Vladivostok"):
            drawn = forecasting.expected(list(Team.objects.active().values_list("pk", flat=True)), NOW).of[None]
            elsewhere = layer.figure(asked)
    assert here.value == elsewhere.value != drawn["day_wape"]
