"""Two tickets become one, one becomes two, a message goes where it belongs; and back again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Relocation, Schedule, Status, Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Resolve, Wait
from tests.fixtures.cast import Write
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked


def texts(ticket: Ticket) -> list[str]:
    return list(ticket.conversation.messages.public().from_people().values_list("new_text", flat=True))


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def asleep(ticket: Ticket) -> list[Schedule]:
    return list(ticket.schedules.filter(woke_at=None, taken_back_at=None))


DAY = timedelta(days=1)


@pytest.fixture
def pair(pavel: Contact, writes: Write) -> tuple[Ticket, Ticket]:
    """Pavel wrote twice about the same."""
    return writes("Нет звука"), writes("Звука всё ещё нет")


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


def test_joining_can_be_undone(pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime, writes: Write) -> None:
    first, second = pair
    second.reply("Завтра", by=anna, then=PromiseDate(tomorrow))
    before = {one.pk: (one.status, one.due_at, one.next_step, one.message_count) for one in map(fresh, pair)}
    act = second.merge_into(first, by=anna)

    fresh(second).bring_back(act, by=anna)

    after = {one.pk: (one.status, one.due_at, one.next_step, one.message_count) for one in map(fresh, pair)}
    assert after == before and fresh(second).merged_into is None
    assert [promise.until for promise in second.promises.current()] == [tomorrow]
    assert writes("Ещё", token=second.conversation.token) == second
    with pytest.raises(Conflict):
        fresh(second).bring_back(Relocation.objects.get(), by=anna)


def test_what_happened_meanwhile_stays_where_it_happened(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime
) -> None:
    first, second = pair
    act = second.merge_into(first, by=anna)
    fresh(first).reply("На оба письма", by=anna, then=Wait(tomorrow))

    fresh(second).bring_back(act, by=anna)

    first, second = fresh(first), fresh(second)
    assert texts(first) == ["Нет звука", "На оба письма"] and texts(second) == ["Звука всё ещё нет"]
    assert first.status == Status.PENDING_CLIENT and second.is_open and second.waiting_since


def test_what_was_answered_meanwhile_stays_answered(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime
) -> None:
    first, second = pair
    act = second.merge_into(first, by=anna)
    fresh(first).reply("На оба письма", by=anna, then=Wait(tomorrow))
    fresh(second).bring_back(act, by=anna)

    first = fresh(first)
    assert first.first_answer_at and first.informed_at and first.waiting_since is None


@pytest.mark.parametrize("nearer", [0, 1])
@pytest.mark.parametrize("answered", [None, "promise", "wait"])
def test_promises_find_back_whatever_was_promised_since(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime, nearer: int, answered: str | None
) -> None:
    """None is lost that nobody answered, and no request is left with the date of no promise."""
    for one, days in zip(pair, (3, 5) if nearer == 0 else (5, 3), strict=True):
        one.reply("Отвечу", by=anna, then=PromiseDate(tomorrow + days * DAY))
    first, second = pair
    act = second.merge_into(first, by=anna)
    if answered:
        since = PromiseDate(tomorrow + DAY) if answered == "promise" else Wait(tomorrow)
        fresh(first).reply("Ещё раз", by=anna, then=since)
    fresh(second).bring_back(act, by=anna)

    dates = [[one.until - tomorrow for one in ticket.promises.current()] for ticket in pair]
    mine = [(5 if nearer == 0 else 3) * DAY] if nearer == 0 or not answered else []
    theirs = {None: [(3 if nearer == 0 else 5) * DAY], "promise": [DAY], "wait": []}[answered]
    assert dates == [theirs, mine]
    for one in map(fresh, pair):
        assert (one.next_step == "keep_promise") == one.promises.current().exists()
        assert one.due_at and all(promise.until >= one.due_at for promise in one.promises.current())


@pytest.mark.parametrize(("came", "goes_on"), [(3, 3), (9, 5)])
def test_a_reply_taken_back_after_joining_leaves_the_nearer_promise(
    pair: tuple[Ticket, Ticket], anna: User, tomorrow: datetime, came: int, goes_on: int
) -> None:
    first, second = pair
    first.reply("Отвечу", by=anna, then=PromiseDate(tomorrow + 5 * DAY))
    second.reply("Скажем", by=anna, then=PromiseDate(tomorrow + came * DAY))
    answer = first.reply("Рано", by=anna, then=Wait(tomorrow), undo=30)
    second.merge_into(fresh(first), by=anna)
    fresh(first).take_back(Message.objects.get(pk=answer.pk), by=anna)

    assert [one.until for one in first.promises.current()] == [tomorrow + goes_on * DAY]


def test_after_a_month_it_cannot_be_undone(pair: tuple[Ticket, Ticket], anna: User) -> None:
    first, second = pair
    act = second.merge_into(first, by=anna)
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Conflict):
        second.bring_back(act, by=anna)


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


# -- splitting --------------------------------------------------------------------------------------------------


@pytest.fixture
def two_matters(ticket: Ticket, writes: Write) -> tuple[Ticket, Message]:
    """Pavel asked for something else in his second letter."""
    writes("И смените тариф", token=ticket.conversation.token)
    return fresh(ticket), ticket.conversation.messages.order_by("id").last()  # type: ignore[return-value]


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


def test_splitting_can_be_undone(two_matters: tuple[Ticket, Message], anna: User, writes: Write) -> None:
    ticket, letter = two_matters
    other = ticket.split_off([letter.pk], by=anna)
    fresh(ticket).bring_back(Relocation.objects.get(), by=anna)

    assert texts(ticket) == ["Не работает звонок", "И смените тариф"]
    assert (fresh(other).status, fresh(other).merged_into) == (Status.CLOSED, ticket)
    assert writes("Ещё о тарифе", token=other.conversation.token) == ticket


def test_what_was_left_to_do_in_the_split_one_is_left_to_do_here(
    two_matters: tuple[Ticket, Message], anna: User
) -> None:
    ticket, letter = two_matters
    other = ticket.split_off([letter.pk], by=anna)
    done, left = fresh(other).plan(["Спросить о цене", "Сменить тариф"], by=anna)
    fresh(other).tick(done, done=True, by=anna)
    fresh(ticket).bring_back(Relocation.objects.get(), by=anna)

    assert list(ticket.tasks.all()) == [left] and list(other.tasks.all()) == [done]


def test_a_letter_does_not_return_where_everything_has_ended_since(
    two_matters: tuple[Ticket, Message], anna: User
) -> None:
    """Nobody would read it there."""
    ticket, letter = two_matters
    other = ticket.split_off([letter.pk], by=anna)
    fresh(ticket).reply("Готово", by=anna, then=Resolve())
    with pytest.raises(Conflict):
        fresh(ticket).bring_back(Relocation.objects.get(), by=anna)
    assert fresh(other).is_open and texts(other) == ["И смените тариф"]

    fresh(ticket).reopen_by(anna)
    fresh(ticket).bring_back(Relocation.objects.get(), by=anna)
    assert fresh(ticket).waiting_since == letter.at


def test_what_was_split_off_from_an_ended_request_returns_to_it(
    two_matters: tuple[Ticket, Message], anna: User
) -> None:
    ticket, letter = two_matters
    ticket.reply("Готово", by=anna, then=Resolve())
    fresh(ticket).split_off([letter.pk], by=anna)
    fresh(ticket).bring_back(Relocation.objects.get(), by=anna)
    assert texts(ticket)[1] == "И смените тариф" and not fresh(ticket).is_open


def test_a_split_ticket_that_lives_on_is_not_undone(
    two_matters: tuple[Ticket, Message], anna: User, tomorrow: datetime
) -> None:
    ticket, letter = two_matters
    other = ticket.split_off([letter.pk], by=anna)
    fresh(other).reply("Сменили", by=anna, then=Resolve(""))
    with pytest.raises(Conflict):
        fresh(ticket).bring_back(Relocation.objects.get(), by=anna)
    assert texts(other) == ["И смените тариф", "Сменили"]


def test_nothing_returns_to_a_request_that_goes_on_elsewhere(
    two_matters: tuple[Ticket, Message], anna: User, writes: Write
) -> None:
    """Nobody reads there any more."""
    ticket, letter = two_matters
    other = ticket.split_off([letter.pk], by=anna)
    fresh(ticket).merge_into(writes("Третье"), by=anna)

    with pytest.raises(Conflict):
        fresh(ticket).bring_back(Relocation.objects.get(kind="split"), by=anna)
    assert texts(other) == ["И смените тариф"] and fresh(other).is_open


# -- moving -----------------------------------------------------------------------------------------------------


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


def test_a_letter_that_returns_still_waits_though_we_answered_another_one_meanwhile(
    two_matters: tuple[Ticket, Message], anna: User, tomorrow: datetime, writes: Write
) -> None:
    ticket, letter = two_matters
    tariff = writes("Хочу другой тариф")
    act = ticket.move_messages([letter.pk], fresh(tariff), by=anna)
    assert fresh(tariff).waiting_since == letter.at
    fresh(ticket).reply("Починим", by=anna, then=Wait(tomorrow))
    fresh(ticket).bring_back(act, by=anna)

    here = fresh(ticket)
    assert (here.status, here.next_step, here.waiting_since) == (Status.OPEN, "answer", letter.at)


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
def test_a_late_letter_and_an_undoing_do_not_block_each_other(
    pair: tuple[Ticket, Ticket], anna: User, writes: Write
) -> None:
    """Whoever needs both tickets holds them in the order of their numbers."""
    first, second = pair
    second.merge_into(first, by=anna)

    @transaction.atomic
    def hear() -> Ticket:
        return fresh(second).hear(second.conversation.write_down("Ещё", by=anna))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            fresh(first).lock()
            heard = pool.submit(at_an_end, hear)
            wait_until_somebody_is_blocked()
            fresh(second).lock()
        assert heard.result(timeout=20) == first


def test_what_is_split_off_from_an_ended_request_of_a_leaver_waits_in_the_queue(
    ticket: Ticket, anna: User, ilya: User, writes: Write
) -> None:
    writes("И ещё счёт", token=ticket.conversation.token)
    fresh(ticket).reply("Готово", by=ilya, then=Resolve())
    ilya.deactivate()
    letters = list(ticket.conversation.messages.filter(direction="in").values_list("pk", flat=True))

    other = fresh(ticket).split_off(letters[-1:], by=anna)

    assert other.is_open and other.owner is None and other.take_by
