"""A list as a table: its filter, its rights, its words; no cell is executed, the journal knows who took it."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.test import Client as Browser

import otklik
from otklik.care.complaints.models import Complaint, Filing, Measure
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Client, Contact, Product
from otklik.desk.imports import exporting
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def table(browser: Browser, address: str) -> list[dict[str, str]]:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_INJECT_1_people_come_with_their_addresses_and_no_formula(
    client: Browser, head: User, ticket: Ticket, pavel: Contact
) -> None:
    pavel.change("note", "=cmd|' /C calc'!A0", by=head)
    client.force_login(head)
    (row,) = table(client, "/clients/export/")
    assert (row["name"], row["email"], row["note"]) == (pavel.name, "pavel@volga.test", "'=cmd|' /C calc'!A0")
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/clients/export/?form=xlsx").streaming_content))  # type: ignore[attr-defined]
    )
    assert book.worksheets[0]["L2"].value == "=cmd|' /C calc'!A0" and book.worksheets[0]["L2"].data_type == "s"


def test_the_filter_of_the_list_holds(client: Browser, head: User, volga: Client) -> None:
    Client.objects.create(name="Дон")
    Product.objects.create(name="АТС")
    client.force_login(head)
    assert [row["name"] for row in table(client, "/clients/export/?show=organisations&q=дон")] == ["Дон"]
    assert [row["name"] for row in table(client, "/clients/export/?show=products")] == ["АТС"]
    assert client.get("/clients/export/?show=passwords").status_code == 400
    assert client.get("/clients/export/?form=exe").status_code == 400


def test_everybody_takes_out_what_they_see_and_no_more(
    client: Browser, anna: User, vera: User, head: User, ticket: Ticket, pavel: Contact
) -> None:
    pavel.belong_to("Волга", by=head)
    for who, count in ((anna, 1), (vera, 0), (head, 1)):
        client.force_login(who)
        assert len(table(client, "/clients/export/")) == count
        assert len(table(client, "/clients/export/?show=organisations")) == count
    for who, count in ((vera, 0), (head, 1)):
        client.force_login(who)
        assert len(table(client, "/queue/all/export/")) == count
    client.logout()
    assert client.get("/clients/export/").status_code == 302


def test_requests_of_a_list_however_many(
    client: Browser, head: User, writes: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PORTION", 2)
    for number in range(5):
        writes(subject=f"+{number}=x", sender=f"a{number}@x.test")
    client.force_login(head)
    rows = table(client, "/queue/all/export/")
    assert [row["subject"] for row in rows] == [f"'+{number}=x" for number in range(5)]
    assert client.get("/queue/nothing/export/").status_code == 404
    assert client.get("/queue/all/export/?seg=nothing").status_code == 400


def test_the_journal_knows_who_took_what_and_how_many(client: Browser, head: User, ticket: Ticket) -> None:
    client.force_login(head)
    table(client, "/clients/export/?q=")
    entry = Entry.objects.get(kind="imports.Exported")
    assert entry.actor == head
    assert entry.data == {"what": "clients", "form": "csv", "query": "q=", "rows": 1}


def test_fields_of_the_company_go_out(client: Browser, head: User, ticket: Ticket, pavel: Contact) -> None:
    shop = CardField.objects.create(name="=Магазин", kind="text")
    flag = CardField.objects.create(name="Рассылка", kind="flag")
    shop.fill(pavel, "Южный", by=head)
    flag.fill(pavel, True, by=head)
    client.force_login(head)

    (row,) = table(client, "/clients/export/")

    assert (row["'=Магазин"], row["Рассылка"]) == ("Южный", "yes")


FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)")


@pytest.mark.parametrize("formula", FORMULAS)
def test_INJECT_1_every_list_says_of_clients_words_that_they_are_words(
    client: Browser, head: User, ticket: Ticket, pavel: Contact, volga: Client, formula: str
) -> None:
    """Whatever of the lists a client, a program or an import writes."""
    told = {"name": formula, "note": formula, "tags": [formula]}
    Contact.objects.filter(pk=pavel.pk).update(**told, position=formula, interests=formula)
    Client.objects.filter(pk=volga.pk).update(**told, website=formula)
    Product.objects.create(name=formula)
    Ticket.objects.filter(pk=ticket.pk).update(subject=formula, contact_name=formula, client_name=formula)
    Complaint.objects.file(Filing(formula.strip() or "=", formula, ticket=ticket, contact=pavel), by=head)
    Complaint.objects.update(words=formula, stated=formula, found=formula, remedy=formula)
    done = {"done_at": clock.now(), "result": formula}
    Measure.objects.create(complaint=Complaint.objects.get(), text=formula, owner=head, due_at=clock.now(), **done)
    client.force_login(head)
    for address in (
        "/clients/export/",
        "/clients/export/?show=organisations",
        "/clients/export/?show=products",
        "/queue/all/export/",
        "/complaints/export/?show=all",
        "/complaints/measures/export/",
    ):
        rows = table(client, address)
        assert rows, address
        cells = [cell for row in rows for cell in row.values()]
        assert formula not in cells and f"'{formula}" in cells, address
        answer = client.get(f"{address}{'&' if '?' in address else '?'}form=xlsx")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
        whole = [
            cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert {cell.data_type for cell in whole} == {"s"}, address


def test_INJECT_1_tables_are_written_in_one_place() -> None:
    """A new door is found here: it writes by `sheets`, and its address belongs into the tests of INJECT-1."""
    house = Path(otklik.__file__).parent
    written = {
        str(path.relative_to(house))
        for path in house.rglob("*.py")
        if "tests" not in path.parts
        and re.search(
            r"csv\.(?:Dict)?[wW]riter|as_csv|as_xlsx|sheets\.FORMS|openpyxl\.Workbook|spreadsheetml",
            path.read_text(),
        )
    }
    assert written == {
        *("desk/imports/sheets.py", "front/setup/views/imports.py", "front/workspace/views/export.py"),
        "front/api/exports.py",
        "front/setup/views/audit.py",  # it tells no words at all
        "front/workspace/acts/sweeps.py",  # numbers, and reasons in our own words
        "front/board/improving/views.py",
        "front/board/measured/views.py",
        "front/board/surveyed/outside.py",
        *("front/board/surveyed/views.py", "front/board/value/views.py", "front/board/paying/views.py"),
        *("front/board/own/views.py", "front/board/views.py"),
    }
