"""What is another matter becomes a request of its own, or goes to the one that it belongs to."""

from datetime import datetime

import pytest

from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Status, Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.desk.tickets.tests.joined import texts
from tests.fixtures.cast import Write, fresh


def test_another_matter_becomes_a_ticket_of_its_own(two_matters: tuple[Ticket, Message], anna: User) -> None:
    ticket, letter = two_matters
    other = ticket.split_off([letter.pk], by=anna, subject="Смена тарифа")

    ticket, other = fresh(ticket), fresh(other)
    assert (texts(ticket), texts(other)) == (["Не работает звонок"], ["И смените тариф"])
    assert (other.subject, other.team, other.contact) == ("Смена тарифа", ticket.team, ticket.contact)
    assert other.is_open and other.waiting_since == letter.at and other.due_at
    assert (ticket.message_count, other.message_count) == (1, 1)
    assert (ticket.preview, other.preview) == ("Не работает звонок", "И смените тариф")


def test_an_answer_to_the_split_letter_lands_in_the_new_ticket(
    two_matters: tuple[Ticket, Message], anna: User, writes: Write
) -> None:
    ticket, letter = two_matters
    other = ticket.split_off([letter.pk], by=anna)
    assert writes("Про тариф", references=[letter.external_id]) == other
    assert writes("Про звонок", token=ticket.conversation.token) == ticket


def test_splitting_leaves_something_and_takes_a_letter(
    two_matters: tuple[Ticket, Message], anna: User, tomorrow: datetime
) -> None:
    ticket, _letter = two_matters
    everything = list(ticket.conversation.messages.values_list("pk", flat=True))
    answer = ticket.reply("Смотрим", by=anna, then=Wait(tomorrow))
    for wrong in ([], [answer.pk], [*everything, answer.pk], [10**9]):
        with pytest.raises((Invalid, Conflict)):
            fresh(ticket).split_off(wrong, by=anna)
    assert Ticket.objects.count() == 1


def test_a_letter_goes_to_the_ticket_it_belongs_to(
    two_matters: tuple[Ticket, Message], anna: User, tomorrow: datetime, writes: Write
) -> None:
    ticket, letter = two_matters
    tariff = writes("Хочу другой тариф")
    tariff.reply("Какой?", by=anna, then=Wait(tomorrow))
    act = ticket.move_messages([letter.pk], fresh(tariff), by=anna)

    assert texts(tariff) == ["И смените тариф", "Хочу другой тариф", "Какой?"]
    assert fresh(ticket).message_count == 1
    there = fresh(tariff)
    assert (there.status, there.next_step, there.waiting_since) == (Status.OPEN, "answer", letter.at), (
        "what was answered there before it came did not answer it"
    )

    fresh(ticket).bring_back(act, by=anna)
    assert texts(ticket) == ["Не работает звонок", "И смените тариф"]
    assert fresh(tariff).status == Status.PENDING_CLIENT


def test_what_was_answered_before_it_moved_waits_nowhere(
    two_matters: tuple[Ticket, Message], anna: User, tomorrow: datetime, writes: Write
) -> None:
    ticket, letter = two_matters
    tariff = writes("Хочу другой тариф")
    for one in (tariff, ticket):
        one.reply("Какой?", by=anna, then=Wait(tomorrow))
    fresh(ticket).move_messages([letter.pk], fresh(tariff), by=anna)
    assert {fresh(one).status for one in (ticket, tariff)} == {Status.PENDING_CLIENT}
    assert not Ticket.objects.exclude(waiting_since=None).exists()


def test_who_waited_by_the_letter_that_went_waits_by_the_next_one(
    two_matters: tuple[Ticket, Message], anna: User, tomorrow: datetime, writes: Write
) -> None:
    """And where our answer went elsewhere, nobody has answered here."""
    ticket, letter = two_matters
    tariff = writes("Хочу другой тариф")
    first = ticket.conversation.messages.order_by("id").first()
    assert first
    ticket.move_messages([first.pk], fresh(tariff), by=anna)
    assert fresh(ticket).waiting_since == letter.at

    answer = fresh(ticket).reply("Сменим", by=anna, then=Wait(tomorrow))
    outbox.send_due()
    fresh(ticket).move_messages([answer.pk], fresh(tariff), by=anna)
    here = fresh(ticket)
    assert (here.status, here.waiting_since) == (Status.OPEN, letter.at)


def test_what_is_split_off_from_an_ended_request_of_a_leaver_waits_in_the_queue(
    ticket: Ticket, anna: User, ilya: User, writes: Write
) -> None:
    writes("И ещё счёт", token=ticket.conversation.token)
    fresh(ticket).reply("Готово", by=ilya, then=Resolve())
    ilya.deactivate()
    letters = list(ticket.conversation.messages.filter(direction="in").values_list("pk", flat=True))

    other = fresh(ticket).split_off(letters[-1:], by=anna)

    assert other.is_open and other.owner is None and other.take_by
