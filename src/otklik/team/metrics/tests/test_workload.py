"""What stands open, in days of work and by its oldest."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import standing, telling
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.once import read_once
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOW = START + 60 * DAY
WEEKDAYS = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def ask(name: str, *teams: Team) -> Figure:
    with clock.at(NOW):
        return layer.figure(asked(name, *teams))


def asked(name: str, *teams: Team) -> Question:
    return Question(METRICS[name], Scope(NOW - DAY, NOW + DAY, [team.pk for team in teams] or None))


def many(writes: Write, line: Team, times: int, *, by: User | None = None, days_ago: float = 3) -> None:
    """Requests of a line; with `by` they were solved on the same day."""
    made = set()
    for place in range(times):
        with clock.at(NOW - days_ago * DAY):
            ticket = writes(sender=f"{line.pk}.{by}.{days_ago}.{place}@volga.test")
        if by:
            with clock.at(NOW - days_ago * DAY + HOUR):
                ticket.reply("Готово", by=by, then=Resolve())
        made.add(ticket.pk)
    Ticket.objects.filter(pk__in=made).update(team=line)
    TicketFact.objects.count(made)


def test_the_oldest_is_told_of_however_few(writes: Write, line_one: Team, line_two: Team) -> None:
    assert (ask("age.max").value, ask("age.max").status) == (None, "undefined")
    for days in (2, 10, 5):
        many(writes, line_one, 1, days_ago=days)
    many(writes, line_two, 1, days_ago=40)

    one = ask("age.max", line_one)
    assert (one.n, one.value, one.status) == (3, 10 * 86_400, "ok")
    assert telling.shown(one) == telling.value(one.metric, 10 * 86_400)
    with clock.at(NOW):
        sides = layer.by_side(asked("age.max"), "line")
        first = standing.behind(asked("age.max", line_one)).first()
        earlier = layer.figure(Question(METRICS["age.max"], Scope(NOW - 9 * DAY, NOW - DAY)))
    assert {key: figure.value for key, figure in sides.items()} == {
        str(line_one.pk): 10 * 86_400,
        str(line_two.pk): 40 * 86_400,
    }
    assert first and first.at == NOW - 10 * DAY and earlier.value is None, "nobody knows how old they were then"


def test_days_of_work_are_what_stands_over_what_a_day_ends(
    writes: Write, line_one: Team, line_two: Team, anna: User, vera: User
) -> None:
    """V11.  The first line works on 28 days of four weeks, the second on 20: 14 and 10 solved are half a request a day
    each.  Six and four open ones are 12 and 8 days, together ten ones of one a day."""
    line_two.calendar = BusinessCalendar.objects.create(name="Будни", time_zone="UTC", weekly=WEEKDAYS)
    line_two.save()
    many(writes, line_one, 14, by=anna)
    many(writes, line_two, 10, by=vera)
    many(writes, line_one, 3, by=anna, days_ago=29)
    many(writes, line_one, 3, by=anna, days_ago=0.1)
    many(writes, line_one, 6)
    many(writes, line_two, 4)

    assert (ask("backlog.days", line_one).value, ask("backlog.days", line_one).n) == (12, 6)
    assert ask("backlog.days", line_two).value == 8
    whole = ask("backlog.days")
    assert (whole.value, whole.n, whole.status, telling.shown(whole)) == (10, 10, "ok", "10,0 раб. дн.")
    with clock.at(NOW):
        assert {key: one.value for key, one in layer.by_side(asked("backlog.days"), "line").items()} == {
            str(line_one.pk): 12,
            str(line_two.pk): 8,
        }
        assert layer.figure(asked("backlog.days").of("line", str(line_two.pk))).value == 8
        earlier = Question(METRICS["backlog.days"], Scope(NOW - 9 * DAY, NOW - DAY))
        assert layer.figure(earlier).value is None and layer.by_side(earlier, "line") == {}


def test_of_hardly_anything_solved_nothing_is_said(writes: Write, line_one: Team, anna: User) -> None:
    many(writes, line_one, 9)
    many(writes, line_one, 4, by=anna)
    assert (ask("backlog.days").value, ask("backlog.days").status) == (None, "undefined")

    many(writes, line_one, 1, by=anna, days_ago=4)
    assert ask("backlog.days").value == pytest.approx(9 / (5 / 28))


@pytest.mark.parametrize("only", [{}, {"agent": "anna"}])
def test_what_stood_at_the_end_of_each_day_is_counted_from_ranges_and_from_a_side_alike(
    writes: Write, line_one: Team, line_two: Team, anna: User, only: dict[str, str]
) -> None:
    for days in (0.1, 1, 1.7, 3, 9.49, 9.51, 30):
        many(writes, line_one, 1, days_ago=days)
        many(writes, line_one, 2, by=anna, days_ago=days)
    many(writes, line_two, 3, days_ago=5)
    Ticket.objects.exclude(ended_at=None).update(ended_at=F("ended_at") + 2 * DAY)
    Ticket.objects.filter(team=line_one).update(owner=anna)
    narrowed = {"agent": str(anna.pk)} if only else {}
    rows = list(Ticket.objects.filter(team=line_one).values_list("opened_at", "ended_at"))
    with clock.at(NOW + 3 * DAY):
        now, was = (
            Question(METRICS["backlog"], Scope(midnight(today() - first * DAY), end, [line_one.pk]), narrowed)
            for first, end in ((10, clock.now() + DAY), (20, midnight(today() - 10 * DAY)))
        )
        with CaptureQueriesContext(connection) as apart:
            days_was, days_now, figure = standing.by_day(was), standing.by_day(now), layer.figure(was)
        with read_once(), CaptureQueriesContext(connection) as together:
            assert (days_was, days_now, figure) == (standing.by_day(was), standing.by_day(now), layer.figure(was))
        ends = {day: midnight(day + DAY) for days in (days_was, days_now) for day in days if day < today()}
    walks = 8 if only else 9  # how many of one side stood open before is one walk, of a line a count for each end
    assert len(ends) == 20 and (len(apart), len(together)) == (walks, 3), "an earlier period holds the later one's days"
    for day, end in ends.items():
        stood = sum(opened < end and (ended is None or ended >= end) for opened, ended in rows)
        assert (days_was | days_now)[day].n == stood, day
    assert figure.n == days_was[max(days_was)].n


def test_nothing_stood_where_nobody_has_a_line_and_in_days_to_come(writes: Write, line_one: Team) -> None:
    many(writes, line_one, 1)
    with clock.at(NOW):
        nobody = standing.by_day(Question(METRICS["backlog"], Scope(NOW - 9 * DAY, NOW + DAY, [])))
        later = standing.by_day(Question(METRICS["backlog"], Scope(midnight(today() + DAY), NOW + 9 * DAY)))
    assert {one.n for one in nobody.values()} == {0} and later == {}
