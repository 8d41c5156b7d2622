"""Files brought in and tables taken out by programs."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from otklik.core.journal.models import Entry
from otklik.core.staff.models import ApiToken, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import CardField, Client, Contact, Identity, Product, Secrecy
from otklik.desk.clients.sight import looks_at
from otklik.desk.imports.models import Import
from otklik.desk.imports.tasks import work
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import ALL, Ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

PEOPLE = "Клиент;Почта;Шифр\nАнна;anna@don.example;1\nБорис;boris@;2\n"


def sent(browser: Browser, user: User, content: str = PEOPLE, key: str = "", scopes: Any = ALL, **said: Any) -> Any:
    _token, secret = ApiToken.objects.issue(user, scopes)
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    file = SimpleUploadedFile("люди.csv", content.encode())
    return browser.post("/api/v1/imports", {"kind": "contacts", "source": "crm", "file": file} | said, headers=headers)


def test_a_file_is_matched_looked_at_checked_and_brought_in(client: Browser, ask: Ask, admin: User) -> None:
    made, again = sent(client, admin, key="k"), sent(client, admin, key="k")
    assert made.status_code == 201 and again.content == made.content, made.json()
    of = made.json()
    address = f"imports/{of['id']}"
    assert (of["state"], of["name"], of["by"], Import.objects.count()) == ("draft", "люди.csv", "admin", 1)
    assert [(one["name"], one["field"]) for one in of["columns"]] == [
        ("Клиент", "name"),
        ("Почта", "email"),
        ("Шифр", ""),
    ]
    names = {one["name"] for one in ask("get", "imports/fields?kind=contacts", admin).json()}
    assert {"name", "email", "external_id"} <= names

    mapped = ask("patch", address, admin, {"mapping": {"Шифр": "external_id"}}).json()
    assert [one["field"] for one in mapped["columns"]] == ["name", "email", "external_id"]
    first, second = ask("get", f"{address}/preview", admin).json()
    assert first["values"] == {"name": "Анна", "email": "anna@don.example", "external_id": "1"} and second["wrong"]

    assert ask("post", f"{address}/check", admin).json()["state"] == "checking"
    work(of["id"])
    checked = ask("get", address, admin).json()
    assert (checked["state"], checked["counts"]["new"], checked["counts"]["wrong"]) == ("checked", 1, 1)
    assert not Contact.objects.exists()
    ask("post", f"{address}/start", admin, key="s")
    work(of["id"])
    assert ask("post", f"{address}/start", admin, key="s").json()["state"] == "running", "as it was answered"
    done = ask("get", address, admin).json()
    assert (done["state"], done["position"], done["problems"]) == ("done", 2, 1) and done["ended_at"]
    (row,) = ask("get", f"{address}/problems", admin).json()
    assert (row["line"], row["column"], row["cells"]["Почта"], row["kept"]) == (3, "Почта", "boris@", False)
    (found,) = ask("get", "contacts?external_id=1&source=crm", admin).json()
    assert found["name"] == "Анна"


def test_what_runs_is_stopped_before_it_is_changed(client: Browser, ask: Ask, admin: User) -> None:
    address = f"imports/{sent(client, admin).json()['id']}"
    read = ask("get", address, admin)
    ask("post", f"{address}/start", admin)
    for act in ("start", "check"):
        assert ask("post", f"{address}/{act}", admin).status_code == 409
    assert ask("patch", address, admin, {"mapping": {}}).status_code == 409
    assert ask("post", f"{address}/stop", admin, tag=read["ETag"]).status_code == 412
    assert ask("post", f"{address}/stop", admin).json()["state"] == "stopped"
    assert [one["id"] for one in ask("get", "imports?state=stopped", admin).json()] == [int(address[8:])]
    assert ask("get", "imports?state=done", admin).json() == []


def test_problems_come_in_pages(client: Browser, ask: Ask, admin: User) -> None:
    rows = "".join(f"Н{number};нет\n" for number in range(5))
    address = f"imports/{sent(client, admin, 'Клиент;Почта\n' + rows).json()['id']}"
    ask("post", f"{address}/check", admin)
    work(int(address[8:]))
    first = ask("get", f"{address}/problems?limit=3", admin)
    following = first["Link"].split(">")[0].split("/api/v1/")[1]
    lines = [one["line"] for one in (*first.json(), *ask("get", following, admin).json())]
    assert lines == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "secrets"}, "kind"),
        ({"source": "а б"}, "source"),
        ({"kind": "tickets", "channel": "x@y.test"}, "channel"),
    ],
)
def test_what_is_wrong_is_named(client: Browser, admin: User, door: Channel, wrong: dict[str, str], field: str) -> None:
    answer = sent(client, admin, **wrong)
    assert answer.status_code == 422 and answer.json()["field"].endswith(field), answer.json()
    assert not Import.objects.exists()


def test_what_is_no_table_is_refused(client: Browser, ask: Ask, admin: User) -> None:
    empty = sent(client, admin, "")
    assert empty.status_code == 422 and not Import.objects.exists()
    assert ask("post", "imports", admin, {"kind": "contacts"}).status_code == 422, "no file"
    pk = sent(client, admin).json()["id"]
    for mapping in ({"Нет": "name"}, {"Шифр": "password"}):
        assert ask("patch", f"imports/{pk}", admin, {"mapping": mapping}).json()["field"] == "mapping"
    Import.objects.get().file.delete()
    assert ask("get", f"imports/{pk}/preview", admin).status_code in (200, 409)
    assert ask("get", f"imports/{pk}", admin).status_code == 200


def test_ACCESS_administrators_alone_bring_in(client: Browser, ask: Ask, head: User, boris: User, admin: User) -> None:
    pk = sent(client, admin).json()["id"]
    for user in (head, boris):
        assert sent(client, user).status_code == 403
        for method, path in (("get", "imports"), ("get", f"imports/{pk}"), ("post", f"imports/{pk}/start")):
            assert ask(method, path, user).status_code == 403
    assert sent(client, admin, scopes=("imports:read", "tickets:write")).status_code == 403
    assert ask("post", f"imports/{pk}/start", admin, scopes=("imports:read",)).status_code == 403
    assert Import.objects.get().state == "draft"


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def test_tables_hold_what_the_person_sees_and_the_journal_knows(
    ask: Ask, anna: User, vera: User, boris: User, ticket: Ticket, pavel: Contact, volga: Client
) -> None:
    pavel.belong_to("Волга", by=boris)
    Product.objects.create(name="АТС")
    pavel.restrict("vip", by=boris)

    assert [row["email"] for row in table(ask("get", "exports/contacts", anna))] == ["pavel@volga.test"]
    assert [row["name"] for row in table(ask("get", "exports/organisations?query=волг", anna))] == ["Волга"]
    assert [row["name"] for row in table(ask("get", "exports/products", vera))] == ["АТС"]
    assert [row["number"] for row in table(ask("get", "exports/tickets?query=status:open", anna))] == [str(ticket.pk)]
    for what in ("contacts", "organisations", "tickets"):
        assert table(ask("get", f"exports/{what}", vera)) == []
    book = ask("get", "exports/contacts?form=xlsx&query=никого", anna)
    assert b"".join(book.streaming_content)[:2] == b"PK" and "xlsx" in book["Content-Disposition"]
    taken = Entry.objects.filter(kind="imports.Exported", actor=anna).order_by("id")
    assert [(one.data["what"], one.data["rows"]) for one in taken] == [
        ("clients", 1),
        ("organisations", 1),
        ("requests", 1),
        ("clients", 0),
    ]
    assert [(look.actor, look.data["place"]) for look in looks_at(pavel)] == [(anna, "export")]


def test_PRIVACY_a_table_is_without_what_is_hidden(ask: Ask, anna: User, boris: User, ticket: Ticket) -> None:
    Secrecy.objects.create(pk=1, facts=["phones", "note"])
    Identity.objects.create(contact=ticket.contact, kind="phone", value="+79135550142")
    secret = CardField.objects.create(name="Рождение", kind="date", is_personal=True)
    (hers,), (his,) = (table(ask("get", "exports/contacts", user)) for user in (anna, boris))
    assert not {"phone", "note", secret.name} & hers.keys() and {"phone", "note", secret.name} <= his.keys()


def test_ACCESS_a_table_needs_its_scope_and_a_known_form(ask: Ask, anna: User) -> None:
    scopes = tuple(scope for scope in ALL if scope != "exports:read")
    assert ask("get", "exports/contacts", anna, scopes=scopes).status_code == 403
    assert ask("get", "exports/contacts?form=exe", anna).status_code == 422
    assert ask("get", "exports/passwords", anna).status_code == 404


def test_INJECT_1_no_cell_is_executed(ask: Ask, boris: User, ticket: Ticket, pavel: Contact) -> None:
    pavel.change("note", "=cmd|' /C calc'!A0", by=boris)
    (row,) = table(ask("get", "exports/contacts", boris))
    assert row["note"] == "'=cmd|' /C calc'!A0"
