"""Replies, what comes next, and taking them back."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.errors import Conflict, Invalid, Stale
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Wait
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


def test_a_promise_becomes_the_moment_of_the_ticket_and_is_told_in_the_letter(
    ticket: Ticket, anna: User, paper: Paper, tomorrow: datetime
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow, "проверим маршрут"))

    assert (ticket.status, ticket.next_step, ticket.due_at) == ("open", "keep_promise", tomorrow)
    outbox.send_due()
    letter = bytes(paper.sent[-1].raw).decode()
    assert "Анна Белова" in letter and "Проверим" in letter


def test_answering_in_time_keeps_the_promise_a_new_date_moves_it(
    ticket: Ticket, anna: User, tomorrow: datetime
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))
    ticket.reply("Дольше", by=anna, then=PromiseDate(tomorrow + timedelta(days=1), why="ждём провайдера"))
    ticket.reply("Нашли", by=anna, then=Resolve())

    first, second = ticket.promises.order_by("id")
    assert first.moved_at and not first.done_at
    assert second.is_kept and ticket.moves == 1


def test_an_answer_after_the_promised_moment_breaks_the_promise(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))

    with clock.at(tomorrow + timedelta(minutes=1)):
        ticket.reply("Нашли", by=anna, then=PromiseDate(tomorrow + timedelta(days=2)))

    assert not ticket.promises.order_by("id")[0].is_kept


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Refuse("outside", "", ["созвонимся"]), "explanation"),
        (Refuse("outside", "роутер не наш", [" "]), "alternatives"),
        (Refuse("whim", "роутер не наш", ["созвонимся"]), "reason"),
        (Wait(datetime.fromisoformat("2020-01-01T00:00:00+00:00")), "until"),
    ],
)
def test_an_incomplete_step_sends_nothing(ticket: Ticket, anna: User, step, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        ticket.reply("Увы", by=anna, then=step)

    assert refused.value.field == field
    assert not Outbound.objects.filter(kind="reply").exists()


def test_without_an_address_the_reply_says_what_is_missing(writes: Write, anna: User, tomorrow) -> None:
    ticket = writes(sender="", sender_name="Неизвестный")

    with pytest.raises(Invalid) as refused:
        ticket.reply("Ждём", by=anna, then=Wait(tomorrow))

    assert refused.value.field == "to" and Ticket.objects.get().owner is None
    message = ticket.reply("Ждём", by=anna, then=Wait(tomorrow), to=["olga@volga.test"])
    assert message.to == ["olga@volga.test"]


def test_a_refusal_reaches_the_client_with_cause_and_ways_round(ticket: Ticket, anna: User, paper: Paper) -> None:
    ticket.reply("", by=anna, then=Refuse("outside", "Роутер обслуживает провайдер", ["Созвонимся втроём"]))

    outbox.send_due()
    letter = bytes(paper.sent[-1].raw).decode()
    assert "Роутер обслуживает провайдер" in letter and "Созвонимся втроём" in letter
    assert ticket.status == "refused" and ticket.refusals.get().alternatives == ["Созвонимся втроём"]


def test_a_reply_over_unread_news_is_held_back(ticket: Ticket, anna: User, writes: Write) -> None:
    seen = ticket.last_message_id
    writes("Уже горит!", token=ticket.conversation.token)

    with pytest.raises(Stale) as stale:
        ticket.reply("Не спешите", by=anna, then=Resolve(), seen=seen)

    assert [message.text for message in stale.value.newer] == ["Уже горит!"]


def test_a_double_click_sends_once(ticket: Ticket, anna: User) -> None:
    first = ticket.reply("Готово", by=anna, then=Resolve(), key="one")
    again = Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve(), key="one")

    assert first == again and Outbound.objects.filter(kind="reply").count() == 1


def test_taking_back_restores_the_ticket_the_promise_and_the_text(
    ticket: Ticket, anna: User, tomorrow: datetime
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))
    message = ticket.reply("Ой", by=anna, then=Resolve(), undo=15)

    ticket.take_back(message, by=anna)

    fresh = Ticket.objects.get(pk=ticket.pk)
    assert (fresh.status, fresh.due_at, fresh.ended_at) == ("open", tomorrow, None)
    assert fresh.promises.current().get().until == tomorrow
    assert Draft.objects.get(author=anna).text == "Ой"
    assert message not in fresh.conversation.messages.living()


def test_what_left_cannot_be_taken_back(ticket: Ticket, anna: User, paper: Paper) -> None:
    message = ticket.reply("Готово", by=anna, then=Resolve())
    outbox.send_due()

    with pytest.raises(Conflict):
        ticket.take_back(message, by=anna)


def test_what_the_client_has_stopped_is_not_taken_back_again(ticket: Ticket, anna: User, writes: Write) -> None:
    message = ticket.reply("Готово", by=anna, then=Resolve(), undo=15)
    writes("Подождите", token=ticket.conversation.token)

    with pytest.raises(Conflict, match="снова черновик"):
        Ticket.objects.get(pk=ticket.pk).take_back(Message.objects.get(pk=message.pk), by=anna)

    fresh = Ticket.objects.get(pk=ticket.pk)
    assert fresh.is_open and fresh.preview == "Подождите"


def test_silence_and_dates_wake_the_ticket_by_themselves(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.put_aside(PutAside(tomorrow, "узнать у склада"), by=anna)
    assert Ticket.objects.wake_due() == 0

    with clock.at(tomorrow):
        assert Ticket.objects.wake_due() == 1

    ticket.refresh_from_db()
    assert (ticket.status, ticket.returned, ticket.next_note) == ("open", "date", "узнать у склада")
    assert ticket.due_at and ticket.schedules.get().woke_at == tomorrow


def test_the_database_refuses_an_open_ticket_without_a_moment(ticket: Ticket) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(due_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(next_step="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(team=None)


def test_one_of_two_who_take_the_ticket_gets_it(ticket: Ticket, anna: User, ilya: User) -> None:
    ticket.take(by=anna)

    with pytest.raises(Conflict):
        Ticket.objects.get(pk=ticket.pk).take(by=ilya)


def test_a_failed_letter_marks_the_ticket_until_it_goes_out(ticket: Ticket, anna: User, paper: Paper) -> None:
    from otklik.desk.channels.port import Fate, Receipt

    outbox.send_due()
    message = ticket.reply("Готово", by=anna, then=Resolve())
    paper.receipts = [Receipt(Fate.FAILED, "550 no such user")]
    outbox.send_due()
    assert Ticket.objects.in_trouble().get() == ticket

    assert message.outbound
    outbox.send_again(message.outbound)
    outbox.send_due()
    assert not Ticket.objects.in_trouble().exists()
    assert [outbound.external_id for outbound in paper.sent[-2:]] == [message.external_id] * 2


def test_the_story_of_the_ticket_is_in_the_journal(ticket: Ticket, anna: User) -> None:
    ticket.reply("Готово", by=anna, then=Resolve())

    kinds = [entry.kind.split(".")[1] for entry in Entry.objects.about("ticket", ticket.pk)]
    assert kinds == ["TicketOpened", "Acknowledged", "StatusChanged", "TicketResolved", "Answered"]


def test_nothing_is_put_aside_past_a_promise(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))

    with pytest.raises(Invalid) as refused:
        ticket.put_aside(PutAside(tomorrow + timedelta(days=1), "позже"), by=anna)

    assert refused.value.field == "until" and ticket.status == "open"


def test_an_answer_to_a_letter_without_a_subject_says_what_it_is_about(writes: Write, anna: User, paper: Paper) -> None:
    """UI-38: a bare "Re:" looks like spam; the first words of the client stand there, and the thread stays theirs."""
    ticket = writes("Не приходят письма " + "совсем " * 30, subject="")
    ticket.reply("Смотрим", by=anna, then=Resolve())

    letter = paper.letters[-1]
    assert letter.subject.startswith("Re: Не приходят письма") and len(letter.subject) <= 84
    assert letter.in_reply_to and not ticket.conversation.subject
    writes("Спасибо", subject="", token=ticket.conversation.token)
    assert type(ticket).objects.count() == 1
