"""Two requests about the same go on as one; nothing that was promised or waited for gets lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Schedule, Status, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from otklik.desk.tickets.tests.joined import texts
from tests.fixtures.cast import Write, fresh
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

DAY = timedelta(days=1)


def asleep(ticket: Ticket) -> list[Schedule]:
    return list(ticket.schedules.filter(woke_at=None, taken_back_at=None))


def test_everything_said_stands_in_the_survivor(pair: tuple[Ticket, Ticket], anna: User) -> None:
    first, second = pair
    second.merge_into(first, by=anna)

    first, second = fresh(first), fresh(second)
    assert texts(first) == ["Нет звука", "Звука всё ещё нет"] and texts(second) == []
    assert (first.preview, first.is_open) == ("Звука всё ещё нет", True)
    assert (second.status, second.merged_into, second.due_at) == (Status.CLOSED, first, None)
    assert first.waiting_since == first.opened_at, "the client waits since the first of both letters"


def test_a_later_letter_to_either_lands_in_the_survivor(pair: tuple[Ticket, Ticket], anna: User, writes: Write) -> None:
    first, second = pair
    answer = second.reply("Проверяем", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    second.merge_into(first, by=anna)

    assert writes("Спасибо", references=[answer.external_id]) == first
    assert writes("И ещё", token=second.conversation.token) == first
    assert Ticket.objects.open().count() == 1


def test_a_chain_of_joinings_ends_in_the_last(pair: tuple[Ticket, Ticket], anna: User, writes: Write) -> None:
    first, second = pair
    third = writes("Третье")
    second.merge_into(first, by=anna)
    first.merge_into(third, by=anna)

    assert writes("Где ответ?", token=second.conversation.token) == third
    with pytest.raises(Conflict):
        second.merge_into(third, by=anna)


def test_the_nearer_promise_goes_on(pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime) -> None:
    first, second = pair
    first.reply("Отвечу", by=anna, then=PromiseDate(tomorrow + timedelta(days=3)))
    second.reply("Завтра", by=anna, then=PromiseDate(tomorrow))
    second.merge_into(first, by=anna)

    first = fresh(first)
    assert [promise.until for promise in first.promises.current()] == [tomorrow]
    assert (first.due_at, first.next_step) == (tomorrow, "keep_promise")
    assert not second.promises.current().exists()


def test_the_nearer_promise_is_the_moment_though_its_request_slept(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime
) -> None:
    first, second = pair
    first.reply("Отвечу", by=anna, then=PromiseDate(tomorrow + 9 * DAY))
    second.reply("Скажем", by=anna, then=PromiseDate(tomorrow + 5 * DAY, "отчёт"))
    second.put_aside(PutAside(tomorrow + 4 * DAY, "проверить", agreed=True), by=anna)
    fresh(second).merge_into(fresh(first), by=anna)

    first = fresh(first)
    assert (first.status, first.next_step, first.next_note) == (Status.OPEN, "keep_promise", "отчёт")
    assert first.due_at == tomorrow + 5 * DAY


def test_a_request_that_sleeps_does_not_sleep_past_a_promise_that_came_along(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime
) -> None:
    """Both have one; the later one of the request that was awake is not the moment."""
    first, second = pair
    first.reply("Скажем", by=anna, then=PromiseDate(tomorrow + 5 * DAY))
    first.put_aside(PutAside(tomorrow + 4 * DAY, "проверить", agreed=True), by=anna)
    second.reply("Отвечу", by=anna, then=PromiseDate(tomorrow + 9 * DAY))
    fresh(second).merge_into(fresh(first), by=anna)

    first = fresh(first)
    assert (first.status, first.next_step, first.due_at) == (Status.OPEN, "keep_promise", tomorrow + 5 * DAY)


def test_a_client_to_whom_a_date_was_promised_is_neither_reminded_nor_let_go(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime
) -> None:
    first, second = pair
    first.reply("Какая модель?", by=anna, then=Wait(tomorrow))
    second.reply("Скажем", by=anna, then=PromiseDate(tomorrow + 5 * DAY))
    second.put_aside(PutAside(tomorrow + 4 * DAY, "проверить", agreed=True), by=anna)
    fresh(second).merge_into(fresh(first), by=anna)

    with clock.at(tomorrow):
        assert fresh(first).wake()
    first = fresh(first)
    assert (first.status, first.reminded, first.returned) == (Status.OPEN, 0, "silence")
    assert first.due_at and first.due_at < tomorrow + 5 * DAY


def test_a_request_that_sleeps_on_in_another_one_knows_what_was_agreed(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime
) -> None:
    first, second = pair
    first.reply("Какая модель?", by=anna, then=Wait(tomorrow + 9 * DAY))
    second.reply("Приедем", by=anna, then=PutAside(tomorrow, "выезд", agreed=True))
    act = fresh(second).merge_into(fresh(first), by=anna)

    here = fresh(first)
    assert (here.status, here.due_at, here.next_note) == (Status.SCHEDULED, tomorrow, "выезд")
    assert [(one.until, one.agreed) for one in asleep(first)] == [(tomorrow, True)] and not asleep(second)

    fresh(second).bring_back(act, by=anna)
    here = fresh(first)
    assert (here.status, here.due_at, here.remind_at) == (Status.PENDING_CLIENT, *[tomorrow + 9 * DAY] * 2)
    assert not asleep(first) and [one.until for one in asleep(second)] == [tomorrow]


def test_our_move_is_more_urgent_than_waiting(pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime) -> None:
    first, second = pair
    first.reply("Ждём вас", by=anna, then=Wait(tomorrow))
    due = second.due_at
    second.merge_into(first, by=anna)

    first = fresh(first)
    assert (first.status, first.next_step, first.due_at) == (Status.OPEN, "answer", due)
    assert first.waiting_since == second.opened_at


def test_an_open_ticket_does_not_vanish_in_an_ended_one(pair: tuple[Ticket, Ticket], anna: User) -> None:
    first, second = pair
    first.reply("Готово", by=anna, then=Resolve(""))

    with pytest.raises(Conflict):
        second.merge_into(first, by=anna)
    first.merge_into(second, by=anna)
    assert texts(second) == ["Нет звука", "Звука всё ещё нет", "Готово"]


def test_another_persons_letters_are_shown_only_when_somebody_says_so(
    ticket: Ticket, anna: User, writes: Write
) -> None:
    other = writes("Чужое письмо", sender="olga@volga.test", sender_name="Ольга")
    with pytest.raises(Invalid) as refused:
        other.merge_into(ticket, by=anna)
    assert refused.value.field == "disclose" and texts(other) == ["Чужое письмо"]

    other.merge_into(ticket, by=anna, disclose=True)
    assert len(texts(ticket)) == 2


def test_drafts_and_their_files_go_along(pair: tuple[Ticket, Ticket], anna: User, ilya: User) -> None:
    first, second = pair
    first.keep_draft("Начала", by=anna, mode="reply", form={})
    second.keep_draft("Продолжаю", by=anna, mode="reply", form={})
    second.keep_draft("Заметка", by=ilya, mode="note", form={})
    second.merge_into(first, by=anna)

    kept = {(draft.author, draft.mode): draft.text for draft in Draft.objects.filter(conversation=first.conversation)}
    assert kept == {(anna, "reply"): "Начала\n\nПродолжаю", (ilya, "note"): "Заметка"}


def test_a_joined_ticket_is_not_opened_again(pair: tuple[Ticket, Ticket], anna: User) -> None:
    first, second = pair
    second.merge_into(first, by=anna)
    with pytest.raises(Conflict):
        fresh(second).reopen_by(anna)


def test_what_the_client_writes_on_the_page_of_the_joined_one_is_heard(pair: tuple[Ticket, Ticket], anna: User) -> None:
    first, second = pair
    second.merge_into(first, by=anna)
    assert fresh(second).write_in("С вашей страницы") == first
    assert texts(first)[-1] == "С вашей страницы"


def test_both_stories_tell_of_it(pair: tuple[Ticket, Ticket], anna: User) -> None:
    first, second = pair
    act = second.merge_into(first, by=anna)
    fresh(second).bring_back(act, by=anna)

    for ticket in pair:
        story = Entry.objects.about("ticket", ticket.pk).filter(kind__contains="Relocat")
        assert [entry.kind.split(".")[1] for entry in story] == ["MessagesRelocated", "RelocationUndone"]
        assert {entry.actor for entry in story} == {anna}


def test_who_waited_in_a_sleeping_request_waits_in_the_one_that_goes_on(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime
) -> None:
    first, second = pair
    first.reply("Какая модель?", by=anna, then=Wait(tomorrow))
    second.put_aside(PutAside(tomorrow + DAY, "проверить"), by=anna)
    fresh(second).merge_into(fresh(first), by=anna)

    here = fresh(first)
    assert (here.status, here.next_step, here.waiting_since) == (Status.OPEN, "answer", second.opened_at)


def test_two_people_who_join_crosswise_do_not_lose_anything(
    pair: tuple[Ticket, Ticket], anna: User, ilya: User
) -> None:
    first, second = pair
    second.merge_into(first, by=anna)
    with pytest.raises(Conflict):
        fresh(first).merge_into(fresh(second), by=ilya)


@pytest.mark.django_db(transaction=True)
def test_whoever_waited_for_one_that_was_joined_holds_it_after_the_one_in_which_it_goes_on(
    pair: tuple[Ticket, Ticket], anna: User
) -> None:
    first, second = pair
    stale = fresh(second)
    second.merge_into(first, by=anna)

    def hears() -> None:
        with transaction.atomic():
            stale.lock_standing()
            assert stale.standing == first

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first.lock()
            other = pool.submit(at_an_end, hears)
            wait_until_somebody_is_blocked()
            assert Ticket.objects.select_for_update(nowait=True).get(pk=second.pk), "it holds nothing behind that one"
        other.result()
