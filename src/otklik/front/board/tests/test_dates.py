"""The boards of promised dates."""

import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from html import unescape

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core.formulas import promise_stats
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.sla.models import ServiceClass, Version
from otklik.desk.tickets.models import Promise, Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.front.board import dates
from otklik.front.board.period import chosen
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

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


def counted() -> None:
    """What was not kept by noon is found, and the figures know it."""
    with clock.at(NOON):
        Ticket.objects.mind_promises()
    count_facts()


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
    counted()
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


def test_shares_are_told_by_class_as_well(client: Client, promised: Promised, head: User) -> None:
    gold = promised(NOON - 30 * HOUR, NOON - HOUR)
    version = Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)
    Ticket.objects.filter(pk=gold.pk).update(class_version=version.pk)
    for _each in range(2):
        promised(NOON - 30 * HOUR, NOON - HOUR)
    counted()
    client.force_login(head)
    with clock.at(NOON):
        page = client.get("/board/dates/?days=7").content.decode()
    classes = page[page.index("Выполнено, по классам") :]
    assert classes.index("VIP") < classes.index("0 из 1") and classes.index("без класса") < classes.index("0 из 2")


def test_two_people_of_one_name_are_two(client: Client, promised: Promised, head: User, ilya: User) -> None:
    User.objects.filter(pk=ilya.pk).update(name="Анна Белова")
    promised(NOON - 30 * HOUR, NOON - HOUR)
    promised(NOON - 30 * HOUR, NOON - HOUR, by=ilya)
    counted()
    client.force_login(head)
    with clock.at(NOON):
        page = client.get("/board/dates/?days=7").content.decode()
    assert page.count("0 из 1, перенесено: 0, нарушено: 1") == 2 and "0 из 2, перенесено: 0, нарушено: 2" in page


def test_counts_stop_where_nobody_reads_the_difference(
    client: Client, promised: Promised, boris: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "CAP", 2)
    for hour in range(1, 4):
        promised(NOON - HOUR / 4, NOON + hour * HOUR)
    client.force_login(boris)
    with clock.at(NOON):
        page = client.get("/board/dates/").content.decode()
    assert '<span class="n">1+</span>' in page and page.count("/tickets/") >= 3


@pytest.mark.django_db
@pytest.mark.parametrize("which", dates.NAMES)
def test_each_board_walks_the_index_of_what_is_owed(promised: Promised, boris: User, rf, which: str) -> None:
    promised(NOON - HOUR / 4, NOON + HOUR)
    request = rf.get("/board/dates/")
    with connection.cursor() as cursor, clock.at(NOON):
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("DROP INDEX promise_until")
        plan = dates.rows(chosen(request, boris), which).order_by("until", "pk")[:51].explain()
    assert "promise_owed" in plan and "Sort" not in plan


def test_promises_are_asked_for_once_and_shown_page_by_page(
    client: Client,
    promised: Promised,
    boris: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[CaptureQueriesContext]],
) -> None:
    monkeypatch.setattr(dates, "PAGE", 2)
    client.force_login(boris)
    tickets = [promised(NOON - HOUR, NOON + (number // 2 + 1) * HOUR) for number in range(5)]
    seen, address = [], "/board/dates/?days=7"
    for _ in range(3):
        with clock.at(NOON), django_assert_max_num_queries(40) as asked:
            page = client.get(address).content.decode()
        seen.append([tickets.index(one) for one in tickets if f"/tickets/{one.pk}/" in page])
        cells = [one for one in asked.captured_queries if "metrics_cell" in one["sql"]]
        assert len(cells) == 6
        following = re.search(r'href="(\?[^"]*after=[^"]+)"', page)
        address = f"/board/dates/{unescape(following[1])}" if following else ""
    assert seen == [[0, 1], [2, 3], [4]] and address == ""
    with clock.at(NOON):
        for odd in (
            "x",
            "2026~1",
            "2026-06-03T09:00:00~1",
            "2026-99-03T09:00:00+00:00~1",
            f"{NOON.isoformat()}~{'9' * 30}",
        ):
            answer = client.get("/board/dates/", {"days": "7", "after": odd})
            assert f"/tickets/{tickets[0].pk}/" in answer.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_INJECT_1_a_board_of_dates_is_taken_away_whole_and_the_journal_knows(
    client: Client, promised: Promised, boris: User, vera: User, line_two: Team, form: str
) -> None:
    """As many rows as its number says, of the own lines alone, and no cell is a formula."""
    now = clock.now()
    late = [promised(now - HOUR * 30, now - HOUR * hours) for hours in (3, 2, 1)]
    Ticket.objects.filter(pk=late[0].pk).update(subject="=1+1")
    Ticket.objects.filter(pk=late[2].pk).update(team=line_two)
    client.force_login(boris)
    answer = client.get(f"/board/dates/table/?show=broken&form={form}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]

    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert [(row["number"], row["subject"][:5]) for row in rows] == [
            (str(late[0].pk), "'=1+1"),
            (str(late[1].pk), "Звоно"),
        ]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert sheet["B2"].data_type == "s" and sheet["B2"].value == "=1+1" and sheet.max_row == 3
    taken = Entry.objects.get(kind="imports.Exported")
    assert (taken.actor, taken.data["what"], taken.data["rows"]) == (boris, "promises", 2)
    assert client.get("/board/dates/table/?show=all").status_code == 400
    assert client.post(f"/board/dates/table/?show=broken&form={form}").status_code == 405
    for wrong in (f"team={line_two.pk}", "team=x"):  # else it were the dates of all of their lines
        assert client.get(f"/board/dates/table/?show=broken&form={form}&{wrong}").status_code == 400
        assert "/board/dates/table/" not in client.get(f"/board/dates/?show=broken&{wrong}").content.decode()
    assert Entry.objects.filter(kind="imports.Exported").count() == 1
    client.force_login(vera)
    assert client.get("/board/dates/table/?show=broken").status_code == 403


def test_an_agent_has_no_such_boards_and_empty_ones_are_calm(client: Client, anna: User, head: User) -> None:
    client.force_login(anna)
    assert client.get("/board/dates/").status_code == 403
    client.force_login(head)
    for which in ("today", "risk", "broken", "odd"):
        assert 'class="empty"' in client.get(f"/board/dates/?show={which}").content.decode()
