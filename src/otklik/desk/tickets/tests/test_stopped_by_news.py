"""What comes before an answer has left stops it: the answer does not know of it (UI-82)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Status, Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve, Wait
from tests.fixtures.cast import Paper, Write, fresh
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db
WINDOW = 15


@pytest.fixture
def later() -> datetime:
    return clock.now() + timedelta(days=1)


def answer(ticket: Ticket, by: User, then: Resolve | Wait | PromiseDate, undo: int = WINDOW) -> Message:
    return fresh(ticket).reply("Проверьте ещё раз", by=by, then=then, undo=undo)


def outbound_of(message: Message) -> Outbound:
    return Outbound.objects.get(message=message)


def after_the_window() -> datetime:
    return clock.now() + timedelta(seconds=WINDOW + 1)


def test_the_words_of_the_client_stop_it_and_its_author_has_it_back(
    ticket: Ticket, anna: User, writes: Write, paper: Paper
) -> None:
    before = fresh(ticket)
    message = answer(ticket, anna, Resolve("Проверили", ""))

    assert writes("Уже всё хорошо, спасибо", token=ticket.conversation.token) == ticket

    now = fresh(ticket)
    assert outbound_of(message).state == Outbound.State.CANCELLED
    assert (now.status, now.next_step, now.undo) == (before.status, before.next_step, None)
    assert now.waiting_since == before.waiting_since and now.first_answer_at is None and now.is_open
    assert not ticket.resolutions.filter(taken_back_at=None).exists()
    draft = Draft.objects.get(author=anna)
    assert (draft.mode, draft.text, draft.form["next"]) == (Draft.Mode.REPLY, "Проверьте ещё раз", "resolve")
    notice = Notice.objects.get(person=anna, kind=NoticeKind.RETURNED)
    assert "Уже всё хорошо, спасибо" in notice.text and str(ticket.number) in notice.text
    with clock.at(after_the_window()):
        outbox.send_due()
    assert message.outbound_id not in [letter.pk for letter in paper.sent]


def test_what_has_left_stays_said(ticket: Ticket, anna: User, later: datetime, writes: Write, paper: Paper) -> None:
    message = answer(ticket, anna, Wait(later))
    with clock.at(after_the_window()):
        outbox.send_due()
        writes("Спасибо", token=ticket.conversation.token)

    assert outbound_of(message).state == Outbound.State.SENT and message.outbound_id in [one.pk for one in paper.sent]
    assert fresh(ticket).first_answer_at and not Draft.objects.filter(author=anna).exists()
    assert not Notice.objects.filter(person=anna, kind=NoticeKind.RETURNED).exists()


def test_what_is_over_its_window_and_waits_still_is_stopped(
    ticket: Ticket, anna: User, later: datetime, writes: Write
) -> None:
    message = answer(ticket, anna, Wait(later))
    with clock.at(after_the_window()):
        writes("Ещё вот что", token=ticket.conversation.token)

    assert outbound_of(message).state == Outbound.State.CANCELLED


def test_what_was_tried_already_is_not_ours_to_stop(ticket: Ticket, anna: User, later: datetime, writes: Write) -> None:
    """A server has put it off: it may know the letter, and its author has gone on."""
    message = answer(ticket, anna, Wait(later))
    Outbound.objects.filter(message=message).update(attempt=1)

    writes("Ещё вот что", token=ticket.conversation.token)

    assert outbound_of(message).state == Outbound.State.READY and not Draft.objects.filter(author=anna).exists()


def test_an_answer_without_a_window_is_said_at_once(ticket: Ticket, anna: User, later: datetime, writes: Write) -> None:
    message = answer(ticket, anna, Wait(later), undo=0)

    writes("Ещё вот что", token=ticket.conversation.token)

    assert outbound_of(message).state == Outbound.State.READY and fresh(ticket).first_answer_at


def test_a_machine_stops_nothing(ticket: Ticket, anna: User, later: datetime, writes: Write) -> None:
    message = answer(ticket, anna, Wait(later))

    writes("Меня нет", token=ticket.conversation.token, automatic="auto")

    assert outbound_of(message).state == Outbound.State.READY


def test_a_promise_that_it_had_kept_is_owed_again(ticket: Ticket, anna: User, later: datetime, writes: Write) -> None:
    fresh(ticket).reply("Завтра", by=anna, then=PromiseDate(later))
    answer(ticket, anna, Resolve("Готово", ""))

    writes("Не готово", token=ticket.conversation.token)

    now = fresh(ticket)
    assert now.status == Status.OPEN and [one.until for one in now.promises.current()] == [later]


def test_the_answer_of_a_colleague_who_was_shown_it_stops_nothing(
    ticket: Ticket, anna: User, boris: User, later: datetime
) -> None:
    first, second = answer(ticket, anna, Wait(later)), answer(ticket, boris, Wait(later))

    assert {outbound_of(first).state, outbound_of(second).state} == {Outbound.State.READY}


def test_ones_own_second_letter_stops_nothing(ticket: Ticket, anna: User, later: datetime) -> None:
    first, second = answer(ticket, anna, Wait(later)), answer(ticket, anna, Wait(later))

    assert {outbound_of(first).state, outbound_of(second).state} == {Outbound.State.READY}


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_leaves_at_this_moment_has_left(
    ticket: Ticket, anna: User, later: datetime, writes: Write, paper: Paper
) -> None:
    """Whoever takes it first has it: it is sent, or a draft again, and never both."""
    message = answer(ticket, anna, Wait(later))
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Outbound.objects.filter(message=message).update(state=Outbound.State.SENDING)
        came = pool.submit(at_an_end, lambda: writes("Ещё", token=ticket.conversation.token))
        wait_until_somebody_is_blocked()
    came.result(timeout=20)

    assert outbound_of(message).state == Outbound.State.SENDING
    assert not Draft.objects.filter(author=anna).exists() and fresh(ticket).message_count == 3
