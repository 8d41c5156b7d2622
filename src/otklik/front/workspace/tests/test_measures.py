"""Measures of complaints as a board: who sees which, in what order, and at what cost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.care.complaints.models import Complaint, Filing, Measure
from otklik.care.complaints.tests.conftest import bring
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.complaints import measures

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
type Plan = Callable[..., Measure]
BOARD = "/complaints/measures/"


@pytest.fixture
def looked_into(ticket: Ticket, boris: User, head: User) -> Complaint:
    told = Filing("Обещали вчера, до сих пор тишина", "Не ответили в срок", ticket=ticket, contact=ticket.contact)
    return bring(Complaint.objects.file(told, by=boris), "investigating", by=boris, investigator=head)


@pytest.fixture
def plan(looked_into: Complaint, boris: User) -> Plan:
    def make(text: str, owner: User, days: float, of: Complaint = looked_into) -> Measure:
        """A measure that was due so many days from now, before it where that is below zero."""
        with clock.at(clock.now() - timedelta(days=20)):
            due = clock.now() + timedelta(days=20 + days)
            return of.plan(text, kind="preventive", owner=owner, due_at=due, by=boris)

    return make


def columns(browser: Browser, address: str = BOARD) -> list[str]:
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode().split("<section aria-labelledby=")[1:]


def test_late_ones_stand_first_and_each_has_its_column(
    boris: User, anna: User, sits_at: SitsAt, looked_into: Complaint, plan: Plan
) -> None:
    plan("Через месяц", anna, 30), plan("Скоро", anna, 2)
    plan("Вчера", anna, -1), plan("Давно", boris, -9)
    first, done = plan("Сначала", boris, 3), plan("Потом", boris, 4)
    with clock.at(clock.now() - timedelta(days=2)):
        looked_into.finish(first, "Сделали первой", by=boris)
    looked_into.finish(done, "Сделали второй", by=boris)

    late, open_, ended = columns(sits_at(boris))
    assert late.index("Давно") < late.index("Вчера") and "Скоро" not in late
    assert open_.index("Скоро") < open_.index("Через месяц") and "Давно" not in open_
    assert ended.index("Потом") < ended.index("Сначала"), "of what is done the newest first"
    assert "Сделали второй" in ended and anna.name in late and boris.name in late
    assert f"/complaints/{looked_into.pk}/#measure-" in late and looked_into.stated in late


def test_what_was_done_long_ago_is_no_news_and_in_the_table_still(
    boris: User, sits_at: SitsAt, looked_into: Complaint, plan: Plan
) -> None:
    one = plan("Давно сделано", boris, 1)
    with clock.at(clock.now() - measures.DONE_FOR - timedelta(minutes=1)):
        looked_into.finish(one, "Итог", by=boris)
    browser = sits_at(boris)
    assert "Давно сделано" not in browser.get(BOARD).content.decode()
    table = b"".join(browser.get(f"{BOARD}export/").streaming_content).decode()  # type: ignore[attr-defined]
    assert "Давно сделано" in table and "Итог" in table


def test_by_line_open_ones_alone_stand_in_columns_of_lines(
    head: User, boris: User, sits_at: SitsAt, line_two: Team, looked_into: Complaint, plan: Plan
) -> None:
    other = Complaint.objects.file(Filing("Грубили", "Грубый разговор", line=line_two), by=head)
    bring(other, "investigating", by=head, investigator=head)
    plan("Первой линии", boris, -1), plan("Второй линии", head, 5, other)
    looked_into.finish(plan("Готовая", boris, 3), "Итог", by=boris)
    first, second = columns(sits_at(head), f"{BOARD}?by=line")
    assert looked_into.line.name in first and "Первой линии" in first and "Второй линии" not in first
    assert line_two.name in second and "Второй линии" in second
    assert "Готовая" not in first + second


def test_one_sees_measures_of_complaints_that_one_may_see(
    anna: User, vera: User, boris: User, head: User, sits_at: SitsAt, ticket: Ticket, plan: Plan
) -> None:
    """Never of one about oneself, although a colleague of the line mends it."""
    about = Complaint.objects.file(Filing("Сквозь зубы", "Грубый разговор", ticket=ticket, against=anna), by=head)
    bring(about, "investigating", by=boris, investigator=head)
    plan("Поговорить с ней", vera, -1, about), plan("Свериться с графиком", anna, -1)
    seen = {who.login: sits_at(who).get(f"{BOARD}?show=all").content.decode() for who in (anna, vera, boris)}
    assert "Поговорить с ней" not in seen["anna"] and "Свериться с графиком" in seen["anna"]
    assert "Поговорить с ней" in seen["vera"] and "Свериться с графиком" not in seen["vera"]
    assert "Поговорить с ней" in seen["boris"] and "Свериться с графиком" in seen["boris"]
    export = sits_at(anna).get(f"{BOARD}export/")
    assert "Поговорить с ней" not in b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]


def test_whoever_leads_begins_with_all_and_others_with_their_own(
    anna: User, boris: User, sits_at: SitsAt, plan: Plan
) -> None:
    plan("Анны", anna, 1), plan("Бориса", boris, 1)
    page = sits_at(boris).get(BOARD).content.decode()
    assert "Анны" in page and "Бориса" in page
    own = sits_at(anna).get(BOARD).content.decode()
    assert "Анны" in own and "Бориса" not in own
    assert "Бориса" in sits_at(anna).get(f"{BOARD}?show=all").content.decode(), "the whole of a complaint of hers"


def test_where_nothing_is_planned_it_says_so_and_what_nobody_knows_is_none(boris: User, sits_at: SitsAt) -> None:
    browser = sits_at(boris)
    assert "queue-board" not in browser.get(BOARD).content.decode()
    for address in (f"{BOARD}?by=owner", f"{BOARD}?show=others"):
        assert browser.get(address).status_code == 404
    assert browser.get(f"{BOARD}export/?show=others").status_code == 400


def test_of_many_the_first_are_shown_with_how_many_there_are(
    boris: User, sits_at: SitsAt, looked_into: Complaint
) -> None:
    now, beyond = clock.now(), 3
    Measure.objects.bulk_create(
        Measure(complaint=looked_into, text=f"Мера {n}", owner=boris, due_at=now + timedelta(days=n + 1))
        for n in range(measures.MOST + beyond)
    )
    [column] = [one for one in measures.columns(boris, "state", "all") if one.count]
    assert (column.count, len(column.rows), column.more) == (measures.MOST + beyond, measures.MOST, beyond)
    assert [one.text for one, _late in column.rows] == [f"Мера {n}" for n in range(measures.MOST)]


@pytest.mark.parametrize("by", list(measures.WAYS))
def test_it_costs_the_same_however_many_there_are(
    boris: User, anna: User, sits_at: SitsAt, plan: Plan, kept_for_long: None, by: str
) -> None:
    browser = sits_at(boris)
    plan("Первая", anna, -1)
    browser.get(f"{BOARD}?by={by}")
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"{BOARD}?by={by}")
        counts.append(len(asked))
        for n in range(5):
            plan(f"Ещё {n}", anna if n % 2 else boris, n - 2)
    assert counts[0] == counts[1]
