"""What is awkward in exports of other desks: each record comes over whole, to whom it belongs, and nothing is lost."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Contact
from otklik.desk.conversations.models import Message
from otklik.desk.imports.desks import DESKS
from otklik.desk.imports.models import ExternalId, Takeover
from otklik.desk.imports.taking_over import from_files, go_on
from otklik.desk.imports.tests import awkward, exports
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
type Move = Callable[..., Takeover]


@pytest.fixture
def move(door: Channel) -> Move:
    def moved(system: str, folder: Path, source: str = "") -> Takeover:
        of = Takeover.objects.create(system=system, source=source, channel=door)
        go_on(of, folder=folder)
        if of.state == "ready":
            of.begin(dry=False)
            go_on(of)
        assert of.state == "done", of.trouble
        return of

    return moved


def files(folder: Path, anna: User, **values: Any) -> Path:
    """A file for each, with its value as it stands; a string is the file's own text."""
    folder.mkdir()
    for name, value in values.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text.replace('"ANNA"', json.dumps(anna.email)))
    return folder


def wrong(of: Takeover) -> list[str]:
    found = of.parts.filter(problems__kept=False).values_list("problems__column", "problems__words")
    return [f"{column}: {words}" for column, words in found if words]


def said(ticket: Ticket) -> list[tuple[str, str]]:
    """Without the last note, which says where the request is from."""
    rows = ticket.conversation.messages.order_by("at", "id")
    return [(one.direction, one.text) for one in rows if not one.text.startswith("Перенесено из")]


def origin(ticket: Ticket) -> str:
    return ticket.conversation.messages.get(text__startswith="Перенесено из").text


def pages(rows: awkward.Rows, name: str, size: int) -> Iterator[dict[str, Any]]:
    """As its API answers page by page, each with where the next one is."""
    for start in range(0, len(rows), size):
        more = start + size < len(rows)
        yield {
            name: rows[start : start + size],
            "meta": {"has_more": more, "after_cursor": "x" if more else None, "before_cursor": None},
            "links": {"next": "https://x.zendesk.com/next" if more else None, "prev": None},
            "end_of_stream": not more,
            "count": len(rows),
            "next_page": None,
        }


@pytest.fixture
def zendesk(tmp_path: Path, anna: User) -> Path:
    """Cursor pages, a file of each, comments by themselves, side conversations a line each."""
    told = {f"tickets_{n}": page for n, page in enumerate(pages(awkward.ZENDESK_TICKETS, "tickets", 2))}
    told |= {f"users_{n}": page for n, page in enumerate(pages(awkward.ZENDESK_USERS, "users", 2))}
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in awkward.SIDE_EVENTS)
    return files(tmp_path / "zendesk", anna, **told, comments={"comments": awkward.ZENDESK_COMMENTS}, beside=lines)


def test_zendesk_pages_deleted_people_merged_and_copied(move: Move, zendesk: Path, anna: User) -> None:
    of = move("zendesk", zendesk)

    assert wrong(of) == [] and Ticket.objects.count() == 3
    first = Ticket.objects.get(subject="Нет звука")
    assert (first.owner, first.status, first.contact.name) == (anna, "open", "Павел Демидов")
    told = origin(first)
    assert "cc: olga@don.example" in told and "good Быстро" in told and "None" not in told
    merged = Ticket.objects.get(subject="И у меня нет звука")
    assert (merged.status, merged.owner) == ("resolved", None) and "объединена с: 100" in origin(merged)
    assert "78: а, б" in origin(merged) and "79: false" in origin(merged) and "77" not in origin(merged)
    gone = Ticket.objects.get(subject="Кого уже нет")
    assert gone.contact != first.contact and said(gone) == [("in", "Был вопрос")]


