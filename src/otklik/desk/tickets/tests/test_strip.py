"""The three answers: who, what next, when."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from otklik.desk.tickets.strip import strip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_a_new_ticket_says_the_line_the_answer_and_the_norm(ticket: Ticket) -> None:
    said = strip(ticket)

    assert said.owner is None and "Первая линия" in said.owner_words
    assert (said.next, said.due, said.start, said.due_state) == (
        "Answer the client",
        ticket.due_at,
        ticket.due_from,
        "",
    )


def test_a_promise_stands_alone_when_it_is_the_nearest_moment(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Вернусь завтра", by=anna, then=PromiseDate(tomorrow, "проверим маршрут"))
    said = strip(Ticket.objects.with_promise().get())

    assert (said.owner, said.next, said.promise, said.due) == (
        anna,
        "проверим маршрут",
        tomorrow,
        None,
    )


def test_a_promise_and_a_nearer_answer_are_both_said(ticket: Ticket, anna: User, tomorrow: datetime, writes) -> None:
    ours = ticket.reply("Вернусь завтра", by=anna, then=PromiseDate(tomorrow))
    ticket = writes("И ещё", references=[ours.external_id])
    said = strip(ticket)

    assert (said.promise, said.due, said.next) == (
        tomorrow,
        ticket.due_at,
        "Answer the client",
    )


def test_waiting_for_the_client_stops_the_clock(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    said = strip(ticket)

    assert (said.due, said.due_state, said.next_person) == (
        tomorrow,
        "paused",
        ticket.contact,
    )


def test_client_and_agent_get_the_same_moments_in_their_own_words(
    ticket: Ticket,
) -> None:
    ours, theirs = strip(ticket), strip(ticket, for_client=True)

    assert (ours.due, ours.owner_words) == (theirs.due, theirs.owner_words)
    assert (ours.next, theirs.next) == ("Answer the client", "We answer you")


def test_put_aside_says_what_happens_then(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.put_aside(PutAside(tomorrow, "придёт запчасть"), by=anna)

    assert strip(ticket).next == "придёт запчасть"


def test_an_ended_ticket_says_when_and_that_it_can_open_again(ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())
    said = strip(ticket)

    assert said.due_state == "met" and "again" in said.next
    assert said.due is not None and abs(said.due - clock.now()) < timedelta(minutes=1)


def test_a_ticket_loaded_with_its_promise_asks_nothing(
    ticket: Ticket, anna: User, tomorrow: datetime, django_assert_num_queries
) -> None:
    ticket.reply("Вернусь", by=anna, then=PromiseDate(tomorrow))
    loaded = Ticket.objects.with_promise().select_related("owner", "team", "contact").get()

    with django_assert_num_queries(0):
        assert strip(loaded).promise == tomorrow
