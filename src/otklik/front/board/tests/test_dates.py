"""The boards of promised dates."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from otklik.core.formulas import promise_stats
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Promise, Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

NOON = datetime.fromisoformat("2026-06-03T09:00:00+00:00")
HOUR = timedelta(hours=1)
type Promised = Callable[..., Ticket]


@pytest.fixture
def promised(writes: Write, anna: User) -> Promised:
    """`promised(at, until)`: a request in which Anna promised that at that moment."""

    def promise(at: datetime, until: datetime, by: User = anna) -> Ticket:
        with clock.at(at):
            ticket = writes(sender=f"c{Promise.objects.count()}@else.test")
            ticket.reply("Проверим", by=by, then=PromiseDate(until, "проверить"))
        return ticket

    return promise


def shown(client: Client, which: str, ticket: Ticket) -> bool:
    with clock.at(NOON):
        return f"/tickets/{ticket.pk}/" in client.get(f"/board/dates/?show={which}&days=7").content.decode()


def test_each_promise_stands_where_it_belongs(client: Client, promised: Promised, boris: User, anna: User) -> None:
    client.force_login(boris)
    fresh = promised(NOON - HOUR / 4, NOON + 5 * HOUR)
    worn = promised(NOON - 30 * HOUR, NOON + 3 * HOUR)
    soon = promised(NOON - HOUR / 4, NOON + HOUR)
    later = promised(NOON - HOUR, NOON + 72 * HOUR)
    broken = promised(NOON - 30 * HOUR, NOON - HOUR)
    answered_late = promised(NOON - 30 * HOUR, NOON - 2 * HOUR)
    with clock.at(NOON - HOUR):
        answered_late.reply("Готово", by=anna, then=Resolve())

    tickets = [fresh, worn, soon, later, broken, answered_late]
    assert [shown(client, "today", ticket) for ticket in tickets] == [True, True, True, False, False, False]
    assert [shown(client, "risk", ticket) for ticket in tickets] == [False, True, True, False, False, False]
    assert [shown(client, "broken", ticket) for ticket in tickets] == [False, False, False, False, True, True]


def test_shares_are_those_of_the_formula(
    client: Client, promised: Promised, head: User, anna: User, ilya: User
) -> None:
    kept = promised(NOON - 30 * HOUR, NOON - 2 * HOUR)
    with clock.at(NOON - 3 * HOUR):
        kept.reply("Готово", by=anna, then=Resolve())
    promised(NOON - 30 * HOUR, NOON - HOUR)
    promised(NOON - 30 * HOUR, NOON - HOUR, by=ilya)
    client.force_login(head)
    with clock.at(NOON):
        page = client.get("/board/dates/?days=7").content.decode()

    items = [
        {"due": promise.until, "done": promise.done_at, "renegotiated_at": promise.moved_at}
        for promise in Promise.objects.filter(by=anna)
    ]
    told = promise_stats(items, NOON - 72 * HOUR, NOON + HOUR, NOON)
    assert (told["kept"], told["due"]) == (1, 2)
    assert "1 из 2, перенесено: 0, нарушено: 1" in page and page.index("Илья Соколов") < page.index("Анна Белова")


def test_an_agent_has_no_such_boards_and_empty_ones_are_calm(client: Client, anna: User, head: User) -> None:
    client.force_login(anna)
    assert client.get("/board/dates/").status_code == 403
    client.force_login(head)
    for which in ("today", "risk", "broken", "odd"):
        assert 'class="empty"' in client.get(f"/board/dates/?show={which}").content.decode()