def test_zendesk_side_conversations_are_notes_and_files_keep_their_addresses(move: Move, zendesk: Path) -> None:
    move("zendesk", zendesk)
    talk = said(Ticket.objects.get(subject="Нет звука"))

    notes = [text for way, text in talk if way == "note"]
    assert [way for way, text in talk if "carrier" in text or "лежит" in text] == ["note", "note"]
    assert "Узел на Дону" in notes[0] and "noc@carrier.example" in notes[0] and "Проверьте, пожалуйста" in notes[0]
    assert "Узел лежит" in notes[1] and "схема.pdf https://x.zendesk.com/a/3" in notes[1]
    assert len([one for one in talk if "closed" in one[1]]) == 0, "that it was closed is no message"
    assert sum("Параллельный разговор" in one for one in notes) == 2, "events of audits are none either"
    (files_alone,) = [text for way, text in talk if "https://x.zendesk.com/a/1" in text]
    assert "лог.txt" in files_alone and "https://x.zendesk.com/a/2" in files_alone
    assert ("note", "Заявка 101 объединена") in talk


def test_zendesk_answers_one_after_the_other_in_one_file(move: Move, tmp_path: Path, anna: User) -> None:
    """Whole pages a line, as a loop over the API leaves them; the last word about a ticket holds."""
    later = {"tickets": [{**awkward.ZENDESK_TICKETS[0], "status": "solved"}]}
    lines = [*pages(awkward.ZENDESK_TICKETS, "tickets", 1), {"users": awkward.ZENDESK_USERS}, later]
    folder = files(tmp_path / "lines", anna, incremental="\n".join(json.dumps(one) for one in lines))
    folder.joinpath("incremental.json").rename(folder / "incremental.ndjson")

    of = move("zendesk", folder)

    assert wrong(of) == [] and Ticket.objects.count() == 3
    assert Ticket.objects.get(subject="Нет звука").status == "resolved"


def test_freshdesk_lists_say_less_than_the_ticket_alone(move: Move, tmp_path: Path, anna: User) -> None:
    """Whichever of the two files is read first; what was passed on to others is no answer to the client."""
    agents = [{"id": 2, "contact": {"name": "Анна Белова", "email": "ANNA"}}]
    told = {"tickets_page_1": awkward.FRESHDESK_LIST, "tickets_page_2": [], "ticket_10": awkward.FRESHDESK_ONE}
    told |= {"conversations": awkward.FRESHDESK_TALK, "contacts": awkward.FRESHDESK_CONTACTS, "agents": agents}
    for number, names in enumerate((list(told), ["ticket_10", *told])):
        kept = {f"{place:02}_{name}": told[name] for place, name in enumerate(dict.fromkeys(names))}
        folder = files(tmp_path / str(number), anna, **kept)
        of = move("freshdesk", folder, source=f"freshdesk-{number}")
        assert wrong(of) == []
        first = Ticket.objects.filter(subject="Нет звука").latest("pk")
        talk = said(first)
        assert talk[0][0] == "in" and talk[0][1].startswith("Не слышно") and "https://s3.example/1" in talk[0][1]
        assert ("note", "Посмотрите узел") in talk and ("out", "Ваш запрос") in talk
        assert "cc: olga@don.example" in origin(first) and "12" in origin(first)
        merged = Ticket.objects.filter(subject="Слита в 10").latest("pk")
        assert said(merged)[0] == ("in", "Слита в 10"), "without a description the subject is what was asked"
        assert [way for way, text in said(merged) if "merged into 10" in text] == ["note"]
    assert {one.value for one in Contact.objects.get(name="Павел Демидов").identities.all()} == {
        "pavel@don.example",
        "pd@don.example",
    }


