"""Everything of another desk: people, organisations, requests with all that was said; quietly, and never twice."""

import copy
import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import CardAnswer, CardField, Client, Contact
from otklik.desk.conversations.models import Message
from otklik.desk.imports.desks import DESKS
from otklik.desk.imports.models import Takeover
from otklik.desk.imports.taking_over import go_on
from otklik.desk.imports.tests import exports
from otklik.desk.sla.models import Clock
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db

type Move = Callable[..., Takeover]


@pytest.fixture
def move(door: Channel) -> Move:
    """Read an export of a folder and bring it in; `dry` only looks."""

    def moved(system: str, folder: Path, *, dry: bool = False) -> Takeover:
        of = Takeover.objects.create(system=system, channel=door)
        go_on(of, folder=folder)
        if of.state == "ready":
            of.begin(dry=dry)
            go_on(of)
        return of

    return moved


@pytest.fixture
def zendesk(tmp_path: Path, anna: User) -> Path:
    return exports.written(tmp_path / "zendesk", exports.ZENDESK, anna.email, lines=True)


def told(of: Takeover) -> dict[str, tuple[int, ...]]:
    return {part.kind: tuple(part.told.values()) for part in of.parts.order_by("pk")}


def said(ticket: Ticket) -> list[tuple[str, str]]:
    return [(one.direction, one.text.splitlines()[0]) for one in ticket.conversation.messages.order_by("at", "id")]


def test_zendesk(move: Move, zendesk: Path, anna: User) -> None:
    of = move("zendesk", zendesk)

    assert (of.state, of.trouble) == ("done", "")
    assert told(of) == {
        "organisations": (1, 0, 0, 0),
        "contacts": (2, 0, 0, 0),
        "tickets": (3, 6, 0, 0),
    }, list(of.parts.filter(problems__kept=False).values_list("problems__words", "problems__column"))
    don = Client.objects.get()
    assert (don.name, don.website, don.tags) == ("Дон-Телеком", "don.example, don.test", ["vip"])
    assert "contract: Д-17" in don.note and don.created_at.year == 2019
    pavel = Contact.objects.get(identities__value="pavel@don.example")
    assert (pavel.client, pavel.time_zone, pavel.language, pavel.tags) == (don, "Europe/Moscow", "ru", ["юг"])
    assert "shoe_size: 44" in pavel.note and "12" in pavel.note  # a telephone that is none costs nobody
    first = Ticket.objects.get(subject="Нет звука")
    assert (first.contact, first.owner, first.status, first.priority) == (pavel, anna, "open", 4)
    assert first.tags == ["звонки", "a b"] and first.opened_at == datetime(2024, 3, 1, 10, tzinfo=UTC)
    assert [one for one in said(first) if "Zendesk" not in one[1]] == [
        ("in", "Не слышно"),
        ("out", "Проверим"),
        ("note", "Это опять кабель"),
        ("in", "И у меня"),
    ]
    origin = first.conversation.messages.get(text__contains="Zendesk")
    assert origin.direction == "note"
    assert {"№: 100", "channel: email", "Номер договора: Д-17", "type: incident"} <= set(origin.text.splitlines())
    letter = first.conversation.messages.filter(direction="in").order_by("at")[0]
    assert letter.author_address == "pavel@don.example" and letter.contact == pavel
    beside = first.conversation.messages.get(text="И у меня")
    assert beside.contact and beside.contact.email == "copy@don.example"
    assert letter.text.startswith("Не слышно") and "лог.txt https://x.zendesk.com/a/1" in letter.text


def test_what_is_open_hangs_on_nobody_less_and_what_is_closed_is_over(move: Move, zendesk: Path, door: Channel) -> None:
    """Owner or line, a next step and a moment for what is open; the rest is history, not measured."""
    move("zendesk", zendesk)

    for ticket in Ticket.objects.open():
        assert ticket.next_step == "answer" and ticket.due_at and ticket.team == door.team
    over = Ticket.objects.get(subject="Счёт")
    assert (over.status, over.ended_at, over.due_at) == ("resolved", datetime(2023, 1, 2, 10, tzinfo=UTC), None)
    assert said(over)[0] == ("in", "Где счёт?")
    assert not Clock.objects.exists()


