"""Joining, splitting and moving are taken back, as far as nothing has happened since."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Relocation, Status, Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve, Wait
from otklik.desk.tickets.tests.joined import texts
from tests.fixtures.cast import Write, fresh
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

DAY = timedelta(days=1)


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