@pytest.mark.parametrize("as_csv", [False, True])
def test_osticket_merged_threads_files_copies_and_null(move: Move, tmp_path: Path, anna: User, as_csv: bool) -> None:
    tables = {name: json.loads(json.dumps(rows).replace('"ANNA"', json.dumps(anna.email)))
              for name, rows in awkward.OSTICKET.items()}  # fmt: skip
    folder = tmp_path / "osticket"
    folder.mkdir()
    for name, rows in tables.items():
        (folder / f"{name}.{'csv' if as_csv else 'json'}").write_text(_csv(rows) if as_csv else json.dumps(rows))

    of = move("osticket", folder)

    assert wrong(of) == [] and Ticket.objects.count() == 2
    first = Ticket.objects.get(subject="Нет звука")
    talk = said(first)
    assert [way for way, _text in talk] == ["in", "in", "out"], "what was merged into it stands in it"
    assert "И у меня" in talk[0][1] and "лог.txt" in talk[1][1] and "чужой" not in str(talk)
    assert "cc: olga@don.example" in origin(first) and "NULL" not in origin(first) and "000345" in origin(first)
    assert not Message.objects.filter(text__contains="Чужая задача").exists()
    merged = Ticket.objects.get(subject="Слито в 345")
    assert merged.status == "resolved" and "объединена с: 000345" in origin(merged)


def _csv(rows: awkward.Rows) -> str:
    import csv
    import io

    told = io.StringIO()
    writer = csv.DictWriter(told, list(dict.fromkeys(column for row in rows for column in row)))
    writer.writeheader()
    writer.writerows({name: "NULL" if value is None else value for name, value in row.items()} for row in rows)
    return told.getvalue()


def test_zammad_answers_with_assets(move: Move, tmp_path: Path, anna: User) -> None:
    of = move("zammad", files(tmp_path / "zammad", anna, full=awkward.ZAMMAD_ASSETS))

    assert wrong(of) == [] and Ticket.objects.count() == 2
    first = Ticket.objects.get(subject="Нет звука")
    assert (first.owner, first.contact.name, first.status) == (anna, "Павел", "open")
    talk = said(first)
    assert talk[0][0] == "in" and "Не слышно" in talk[0][1] and "лог.txt" in talk[0][1]
    assert [way for way, _text in talk] == ["in", "note"], "what the system said is no answer"
    assert "cc: olga@don.example" in origin(first)
    merged = Ticket.objects.get(subject="Слита")
    assert merged.status in ("closed", "resolved") and merged.owner is None and merged.contact != first.contact


# -- two desks of one system --------------------------------------------------------------------------------------


def counts() -> list[int]:
    models: tuple[type[Model], ...] = (Contact, Client, Ticket, Message)
    return [model._default_manager.count() for model in models]


@pytest.mark.parametrize("system", sorted(DESKS))
def test_two_desks_of_one_system_are_kept_apart_by_a_name(move: Move, tmp_path: Path, anna: User, system: str) -> None:
    """The same numbers, other people and requests; each later export finds its own."""
    tables = getattr(exports, system.upper())
    told = json.dumps(tables, ensure_ascii=False)
    other = json.loads(
        told.replace("don.", "volga.")
        .replace("Нет звука", "Нет гудка")
        .replace("Дон", "Волга")
        .replace("+79001234567", "+79001234568")
    )
    first = exports.written(tmp_path / "first", tables, anna.email)
    second = exports.written(tmp_path / "second", other, anna.email)

    move(system, first)
    one = counts()
    move(system, second, source=f"{system}-2")

    assert counts()[2:] == [2 * number for number in one[2:]]
    heard, deaf = Ticket.objects.get(subject="Нет звука"), Ticket.objects.get(subject="Нет гудка")
    assert heard.contact != deaf.contact
    assert set(ExternalId.objects.values_list("source", flat=True)) == {system, f"{system}-2"}
    before = counts()
    move(system, first)
    move(system, second, source=f"{system}-2")
    assert counts() == before


def test_the_name_goes_with_the_files(door: Channel, tmp_path: Path, anna: User) -> None:
    folder = exports.written(tmp_path / "zendesk", exports.ZENDESK, anna.email)
    opened = [(path.name, path.open("rb")) for path in sorted(folder.iterdir())]
    of = from_files("zendesk", opened, door, source="second")
    for _name, file in opened:
        file.close()

    go_on(of)

    assert set(of.parts.values_list("source", flat=True)) == {"second"}