def test_nothing_is_sent_and_nobody_is_told(move: Move, zendesk: Path) -> None:
    move("zendesk", zendesk)

    assert not Outbound.objects.exists() and not Entry.objects.filter(about="ticket").exists()
    assert Entry.objects.filter(kind="imports.ImportFinished").count() == 3


@pytest.mark.parametrize("system", sorted(DESKS))
def test_a_second_time_changes_nothing(move: Move, tmp_path: Path, anna: User, system: str) -> None:
    folder = exports.written(tmp_path / system, getattr(exports, system.upper()), anna.email)
    first = move(system, folder)
    assert first.state == "done", first.trouble
    before = (Contact.objects.count(), Client.objects.count(), Ticket.objects.count(), Message.objects.count())

    again = move(system, folder)

    assert all(counts[:2] == (0, 0) for counts in told(again).values())
    after = (Contact.objects.count(), Client.objects.count(), Ticket.objects.count(), Message.objects.count())
    assert after == before and before[2] > 0


def test_a_later_export_adds_what_was_said_since(move: Move, tmp_path: Path, zendesk: Path, anna: User) -> None:
    move("zendesk", zendesk)
    later = copy.deepcopy(exports.ZENDESK)
    later["tickets"][0]["status"] = "solved"
    later["tickets"][0]["comments"].append(
        {"id": 1005, "author_id": 1, "body": "Спасибо", "public": True, "created_at": "2024-03-02T10:00:00Z"}
    )

    move("zendesk", exports.written(tmp_path / "later", later, anna.email))

    first = Ticket.objects.get(subject="Нет звука")
    assert first.status == "resolved" and first.conversation.messages.filter(text="Спасибо").count() == 1
    assert first.conversation.messages.count() == 6


def test_a_dry_run_counts_the_same_and_keeps_nothing(move: Move, zendesk: Path) -> None:
    dry = move("zendesk", zendesk, dry=True)

    assert dry.state == "checked" and not Ticket.objects.exists() and not Contact.objects.exists()
    assert told(dry) == told(move("zendesk", zendesk))


def test_markup_is_kept_and_never_runs(move: Move, zendesk: Path) -> None:
    move("zendesk", zendesk)

    letter = Message.objects.get(html__contains="spy.example")
    assert "alert" not in letter.text and "p{}" not in letter.text
    text = Message.objects.filter(text="Проверим").get()
    assert text.html == ""


def test_broken_records_are_told_one_by_one(move: Move, zendesk: Path) -> None:
    with (zendesk / "tickets.json").open("a") as file:
        file.write('\n{"id": 103, "requester_id": 1, "subj\n{"requester_id": 1, "subject": "Без номера"}\n[1]\n')
        file.write('{"id": 104, "requester_id": 1, "created_at": "вчера", "subject": "Когда?", "description": "?"}\n')

    of = move("zendesk", zendesk)

    part = of.parts.get(kind="tickets")
    assert of.state == "done" and part.told["wrong"] == 5
    assert Ticket.objects.count() == 3
    assert "103" in str(part.problems.order_by("line")[0].cells)


def test_what_is_no_export_says_so(move: Move, tmp_path: Path) -> None:
    folder = tmp_path / "else"
    folder.mkdir()
    (folder / "x.json").write_text('{"menu": [{"id": 1}]}')
    assert "Zendesk" in move("zendesk", folder).trouble
    (folder / "x.json").write_text('{"tickets": [{"id": 1}, {"id"')
    of = move("zendesk", folder)
    assert of.state == "failed" and of.trouble.startswith("x.json")
    (folder / "x.json").write_text("[" * 100_000)
    assert move("zendesk", folder).state == "failed"


