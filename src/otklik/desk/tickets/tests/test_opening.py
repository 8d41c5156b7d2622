"""How a message becomes a ticket, and how the client learns about it."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.clients.models import Identity
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PutAside, Resolve, Wait
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


def test_a_first_message_opens_a_ticket_with_a_line_a_step_and_a_moment(ticket: Ticket, line_one: Team) -> None:
    assert (ticket.status, ticket.next_step, ticket.team) == ("new", "answer", line_one)
    assert ticket.due_at == ticket.opened_at + line_one.first_answer
    assert ticket.waiting_since == ticket.opened_at


def test_the_client_is_told_who_answers_and_when_but_never_their_own_words(ticket: Ticket, paper: Paper) -> None:
    outbox.send_due()

    (receipt,) = paper.sent
    text = bytes(receipt.raw).decode()
    assert receipt.recipients == ["pavel@volga.test"]
    assert "Первая линия" in text and str(ticket.number) in text and "/request/" in text
    assert "звонок" not in text.lower()


def test_a_fourth_receipt_of_the_day_is_not_sent(writes: Write) -> None:
    for _ in range(5):
        writes()

    assert Outbound.objects.filter(kind="auto").count() == 3


def test_what_a_machine_wrote_is_kept_closed_and_never_answered(writes: Write) -> None:
    ticket = writes(automatic="auto_reply")

    assert ticket.status == "closed" and ticket.due_at is None
    assert not Outbound.objects.exists()


@pytest.mark.parametrize("address", ["help@desk.test", "HELP@desk.test", f"help+{'a1' * 16}@desk.test"])
def test_a_letter_from_our_own_address_is_a_loop(writes: Write, address: str) -> None:
    ticket = writes(sender=address)

    assert ticket.conversation.messages.get().automatic == "loop"
    assert ticket.status == "closed" and not Outbound.objects.exists()


def test_an_answer_to_our_letter_continues_the_ticket(ticket: Ticket, anna: User, writes: Write, tomorrow) -> None:
    ours = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))

    same = writes("Городской", references=[ours.external_id])

    assert same == ticket and same.status == "open" and same.waiting_since
    assert same.due_at < tomorrow


def test_a_subject_with_a_number_joins_nothing(ticket: Ticket, writes: Write) -> None:
    other = writes(subject=f"Re: [#{ticket.number}] Звонок", sender="stranger@else.test")

    assert other != ticket


def test_the_secret_address_of_a_conversation_joins(ticket: Ticket, writes: Write) -> None:
    assert writes("Ещё одно", token=ticket.conversation.token) == ticket


def test_ones_own_earlier_letter_joins_only_its_author(ticket: Ticket, writes: Write) -> None:
    first = ticket.conversation.messages.filter(direction="in").get().external_id

    assert writes("Дополню", references=[first]) == ticket
    assert writes("И я", references=[first], sender="stranger@else.test") != ticket


def test_the_clients_word_reopens_a_solved_ticket_to_the_same_owner(ticket: Ticket, anna: User, writes: Write) -> None:
    ours = ticket.reply("Готово", by=anna, then=Resolve("перезагрузили"))

    same = writes("Нет, не работает", references=[ours.external_id])

    assert same == ticket
    assert (same.status, same.owner, same.reopened, same.returned) == ("open", anna, 1, "reopened")
    assert same.resolutions.get().reopened_at


def test_a_word_after_the_reopening_window_is_a_new_ticket_that_follows_the_old(
    ticket: Ticket, anna: User, writes: Write
) -> None:
    ours = ticket.reply("Готово", by=anna, then=Resolve())

    with clock.at(clock.now() + timedelta(days=8)):
        later = writes("Опять", references=[ours.external_id])

    assert later.follows == ticket and later.owner == anna
    ticket.refresh_from_db()
    assert ticket.status == "resolved"


def test_a_poisonous_message_does_not_stop_the_next(writes: Write, door) -> None:
    with pytest.raises(Ticket.DoesNotExist):
        writes(poison="boom")

    assert writes("жив").status == "new"
    assert Inbound.objects.waiting().get().tries == 1


def test_an_unreadable_message_waits_in_quarantine_and_can_be_released(writes: Write) -> None:
    with pytest.raises(Ticket.DoesNotExist):
        writes(unreadable="no headers at all")

    kept = Inbound.objects.quarantined().get()
    assert kept.reason == "no headers at all" and b"unreadable" in bytes(kept.raw)
    kept.release()
    assert Inbound.objects.waiting().get() == kept


def test_the_clients_word_wakes_what_was_put_aside_although_they_were_waiting_already(
    ticket: Ticket, anna: User, writes: Write, tomorrow
) -> None:
    ticket.put_aside(PutAside(tomorrow, "узнать у склада"), by=anna)

    same = writes("Ну что?", token=ticket.conversation.token)

    assert same.status in ("new", "open") and same.due_at < tomorrow
    assert same.waiting_since == ticket.opened_at


def test_a_reopened_ticket_of_somebody_who_left_waits_in_the_queue(ticket: Ticket, anna: User, writes: Write) -> None:
    ours = ticket.reply("Готово", by=anna, then=Resolve())
    User.objects.filter(pk=anna.pk).update(is_active=False)

    same = writes("Нет", references=[ours.external_id])

    assert same == ticket and same.owner is None and same.is_open


def test_an_answer_goes_to_the_address_the_client_wrote_from(
    ticket: Ticket, anna: User, writes: Write, paper: Paper, tomorrow
) -> None:
    Identity.objects.create(contact=ticket.contact, kind="email", value="new@volga.test")
    writes("Пишу с новой почты", sender="new@volga.test", token=ticket.conversation.token)

    ticket.refresh_from_db()
    message = ticket.reply("Принято", by=anna, then=Wait(tomorrow))

    assert message.to == ["new@volga.test"]
