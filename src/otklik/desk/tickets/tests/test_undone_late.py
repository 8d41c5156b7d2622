"""A reply is taken back after something else happened to the ticket."""

from datetime import datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_a_colleague_takes_the_ticket_meanwhile_and_it_is_still_open_again(
    ticket: Ticket, anna: User, boris: User
) -> None:
    due = ticket.due_at
    message = ticket.reply("Готово", by=anna, then=Resolve(), undo=60)
    Ticket.objects.get(pk=ticket.pk).assign(boris, by=boris)

    Ticket.objects.get(pk=ticket.pk).take_back(message, by=anna)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.due_at, ticket.ended_at) == ("new", due, None)
    assert ticket.owner == boris and ticket.waiting_since and not ticket.first_answer_at


def test_a_machine_writes_meanwhile_and_the_promise_is_gone_with_the_reply(
    ticket: Ticket, anna: User, tomorrow: datetime, writes: Write
) -> None:
    due = ticket.due_at
    message = ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow), undo=60)
    writes("Я в отпуске", references=[message.external_id], automatic="auto_reply")

    Ticket.objects.get(pk=ticket.pk).take_back(message, by=anna)

    ticket.refresh_from_db()
    assert (ticket.next_step, ticket.due_at, ticket.message_count) == ("answer", due, 2)


def test_the_client_writes_meanwhile_and_still_waits_since_the_first_word(
    ticket: Ticket, anna: User, writes: Write
) -> None:
    since, due = ticket.waiting_since, ticket.due_at
    message = ticket.reply("Готово", by=anna, then=Resolve(), undo=60)
    with clock.at(clock.now() + timedelta(seconds=20)):
        writes("И ещё", references=[message.external_id])  # which stops it

    ticket.refresh_from_db()
    assert (ticket.status, ticket.waiting_since, ticket.due_at) == ("new", since, due)