def test_freshdesk(move: Move, tmp_path: Path, anna: User) -> None:
    folder = exports.written(tmp_path / "freshdesk", exports.FRESHDESK, anna.email)
    (folder / "Tickets0.json").write_text(json.dumps(exports.WRAPPED))

    of = move("freshdesk", folder)

    assert of.state == "done" and told(of)["tickets"][3] == 0
    ticket = Ticket.objects.get(subject="Нет звука")
    assert (ticket.status, ticket.priority, ticket.owner) == ("pending_client", 3, anna)
    texts = {(one.direction, one.text.splitlines()[0]) for one in ticket.conversation.messages.all()}
    assert {("in", "Не слышно"), ("out", "Проверим"), ("note", "Кабель")} <= texts
    assert ticket.conversation.messages.filter(text__contains="cf_модель: К-5").exists()
    assert Message.objects.get(text__contains="https://s3.example/лог").direction == "in"
    old = Ticket.objects.get(subject="Старое")
    assert (old.status, old.opened_at) == ("resolved", datetime(2015, 3, 1, 7, tzinfo=UTC))
    assert old.contact.name == "Старый клиент" and old.message_count == 2
    assert Contact.objects.get(identities__value="+79001234567").client == Client.objects.get(name="Дон")


def test_osticket_from_json_csv_and_phpmyadmin(move: Move, tmp_path: Path, anna: User) -> None:
    as_json = exports.written(tmp_path / "json", exports.OSTICKET, anna.email)
    as_csv, as_one = tmp_path / "csv", tmp_path / "one"
    as_csv.mkdir()
    as_one.mkdir()
    tables = json.loads(json.dumps(exports.OSTICKET).replace('"ANNA"', json.dumps(anna.email)))
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (as_csv / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows({key: "NULL" if value is None else value for key, value in row.items()} for row in rows)
    dump = [{"type": "header", "version": "5.2.1"}, {"type": "database", "name": "osticket"}]
    dump += [{"type": "table", "name": name, "database": "osticket", "data": rows} for name, rows in tables.items()]
    (as_one / "osticket.json").write_text(json.dumps(dump))

    of = move("osticket", as_json)

    assert of.state == "done" and told(of) == {
        "organisations": (1, 0, 0, 0),
        "contacts": (1, 0, 0, 0),
        "tickets": (2, 3, 0, 0),
    }
    ticket = Ticket.objects.get(subject="Нет звука")
    assert (ticket.status, ticket.priority, ticket.owner) == ("open", 4, anna)
    texts = {(one.direction, one.text.splitlines()[0]) for one in ticket.conversation.messages.all()}
    assert {("in", "Не слышно"), ("out", "Проверим"), ("note", "Кабель")} <= texts
    assert ticket.conversation.messages.filter(text__contains="model: К-5").exists()
    assert Ticket.objects.get(subject="Звонили").status == "resolved"
    for folder in (as_csv, as_one):
        again = move("osticket", folder)
        assert again.state == "done" and all(counts[:2] == (0, 0) for counts in told(again).values())


def test_zammad(move: Move, tmp_path: Path, anna: User) -> None:
    of = move("zammad", exports.written(tmp_path / "zammad", exports.ZAMMAD, anna.email))

    assert of.state == "done" and told(of)["contacts"] == (1, 0, 0, 0)
    ticket = Ticket.objects.get(subject="Нет звука")
    assert (ticket.status, ticket.priority, ticket.owner) == ("pending_client", 3, anna)
    texts = {(one.direction, one.text.splitlines()[0]) for one in ticket.conversation.messages.all()}
    assert {("in", "Не слышно"), ("out", "Проверим"), ("note", "Кабель")} <= texts
    assert ticket.conversation.messages.filter(text__contains="model: К-5").filter(text__contains="71003").exists()
    closed = Ticket.objects.get(subject="Закрыто")
    assert (closed.status, closed.owner) == ("resolved", None)
    assert closed.ended_at == datetime(2023, 1, 2, 10, tzinfo=UTC)


def test_fields_of_cards_keep_what_another_desk_does_not_say(move: Move, zendesk: Path, boris: User) -> None:
    """A move brings no answers, takes none away, and whoever is the same stays the same."""
    shop, branches = CardField.objects.create(name="Магазин"), CardField.objects.create(name="Филиалов", of="client")
    assert move("zendesk", zendesk).state == "done"
    assert not CardAnswer.objects.exists()
    pavel, don = Contact.objects.get(identities__value="pavel@don.example"), Client.objects.get()
    shop.fill(pavel, "Южный", by=boris)
    branches.fill(don, "7", by=boris)

    again = told(move("zendesk", zendesk))

    assert (again["organisations"][:3], again["contacts"][:3]) == ((0, 0, 1), (0, 0, 2))
    assert (shop.present(pavel), branches.present(don)) == ("Южный", "7")
