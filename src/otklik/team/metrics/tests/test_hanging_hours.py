"""Each hour in which a request hangs is counted for its line and its owner of that moment (METRICS V20)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import HangingHour, HungHours, Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import together
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.rolling import rolling
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

TEN = datetime(2026, 6, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEK = Scope(midnight(date(2026, 5, 29)), midnight(date(2026, 6, 5)))
asked = Question(METRICS["hanging_hours"], WEEK)


def look(hour: float) -> int | None:
    with clock.at(TEN + hour * HOUR):
        return HungHours.objects.log()


@pytest.fixture
def hanging(writes: Write, anna: User) -> list[Ticket]:
    """One of Anna's and one that nobody has, past their moments since half past ten; a third has time."""
    tickets = []
    for number in range(3):
        with clock.at(TEN - HOUR):
            ticket = writes(f"Вопрос {number}", sender=f"c{number}@volga.test", external_id=f"<{number}>")
            if number == 0:
                ticket.take(by=anna)
        due = TEN + (HOUR / 2 if number < 2 else 1000 * HOUR)
        free = None if number == 0 else TEN + 1000 * HOUR
        Ticket.objects.filter(pk=ticket.pk).update(due_at=due, inform_by=None, take_by=free)
        ticket.refresh_from_db()
        tickets.append(ticket)
    return tickets


def test_hours_are_those_of_whoever_had_it(hanging: list[Ticket], anna: User, ilya: User) -> None:
    assert [look(0), look(1), look(2)] == [0, 2, 2]
    with clock.at(TEN + 2.5 * HOUR):
        hanging[0].assign(ilya, by=anna)
    assert look(3.2) == 2 and look(3.9) is None, "an hour is counted once"
    with clock.at(TEN + 3.95 * HOUR):
        hanging[0].refresh_from_db()
        hanging[0].reply("Готово", by=ilya, then=Resolve())
    assert look(4) == 1
    count_facts()

    whole = layer.figure(asked)
    assert (whole.value, whole.status) == (7 * 3600, "ok"), "2 + 2 + 2 + 1"
    people = layer.by_side(asked, "agent")
    assert {key: one.value for key, one in people.items()} == {str(anna.pk): 2 * 3600, str(ilya.pk): 3600}
    assert {one.value for one in layer.by_side(asked, "line").values()} == {7 * 3600}
    behind = layer.behind(asked).order_by("ticket_id", "at").values_list("ticket_id", "value")
    hour = 3_600_000_000
    assert list(behind) == [(hanging[0].pk, 2 * hour), (hanging[0].pk, hour), (hanging[1].pk, 4 * hour)]


def test_a_day_is_one_row_and_the_next_one_another(hanging: list[Ticket]) -> None:
    """Ten in London is one in the afternoon in Moscow: its day ends at nine in the evening."""
    assert [look(hour) for hour in (9, 10, 11, 12)] == [2] * 4
    count_facts()

    assert [one.value for one in layer.by_day(asked).values()] == [4 * 3600] * 2, (
        "two hours before midnight, two after, of two requests"
    )
    assert HungHours.objects.filter(ticket=hanging[0]).count() == 2


def test_the_hour_alone_has_it_counted(hanging: list[Ticket]) -> None:
    """Nothing happens to the requests, and the figure grows all the same."""
    count_facts()
    look(1)
    told = Entry.objects.get(kind="tickets.HangingLogged")
    assert told.data["hanging"] == 2
    count_facts()
    assert layer.figure(asked).value == 2 * 3600
    look(2)
    count_facts()
    assert layer.figure(asked).value == 4 * 3600


def test_an_hour_reads_nothing_but_hours(hanging: list[Ticket], anna: User) -> None:
    """However many hang each hour, their stories are not read again; what does not count has no hours."""
    look(1)
    count_facts()
    TicketFact.objects.filter(ticket=hanging[1]).update(excluded="list")
    look(2)
    with CaptureQueriesContext(connection) as statements:
        count_facts()

    told = " ".join(one["sql"] for one in statements)
    assert "tickets_hunghours" in told
    assert not [name for name in ("surveys_", "tickets_promise", "calls_", "routing_pick") if name in told]
    rows = layer.behind(asked).order_by("ticket_id").values_list("ticket_id", "value")
    hour = 3_600_000_000
    assert list(rows) == [(hanging[0].pk, 2 * hour), (hanging[1].pk, hour)], "as it was: it is counted no more"
    TicketFact.objects.filter(ticket=hanging[1]).update(excluded="")
    TicketFact.objects.count({hanging[0].pk})
    assert list(rows) == [(hanging[0].pk, 2 * hour), (hanging[1].pk, hour)], "the whole story says the same"


def test_a_day_without_a_look_is_unknown_between_two_with_one(ticket: Ticket) -> None:
    for days in (0, 2):
        HangingHour.objects.create(at=TEN + timedelta(days=days))
    with clock.at(TEN + timedelta(days=3)):
        course = layer.course(asked)

    assert [None if one is None else one.value for _day, one in course] == [None] * 3 + [0, None, 0, None]


def test_windows_say_what_one_figure_says(hanging: list[Ticket]) -> None:
    """Of two days where somebody looked and nothing hung: no hours; where nobody did, nobody knows."""
    HangingHour.objects.create(at=TEN - timedelta(days=2))
    look(1)
    count_facts()

    with clock.at(WEEK.end):
        windows = rolling(asked, 2)
    told = [windows[day].value for day in WEEK.days()]
    assert told == [None, 0, 0, 2 * 3600, 2 * 3600, None, None]
    for number, value in enumerate(told):
        end = WEEK.start + timedelta(days=number + 1)
        assert layer.figure(Question(asked.metric, Scope(end - timedelta(days=2), end))).value == value


def test_nothing_is_zero_only_where_somebody_looked(ticket: Ticket, line_one: Team) -> None:
    assert (layer.figure(asked).value, layer.figure(asked).status) == (None, "undefined")
    assert together.figures([asked])[0].value is None
    HangingHour.objects.create(at=TEN)
    assert (layer.figure(asked).value, layer.figure(asked).status) == (0, "ok")
    assert together.figures([asked])[0].value == 0
    with clock.at(TEN + timedelta(days=1)):
        course = layer.course(asked)
    assert [None if one is None else one.value for _day, one in course] == [None] * 3 + [0] + [None] * 3
    assert layer.figure(Question(asked.metric, WEEK.before())).value is None


def test_a_rebuild_is_equal(hanging: list[Ticket]) -> None:
    look(1)
    look(2)
    count_facts()
    TicketFact.objects.rebuild()
    assert layer.figure(asked).value == 4 * 3600
