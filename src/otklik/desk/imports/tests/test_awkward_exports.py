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


def test_answers_about_something_else_are_no_requests_and_no_people(move: Move, tmp_path: Path, anna: User) -> None:
    """Files of other answers of the API lie beside: their records have numbers and persons as well."""
    rating = {"id": 9001, "requester_id": 1, "ticket_id": 100, "score": "good", "created_at": "2024-03-02T10:00:00Z"}
    audit = {"id": 9002, "ticket_id": 100, "author_id": 1, "created_at": "2024-03-02T10:00:00Z", "metadata": {}}
    told: dict[str, Any] = {
        "tickets": {"tickets": awkward.ZENDESK_TICKETS},
        "users": {"users": awkward.ZENDESK_USERS},
        "satisfaction_ratings": {"satisfaction_ratings": [rating]},
        "ticket_audits": {"audits": [audit]},
        "ticket_metrics": {"ticket_metrics": [{"id": 9003, "ticket_id": 100, "reopens": 1}]},
        "user_fields": {"user_fields": [{"id": 9004, "title": "Размер", "key": "shoe_size"}]},
        "export-ticket_metrics": [{"id": 9005, "ticket_id": 100, "reopens": 1}],
    }
    of = move("zendesk", files(tmp_path / "zendesk", anna, **told))
    assert (wrong(of), Ticket.objects.count()) == ([], len(awkward.ZENDESK_TICKETS))
    assert not Contact.objects.filter(name__in=("", "Размер")).exists()

    fields = [{"id": 9101, "name": "ticket_type", "label": "Вид", "type": "default_ticket_type"}]
    other = {"tickets": awkward.FRESHDESK_LIST, "contacts": awkward.FRESHDESK_CONTACTS, "ticket_fields": fields}
    before, people = Ticket.objects.count(), Contact.objects.count()
    move("freshdesk", files(tmp_path / "freshdesk", anna, **other, contact_fields=fields))
    assert Ticket.objects.count() == before + len(awkward.FRESHDESK_LIST)
    assert Contact.objects.count() <= people + len(awkward.FRESHDESK_CONTACTS)


def test_what_has_no_place_of_ours_is_told_in_words(move: Move, tmp_path: Path, anna: User) -> None:
    """Fields that are documented and that no column of ours is for: none of them is lost in silence."""
    zendesk: dict[str, Any] = {
        "organizations": [
            {"id": 500, "name": "Дон", "external_id": "crm-5", "domain_names": []},
            {"id": 501, "name": "Волга-Дон", "domain_names": []},
        ],
        "users": [
            {"id": 1, "name": "Павел", "email": "p@don.example", "role": "end-user", "organization_id": 500,
             "external_id": "u-1", "alias": "Паша", "suspended": True},
            {"id": 4, "name": "Следит", "email": "watch@don.example", "role": "end-user"},
        ],
        "identities": [
            {"id": 71, "user_id": 1, "type": "email", "value": "second@don.example", "verified": True},
            {"id": 73, "user_id": 1, "type": "email", "value": "boss@bank.example", "verified": False},
            {"id": 74, "user_id": 1, "type": "phone_number", "value": "+79135550142"},
            {"id": 72, "user_id": 1, "type": "twitter", "value": "pasha"},
        ],
        "organization_memberships": [
            {"id": 81, "user_id": 1, "organization_id": 500}, {"id": 82, "user_id": 1, "organization_id": 501},
        ],
        "brands": [{"id": 3, "name": "Дон-ТВ"}],
        "tickets": [
            {"id": 100, "subject": "Приставка", "description": "Не включается", "status": "open", "requester_id": 1,
             "submitter_id": 4, "follower_ids": [4], "recipient": "tv@don.example", "brand_id": 3, "problem_id": 77,
             "due_at": "2024-04-01T10:00:00Z", "created_at": "2024-03-01T10:00:00Z"},
        ],
    }  # fmt: skip
    move("zendesk", files(tmp_path / "zendesk", anna, **{name: {name: rows} for name, rows in zendesk.items()}))
    told = origin(Ticket.objects.get(subject="Приставка"))
    for words in ("watch@don.example", "tv@don.example", "Дон-ТВ", "problem: 77", "due_at: 2024-04-01"):
        assert words in told, words
    pavel = Contact.objects.get(identities__value="p@don.example")
    assert pavel.identities.filter(value="second@don.example").exists()
    unproven = ("boss@bank.example", "+79135550142")
    assert not pavel.identities.filter(value__in=unproven).exists(), "anybody may have typed them"
    assert all(words in card(pavel) for words in ("u-1", "Паша", "suspended: true", "Волга-Дон", *unproven))
    assert "crm-5" in card(pavel.client)

    zammad: dict[str, Any] = {
        "organizations": [{"id": 5, "name": "Озеро", "domain_assignment": False, "contract": "О-9", "vip": True}],
        "users": [{"id": 6, "login": "m@ozero.example", "firstname": "Мария", "lastname": "Ким", "role_ids": [3],
                   "email": "m@ozero.example", "organization_id": 5, "street": "Лесная, 1", "web": "ozero.example",
                   "vip": False, "shirt": "M"}],
        "tickets": [{"id": 9, "number": "71009", "title": "Ждём письма", "customer_id": 6, "state": "pending reminder",
                     "pending_time": "2024-05-01T10:00:00Z", "group": "Users", "created_at": "2024-03-01T10:00:00Z"}],
    }  # fmt: skip
    move("zammad", files(tmp_path / "zammad", anna, **zammad))
    maria = Contact.objects.get(identities__value="m@ozero.example")
    assert all(words in card(maria) for words in ("Лесная, 1", "ozero.example", "shirt: M"))
    assert "vip" not in card(maria) and "О-9" in card(maria.client) and "vip: true" in card(maria.client)
    assert "2024-05-01" in origin(Ticket.objects.get(subject="Ждём письма"))


