"""What stands in a window has an order, also where two processes write at the same moment."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction

from otklik.adapters.sitechat import leaving, live, sending, taking
from otklik.adapters.sitechat.models import Line, Visitor
from otklik.adapters.sitechat.tests.conftest import Window, sent
from otklik.core.journal import clock
from otklik.core.journal.rows import first
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import Fate
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.live import wait_until

HELD_UP = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"


def beside[T](act: Callable[[], T]) -> Future[T]:
    """Does it in a process of its own, as good as."""

    def alone() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    pool = ThreadPoolExecutor(1)
    future = pool.submit(alone)
    pool.shutdown(wait=False)
    return future


def waits(other: Future[Any]) -> bool:
    """Whether it waits for what we hold; False once it went through."""
    return bool(wait_until(lambda: other.done() or (first(HELD_UP) or [False])[0]) and not other.done())


@pytest.fixture
def answers(window: Window, anna: User) -> list[Outbound]:
    """Two, which nobody has sent yet."""
    window.says("Вопрос", email="anna@home.example")
    for text in ("Первый", "Второй"):
        Ticket.objects.get().reply(text, by=anna, then=Wait(clock.now() + timedelta(days=2)))
    Outbound.objects.update(not_before=clock.now())
    return list(Outbound.objects.order_by("pk"))


@pytest.mark.django_db(transaction=True)
def test_two_senders_write_one_after_the_other(window: Window, answers: list[Outbound]) -> None:
    """Else the line with the higher number may be fetched first, and the other one never."""
    Outbound.objects.update(state="sent")
    with transaction.atomic():
        sending.attempt(answers[0])
        other = beside(lambda: sending.attempt(answers[1]))
        assert waits(other)
    assert other.result().fate is Fate.SENT
    assert [line["text"] for line in window.lines] == ["Вопрос", "Первый", "Второй"]


@pytest.mark.django_db(transaction=True)
def test_who_reads_waits_for_who_hands_over_and_holds_nothing_meanwhile(
    window: Window, answers: list[Outbound], door: Channel
) -> None:
    sent()
    window.leaves()
    visitor, last = window.visitor, window.lines[-1]["id"]
    with transaction.atomic():
        assert leaving.hand_over(visitor.pk)
        other = beside(lambda: taking.see(visitor, last))
        assert waits(other)
        assert len(Line.objects.select_for_update(nowait=True)) == 3
    assert other.result()


@pytest.mark.django_db(transaction=True)
def test_windows_of_two_processes_are_heard_of_in_one_order(window: Window, another: Callable[[str], Window]) -> None:
    window.says("Раз")
    another("b").says("Два")
    first_one, second = Visitor.objects.order_by("pk")
    first_one.heard()  # its row lies behind the other one now
    told: dict[str, Any] = {"visitors": [second.pk, first_one.pk], "now": clock.now() + timedelta(hours=1)}

    def hears() -> None:
        with connection.cursor() as cursor:
            cursor.execute(live.HEARD, told)

    with transaction.atomic():
        Visitor.objects.select_for_update().get(pk=first_one.pk)
        other = beside(hears)
        assert waits(other)
        assert Visitor.objects.select_for_update(nowait=True).get(pk=second.pk), "it holds nobody behind that one"
    other.result()
    assert set(Visitor.objects.values_list("heard_at", flat=True)) == {told["now"]}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["ready", "sending"])
def test_an_answer_waits_for_an_earlier_one(window: Window, answers: list[Outbound], state: str) -> None:
    Outbound.objects.filter(pk=answers[0].pk).update(state=state)
    told = sending.attempt(answers[1])

    assert told.fate is Fate.BEHIND and told.until is not None and len(window.lines) == 1
    Outbound.objects.filter(pk=answers[0].pk).update(not_before=clock.now() + timedelta(hours=1), state="ready")
    assert sending.attempt(answers[1]).fate is Fate.SENT, "what is put off holds up nobody"


@pytest.mark.django_db
def test_seen_before_it_counts_as_sent_it_is_said_once_more(window: Window, answers: list[Outbound]) -> None:
    Outbound.objects.filter(pk=answers[0].pk).update(state="sending")
    sending.attempt(answers[0])
    last = window.lines[-1]["id"]

    assert window.post("seen", last=last).status_code == 202
    assert not Line.objects.exclude(seen_at=None).exists()
    Outbound.objects.filter(pk=answers[0].pk).update(state="sent")
    assert window.post("seen", last=last).status_code == 204
    assert Outbound.objects.get(pk=answers[0].pk).detail == "seen"


@pytest.mark.django_db
def test_the_window_is_told_once_it_counts_as_sent(
    window: Window, answers: list[Outbound], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[tuple[int, str]]()
    state = Outbound.objects.filter(pk=answers[0].pk).values_list("state", flat=True)
    monkeypatch.setattr("otklik.adapters.sitechat.live.tell", lambda visitor: told.append((visitor, state.get())))
    sent()

    assert told == [(window.visitor.pk, "sent")] * 2


@pytest.mark.django_db
def test_who_came_back_gets_no_letter(window: Window, answers: list[Outbound], door: Channel) -> None:
    """They were found as gone, and were heard of before it was their turn."""
    sent()
    assert not leaving.hand_over(window.visitor.pk)
    window.leaves()
    assert leaving.hand_over(window.visitor.pk)
