"""The port for service classes: who plugs in decides about times, and every verb obeys."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.tickets import terms
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


class Strict(terms.TimesOfTheLine):
    """A class that answers in ten minutes and writes every hour."""

    def __init__(self) -> None:
        self.recounts: list[str] = []

    def cover(self, ticket: Ticket) -> terms.Cover:
        return terms.Cover(None, "VIP", 1)

    def first_answer_due(self, ticket: Ticket, since: datetime) -> datetime:
        return since + timedelta(minutes=10)

    def nearest(self, ticket: Ticket, status: str, moment: terms.Moment) -> terms.Moment:
        due = moment.since + timedelta(hours=1)
        return terms.Moment("update", moment.note, due, moment.since) if due < moment.due else moment

    def recounted(self, ticket: Ticket, why: str, by: User | None) -> None:
        self.recounts.append(why)


@pytest.fixture
def strict() -> Iterator[Strict]:
    usual, plugged = terms.current(), Strict()
    terms.plug_in(plugged)
    yield plugged
    terms.plug_in(usual)


def test_the_class_of_the_moment_stands_on_the_row_and_its_time_is_the_moment(strict: Strict, writes: Write) -> None:
    ticket = writes()

    assert (ticket.class_name, ticket.class_rank) == ("VIP", 1)
    assert ticket.due_at == ticket.opened_at + timedelta(minutes=10)


def test_a_far_promise_does_not_hide_that_the_client_waits_for_word(
    strict: Strict, writes: Write, anna: User, tomorrow: datetime
) -> None:
    ticket = writes()
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow, "проверим маршрут"))

    assert (ticket.next_step, ticket.next_note) == ("update", "проверим маршрут")
    assert ticket.due_at and ticket.due_at < tomorrow and ticket.informed_at


def test_nothing_sleeps_past_what_the_class_asks_for(
    strict: Strict, writes: Write, anna: User, tomorrow: datetime
) -> None:
    ticket = writes()
    ticket.put_aside(PutAside(tomorrow, "проверим"), by=anna)

    assert ticket.due_at and ticket.due_at < tomorrow


def test_another_line_counts_the_times_that_run_anew(strict: Strict, writes: Write, anna: User, line_two: Team) -> None:
    ticket = writes()
    ticket.hand_over(line_two, Brief("Звонок", "", "Не звонит, перезагрузка не помогла"), by=anna)

    assert len(strict.recounts) == 1
    assert ticket.due_at == ticket.opened_at + timedelta(minutes=10)


def test_another_class_for_one_request_needs_a_reason(strict: Strict, writes: Write, boris: User) -> None:
    ticket = writes()
    with pytest.raises(Invalid):
        ticket.serve_under(terms.Cover(), " ", by=boris)
    ticket.serve_under(terms.Cover(), "договор кончился", by=boris)

    assert (ticket.class_version, ticket.class_name) == (None, "")
    assert strict.recounts == ["договор кончился"]
    with pytest.raises(Conflict):
        ticket.serve_under(terms.Cover(), "ещё раз", by=boris)


def test_a_reply_taken_back_informed_nobody(ticket: Ticket, anna: User) -> None:
    message = ticket.reply("Готово", by=anna, then=Resolve(), undo=30)
    ticket.take_back(message, by=anna)

    ticket.refresh_from_db()
    assert ticket.informed_at is None