def test_fields_of_forms_and_marks_of_clients(move: Move, tmp_path: Path, anna: User) -> None:
    osticket: dict[str, Any] = {
        "ost_organization": [{"id": 1, "name": "Ока", "created": "2024-01-01 10:00:00"}],
        "ost_organization__cdata": [{"org_id": 1, "website": "oka.example", "address": "Муром", "notes": "Давние"}],
        "ost_user": [{"id": 2, "org_id": 1, "name": "Лев", "created": "2024-01-01 10:00:00"}],
        "ost_user_email": [{"id": 3, "user_id": 2, "address": "lev@oka.example"}],
        "ost_user__cdata": [{"user_id": 2, "phone": "", "notes": "", "office": "Каб. 7"}],
        "ost_help_topic": [{"topic_id": 4, "topic": "Телефония"}],
        "ost_ticket": [{"ticket_id": 5, "number": "000005", "user_id": 2, "status_id": 1, "topic_id": 4,
                        "duedate": "2024-02-01 10:00:00", "created": "2024-01-02 10:00:00"}],
        "ost_ticket__cdata": [{"ticket_id": 5, "subject": "Гудок"}],
    }  # fmt: skip
    move("osticket", files(tmp_path / "osticket", anna, **osticket))
    told = origin(Ticket.objects.get(subject="Гудок"))
    assert "topic: Телефония" in told and "due: 2024-02-01" in told
    lev = Contact.objects.get(identities__value="lev@oka.example")
    assert "office: Каб. 7" in card(lev) and "Муром" in card(lev.client) and "Давние" in card(lev.client)

    ratings = [{"id": 1, "survey_id": 2, "user_id": 1, "ticket_id": awkward.FRESHDESK_LIST[0]["id"],
                "feedback": "Долго", "ratings": {"default_question": -103}}]  # fmt: skip
    person = {**awkward.FRESHDESK_CONTACTS[0], "address": "Тула", "unique_external_id": "f-1"}
    whole = {"tickets": awkward.FRESHDESK_LIST, "contacts": [person], "satisfaction_ratings": ratings}
    move("freshdesk", files(tmp_path / "freshdesk", anna, **whole))
    subject = awkward.FRESHDESK_LIST[0]["subject"]
    assert "-103 Долго" in origin(Ticket.objects.filter(subject=subject).latest("pk"))
    assert "f-1" in card(Contact.objects.get(identities__value=person["email"].lower()))


def card(of: Contact | Client | None) -> str:
    """What stands in notes of a card."""
    assert of is not None
    return "\n".join([of.note, *of.notes.values_list("text", flat=True)])
