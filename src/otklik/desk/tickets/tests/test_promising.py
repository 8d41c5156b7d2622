"""A promised date: warnings, the moment it is missed, moving it, the client's word."""

from datetime import datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.tickets import policies
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def minded(at: datetime) -> int:
    with clock.at(at):
        return Ticket.objects.mind_promises()


def told(ticket: Ticket, kind: str) -> int:
    return Entry.objects.about("ticket", ticket.pk).filter(kind=f"tickets.{kind}").count()


@pytest.fixture
def until() -> datetime:
    return clock.now() + 4 * DAY


@pytest.fixture
def promised(ticket: Ticket, anna: User, until: datetime) -> Ticket:
    ticket.reply("Проверим", by=anna, then=PromiseDate(until, "проверим маршрут"))
    return ticket


def test_three_warnings_and_one_end() -> None:
    at = clock.now()
    assert policies.marks(at, at + 4 * DAY) == [at + 3 * DAY, at + 4 * DAY - 2 * HOUR, at + 4 * DAY]
    assert policies.marks(at, at + HOUR) == [at + 45 * timedelta(minutes=1), at + HOUR]
    assert len(policies.marks(at, at + 10 * DAY)) == 4


def test_each_mark_is_told_once(promised: Ticket, until: datetime) -> None:
    assert minded(until - 2 * DAY) == 0
    assert minded(until - DAY + HOUR) == 1 and minded(until - DAY + 2 * HOUR) == 0
    assert minded(until - HOUR) == 1
    assert minded(until) == 0, "an answer at the very moment still keeps it"
    assert minded(until + HOUR) == 1 and minded(until + 2 * HOUR) == 0
    assert (told(promised, "PromiseNear"), told(promised, "PromiseBroken")) == (2, 1)
    promised.refresh_from_db()
    assert promised.returned == "broken" and promised.promises.get().broken_at == until + HOUR


def test_a_scheduler_that_slept_tells_of_the_end_alone(promised: Ticket, until: datetime) -> None:
    assert minded(until + DAY) == 1
    assert (told(promised, "PromiseNear"), told(promised, "PromiseBroken")) == (0, 1)


def test_what_was_answered_or_taken_back_is_not_minded(promised: Ticket, anna: User, until: datetime) -> None:
    promised.reply("Готово", by=anna, then=Resolve())
    assert minded(until + DAY) == 0


def test_moving_a_date_asks_why_and_says_it(promised: Ticket, anna: User, until: datetime, paper: Paper) -> None:
    with pytest.raises(Invalid) as asked:
        promised.reply("Дольше", by=anna, then=PromiseDate(until + DAY))
    assert asked.value.field == "why"

    promised.reply("Дольше", by=anna, then=PromiseDate(until + DAY, why="ждём провайдера"))
    second = promised.promises.order_by("-id")[0]
    assert (second.moved_from, second.why) == (until, "ждём провайдера")
    assert Entry.objects.filter(kind="tickets.DatePromised", data__why="ждём провайдера", data__moved=True).exists()
    outbox.send_due()
    assert "Подходит ли новый срок: https://desk.test/request/" in bytes(paper.sent[-1].raw).decode()


def test_an_earlier_date_and_the_same_one_need_no_reason(promised: Ticket, anna: User, until: datetime) -> None:
    promised.reply("Раньше", by=anna, then=PromiseDate(until - DAY))
    promised.reply("Как и обещали", by=anna, then=PromiseDate(until - DAY))
    first, second, third = promised.promises.order_by("id")
    assert first.moved_at and second.is_kept and promised.moves == 1
    assert promised.date_to_agree is None and third.moved_from is None


def test_a_missed_date_is_not_moved_but_broken(promised: Ticket, anna: User, until: datetime) -> None:
    with clock.at(until + HOUR):
        promised.reply("Простите", by=anna, then=PromiseDate(until + DAY))
    first, second = promised.promises.order_by("id")
    assert not first.is_kept and not first.moved_at and second.moved_from is None
    promised.refresh_from_db()
    assert promised.returned == ""


@pytest.fixture
def moved(promised: Ticket, anna: User, until: datetime) -> Ticket:
    promised.reply("Дольше", by=anna, then=PromiseDate(until + DAY, why="ждём провайдера"))
    return promised


def test_the_client_accepts_a_moved_date(moved: Ticket, until: datetime) -> None:
    promise = moved.date_to_agree
    assert promise
    moved.agree_date(promise.pk, agreed=True)
    assert moved.date_to_agree is None and moved.due_at == until + DAY
    assert told(moved, "DateAnswered") == 1


def test_a_date_that_does_not_suit_is_a_word_of_the_client(moved: Ticket) -> None:
    promise = moved.date_to_agree
    assert promise
    moved.agree_date(promise.pk, agreed=False)
    moved.refresh_from_db()
    assert (moved.next_step, moved.returned) == ("answer", "rejected") and moved.waiting_since
    assert moved.promises.current().get() == promise, "we still come back by it"
    with pytest.raises(Conflict):
        moved.agree_date(promise.pk, agreed=True)


def test_a_date_that_was_moved_again_is_not_answered(moved: Ticket, anna: User, until: datetime) -> None:
    old = moved.date_to_agree
    assert old
    moved.reply("Ещё", by=anna, then=PromiseDate(until + 2 * DAY, why="ждём"))
    with pytest.raises(Conflict):
        moved.agree_date(old.pk, agreed=True)
