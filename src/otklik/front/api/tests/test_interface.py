"""The interface as programs meet it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from ninja import Schema

from otklik.core.journal import clock
from otklik.core.staff.models import ApiToken, User
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.tickets.models import Ticket
from otklik.front.api import present, schemas
from otklik.front.api.tests.conftest import ALL, Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def later() -> str:
    return (clock.now() + timedelta(hours=3)).isoformat()


def test_the_timeline_says_who_wrote_what(ask: Ask, ticket: Ticket, anna: User) -> None:
    (ours, theirs) = reversed(ask("get", f"tickets/{ticket.number}", anna).json()["timeline"])

    assert (theirs["direction"], theirs["author_address"]) == ("in", "pavel@volga.test")
    assert theirs["message_id"] == "<in-0@volga.test>" and theirs["new_text"] == "Не работает звонок"
    assert (ours["direction"], ours["automatic"], ours["delivery"]) == ("out", "auto", "ready")


def test_a_list_shows_only_what_the_person_may_see(ask: Ask, ticket: Ticket, anna: User, vera: User) -> None:
    assert [row["number"] for row in ask("get", "tickets", anna).json()["items"]] == [ticket.number]
    assert ask("get", "tickets", vera).json()["items"] == []


@pytest.mark.parametrize("query", ["работают", "owner:none", "Павел", "pavel@volga.test", "line:Первая_линия звонок"])
def test_tickets_are_found_by_words_numbers_and_filters(ask: Ask, ticket: Ticket, anna: User, query: str) -> None:
    assert len(ask("get", f"tickets?query={query}", anna).json()["items"]) == 1
    assert ask("get", f"tickets?query=status:resolved {query}", anna).json()["items"] == []


def test_pages_follow_each_other_without_gaps(ask: Ask, writes: Write, anna: User) -> None:
    numbers = [writes().number for _ in range(5)]

    first = ask("get", "tickets?limit=2", anna).json()
    second = ask("get", f"tickets?limit=2&cursor={first['next']}", anna).json()

    seen = [row["number"] for row in first["items"] + second["items"]]
    assert seen == sorted(numbers, reverse=True)[:4]


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "tail", ["", "/reply", "/resolve", "/refuse", "/schedule", "/note", "/merge", "/split", "/move"]
)
def test_ACCESS_1_anothers_ticket_is_the_same_as_none(
    ask: Ask, ticket: Ticket, vera: User, method: str, tail: str
) -> None:
    foreign = ask(method, f"tickets/{ticket.number}{tail}", vera, BODIES.get(tail))
    missing = ask(method, f"tickets/999999{tail}", vera, BODIES.get(tail))

    assert foreign.status_code == missing.status_code and foreign.content == missing.content
    assert foreign.status_code in (404, 405)


def test_an_infected_file_is_not_given_to_programs(ask: Ask, writes: Write, anna: User) -> None:
    ticket = writes(files=[("virus.txt", "x")])
    ticket.conversation.attachments.update(verdict="infected")

    assert (
        ask("get", f"tickets/{ticket.number}/files/{ticket.conversation.attachments.get().key}", anna).status_code
        == 404
    )


def test_ACCESS_1_anothers_file_is_the_same_as_none(ask: Ask, writes: Write, anna: User, vera: User) -> None:
    ticket, own = writes(files=[("price.txt", "секрет")]), writes()
    key = ticket.conversation.attachments.get().key

    mine = ask("get", f"tickets/{ticket.number}/files/{key}", anna)
    assert "секрет" in b"".join(mine.streaming_content).decode()
    assert mine["Content-Type"] == "application/octet-stream" and "attachment" in mine["Content-Disposition"]
    refused = [
        ask("get", f"tickets/{ticket.number}/files/{key}", vera),
        ask("get", f"tickets/999999/files/{key}", vera),
        ask("get", f"tickets/{own.number}/files/{key}", anna),
        ask("get", f"tickets/{ticket.number}/files/{uuid4()}", anna),
    ]
    assert {(answer.status_code, answer.content) for answer in refused} == {(404, refused[0].content)}


BODIES = {
    "/reply": {"text": "x", "next": "wait", "until": "2027-01-01T00:00:00Z"},
    "/resolve": {"text": "x"},
    "/refuse": {"reason": "law", "explanation": "x", "alternatives": ["y"]},
    "/schedule": {"until": "2027-01-01T00:00:00Z", "what": "x"},
    "/note": {"text": "x"},
    "/merge": {"into": 1},
    "/split": {"messages": [1]},
    "/move": {"messages": [1], "to": 1},
}


def test_DEDUP_3_a_repeated_creation_makes_one_ticket(ask: Ask, door: Channel, anna: User) -> None:
    body = {"subject": "Счёт", "text": "Нужен счёт", "email": "olga@volga.test"}

    first, again = (ask("post", "tickets", anna, body, key="k-1") for _ in range(2))
    other = ask("post", "tickets", anna, body | {"text": "Другой"}, key="k-1")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.content == again.content and Ticket.objects.count() == 1


def test_DEDUP_3_a_repeated_reply_is_sent_once(ask: Ask, ticket: Ticket, anna: User, later: str) -> None:
    body = {"text": "Проверим", "next": "promise", "until": later}

    first, again = (ask("post", f"tickets/{ticket.number}/reply", anna, body, key="r") for _ in range(2))

    assert first.status_code == again.status_code == 200
    assert len([row for row in again.json()["timeline"] if row["text"] == "Проверим"]) == 1


def test_DEDUP_3_the_answer_is_the_first_one_whatever_happened_since(
    ask: Ask, ticket: Ticket, anna: User, later: str, writes: Write
) -> None:
    path, body = f"tickets/{ticket.number}/schedule", {"until": later, "what": "склад"}

    first = ask("post", path, anna, body, key="s")
    writes("Уже не надо", token=ticket.conversation.token)
    again = ask("post", path, anna, body, key="s")

    assert first.status_code == again.status_code == 200 and first.content == again.content
    assert ticket.schedules.count() == 1 and Ticket.objects.get().status == "open"


def test_DEDUP_3_a_refused_request_uses_no_key_up(ask: Ask, ticket: Ticket, anna: User, later: str) -> None:
    path, body = f"tickets/{ticket.number}/reply", {"text": "Проверим", "next": "wait", "until": later}

    assert ask("post", path, anna, body | {"until": "2020-01-01T00:00:00Z"}, key="r").status_code == 422
    assert ask("post", path, anna, body, key="r").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_DEDUP_3_twelve_at_once_make_one_ticket(door: Channel, anna: User) -> None:
    _token, secret = ApiToken.objects.issue(anna, ALL)
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "at once"}
    body = {"subject": "Счёт", "text": "Нужен счёт", "email": "olga@volga.test"}

    def post(_number: int) -> bytes:
        try:
            return Client().post("/api/v1/tickets", body, content_type="application/json", headers=headers).content
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as threads:
        assert len(set(threads.map(post, range(12)))) == 1
    assert Ticket.objects.count() == 1


def test_a_key_that_is_too_long_is_refused_and_not_cut(ask: Ask, door: Channel, anna: User) -> None:
    body = {"text": "Нужен счёт", "email": "olga@volga.test"}

    assert ask("post", "tickets", anna, body, key="k" * 101).status_code == 422
    assert not Ticket.objects.exists()


def test_the_round_by_programs(ask: Ask, ticket: Ticket, anna: User, later: str) -> None:
    path = f"tickets/{ticket.number}"
    promised = ask("post", f"{path}/reply", anna, {"text": "Ждите", "next": "promise", "until": later}).json()
    assert promised["next_step"] == "keep_promise" and promised["owner"]["login"] == "anna"

    aside = ask("post", f"{path}/schedule", anna, {"until": later, "what": "склад"}).json()
    assert aside["status"] == "scheduled"

    done = ask("post", f"{path}/resolve", anna, {"text": "Готово"}).json()
    assert done["status"] == "resolved" and done["due_at"] is None

    refused = ask("post", f"{path}/refuse", anna, BODIES["/refuse"]).json()
    assert refused["status"] == "refused"


def test_mistakes_are_named(ask: Ask, ticket: Ticket, anna: User, quality: User, client: Client) -> None:
    path = f"tickets/{ticket.number}"
    past = {"text": "x", "next": "wait", "until": "2020-01-01T00:00:00Z"}

    assert ask("post", f"{path}/reply", anna, past).json()["field"] == "until"
    assert ask("post", f"{path}/reply", anna, {}).status_code == 422
    assert ask("post", f"{path}/reply", quality, past).status_code == 403
    assert ask("get", path, anna, scopes=["tickets:write"]).status_code == 403
    assert client.get(f"/api/v1/{path}").status_code == 401
    assert client.get(f"/api/v1/{path}", headers={"Authorization": "Bearer otk_x"}).status_code == 401


def test_a_client_without_an_address_is_answered_at_one_that_is_given(
    ask: Ask, writes: Write, anna: User, later: str
) -> None:
    path = f"tickets/{writes(sender='', sender_name='Неизвестный').number}/reply"
    body = {"text": "Ждём", "next": "wait", "until": later}

    missing, wrong = ask("post", path, anna, body), ask("post", path, anna, body | {"to": ["olga"]})
    given = ask("post", path, anna, body | {"to": ["olga@volga.test"], "cc": ["ilya@volga.test"]})

    assert [(answer.status_code, answer.json()["field"]) for answer in (missing, wrong)] == [(422, "to")] * 2
    said = given.json()["timeline"][-1]
    assert (given.status_code, said["to"], said["cc"]) == (200, ["olga@volga.test"], ["ilya@volga.test"])


def test_a_newer_word_of_the_client_is_a_conflict(ask: Ask, ticket: Ticket, anna: User, writes: Write) -> None:
    seen = ticket.last_message_id
    writes("Горит!", token=ticket.conversation.token)

    answer = ask("post", f"tickets/{ticket.number}/resolve", anna, {"text": "Готово", "seen": seen})

    assert answer.status_code == 409 and len(answer.json()["newer"]) == 1


def test_the_quarantine_is_read_and_released(ask: Ask, writes: Write, admin: User, anna: User) -> None:
    with pytest.raises(Ticket.DoesNotExist):
        writes(unreadable="broken")

    (kept,) = ask("get", "quarantine", admin).json()["items"]
    assert kept["reason"] == "broken"
    assert b"broken" in ask("get", f"quarantine/{kept['id']}/original", admin).content
    assert ask("get", "quarantine", anna).status_code == 403
    assert ask("post", f"quarantine/{kept['id']}/release", admin).status_code == 200
    assert Inbound.objects.waiting().count() == 1


def test_the_schema_is_openapi_3_1(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()

    assert schema["openapi"].startswith("3.1")
    assert "/api/v1/tickets/{number}" in schema["paths"]


def test_the_schema_names_every_answer(client: Client) -> None:
    operations = [
        operation for path in client.get("/api/v1/openapi.json").json()["paths"].values() for operation in path.values()
    ]

    assert len(operations) == 415
    for operation in operations:
        assert {"401", "403", "422"} < set(operation["responses"]), operation["operationId"]
        assert all(answer["content"] for answer in operation["responses"].values()), operation["operationId"]


def test_no_two_shapes_have_one_name() -> None:
    """The schema keeps shapes by their names: of two with one name it would say the one where it means the other."""
    found: dict[str, set[str]] = {}
    for module in iter_modules(schemas.__path__, f"{schemas.__name__}."):
        for name, one in vars(import_module(module.name)).items():
            if isinstance(one, type) and issubclass(one, Schema) and one.__module__.startswith(schemas.__name__):
                found.setdefault(name, set()).add(one.__module__)
    assert len(found) > 150 and {name: where for name, where in found.items() if len(where) > 1} == {}


@pytest.mark.parametrize("address", ["tickets/null/reply", "tickets/%0Ax/reply", "%0A"])
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_unknown_address_is_answered_to_programs_in_their_form(client: Client, method: str, address: str) -> None:
    answer = getattr(client, method)(f"/api/v1/{address}")

    assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"
    told = {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "not found", "field": ""}
    assert answer.json() == told


@pytest.mark.parametrize(("error", "status"), [(OperationalError("gone"), 503), (ZeroDivisionError("x"), 500)])
def test_a_fault_of_ours_is_told_without_its_details(
    ask: Ask, ticket: Ticket, anna: User, client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(present, "ticket_full", fail)
    client.raise_request_exception = False

    answer = ask("get", f"tickets/{ticket.number}", anna)

    members = {"type", "title", "status", "detail", "instance", "field"}
    assert answer.status_code == status and set(answer.json()) == members
    assert "gone" not in answer.content.decode()


def test_a_moment_without_its_time_zone_is_a_value_to_mend(ask: Ask, ticket: Ticket, anna: User) -> None:
    naive = (clock.now() + timedelta(hours=3)).replace(tzinfo=None).isoformat()
    path = f"tickets/{ticket.number}"

    reply = ask("post", f"{path}/reply", anna, {"text": "Проверим", "next": "wait", "until": naive})
    aside = ask("post", f"{path}/schedule", anna, {"until": naive, "what": "проверить"})

    assert (reply.status_code, aside.status_code) == (422, 422)
    assert reply.json()["field"] == "until"


@pytest.mark.parametrize(
    ("tail", "body"),
    [
        ("", {"text": "a\0b", "email": "olga@volga.test"}),
        ("", {"text": "a", "email": "olga@volga.test", "subject": "\0"}),
        ("", {"text": "a", "email": "olga@volga.test", "name": "\0"}),
        ("", {"text": "a", "email": "olga@volga.test", "channel": "\0"}),
        ("/reply", {"text": "\0", "next": "wait", "until": "2027-01-01T00:00:00Z"}),
        ("/resolve", {"text": "a", "summary": "\0"}),
        ("/refuse", {"reason": "law", "explanation": "a", "alternatives": ["a", "\0"]}),
        ("/schedule", {"until": "2027-01-01T00:00:00Z", "what": "\0"}),
        ("/note", {"text": "\0"}),
    ],
)
def test_text_that_cannot_be_stored_is_a_value_to_mend(
    ask: Ask, ticket: Ticket, anna: User, tail: str, body: dict[str, Any]
) -> None:
    answer = ask("post", f"tickets/{ticket.number}{tail}" if tail else "tickets", anna, body)

    assert answer.status_code == 422 and answer.json()["field"] in body


def test_programs_are_answered_in_english_whatever_the_client_speaks(
    ask: Ask, ticket: Ticket, anna: User, later: str
) -> None:
    answer = ask("post", f"tickets/{ticket.number}/reply", anna, {"text": " ", "next": "wait", "until": later})

    told = answer.json()
    assert (told["detail"], told["field"]) == ("Write the answer first.", "text")


def test_what_hangs_is_listed_with_its_reasons(ask: Ask, ticket: Ticket, anna: User) -> None:
    assert ask("get", "hanging", anna).json() == {"total": 0, "items": [], "next": None}
    with clock.at(clock.now() + timedelta(days=1)):
        told = ask("get", "hanging", anna).json()
    assert told["total"] == 1
    assert (told["items"][0]["number"], told["items"][0]["why"]) == (ticket.pk, ["answer", "nobody"])
