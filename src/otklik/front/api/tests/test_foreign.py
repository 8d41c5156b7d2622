"""ACCESS-1 and ACCESS-4 over every operation of the schema: foreign is as missing, more fields are none."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.core.staff.models import Absence, User
from otklik.desk.clients.models import CardNote, Contact
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.models import SavedList, Ticket
from otklik.desk.tickets.steps import Wait
from otklik.desk.tickets.visit_plan import VisitPlan
from otklik.front.api.interface import api
from otklik.front.api.tests.conftest import ALL, Ask
from tests.fixtures.cast import Write
from tests.fixtures.extra_fields import EXTRA

pytestmark = pytest.mark.django_db
SCHEMA = api.get_openapi_schema()
OWN = {("get", "people/of/{login}"), ("get", "people/absences/{pk}")}
"""Colleagues are known to all, and until when they are away."""
MISSING = 987_654
BODIES = {"tickets/{number}/forward": {"text": "x", "to": ["shop@else.test"], "messages": [1]}}
"""What the smallest value of each field would not be: addresses."""


def operations() -> list[tuple[str, str]]:
    """Every method and path that names something."""
    found = [
        (method, path.removeprefix("/api/v1/"))
        for path, methods in SCHEMA["paths"].items()
        for method in methods
        if "{" in path
    ]
    return [each for each in found if each not in OWN]


@pytest.fixture
def theirs(ticket: Ticket, writes: Write, anna: User, tomorrow: Any) -> dict[str, object]:
    """What the first line has, by the words before the number in a path."""
    ticket.contact.belong_to("Волга", by=anna)
    message = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile("a.txt", b"a"), anna)
    file.belong_to(message)
    (task,) = ticket.plan(["Проверить"], executor=anna, by=anna)
    tie = ticket.tie("part", writes("Ещё"), by=anna)
    visit = ticket.plan_visit(VisitPlan("Самара", tomorrow, tomorrow + timedelta(hours=2), [anna]), by=anna)
    change = ticket.draft_change(ChangePlan("Новый маршрут", "Старый перегружен"), by=anna)
    saved = SavedList.objects.keep(anna, "Мои", "all", "tag:vip")
    letter = ticket.send_later("Позже", tomorrow, by=anna, then=Wait(tomorrow + timedelta(days=1)), form={})
    note = CardNote(contact=ticket.contact, text="Любит кратко")
    note.put(by=anna)
    return {
        **{"tickets": ticket.number, "files": file.key, "tasks": task.pk, "ties": tie.pk, "visits": visit.pk},
        **{"changes": change.pk, "lists": saved.pk, "contacts": ticket.contact_id},
        **{"letters": letter.pk, "notes": note.pk},
        **{"organisations": ticket.contact.client_id, "absences": _absence(anna, tomorrow).pk},
    }


def _absence(person: User, tomorrow: Any) -> Absence:
    return Absence.objects.create(user=person, declared_by=person, since=tomorrow, until=tomorrow + timedelta(days=1))


def filled(path: str, known: dict[str, object]) -> tuple[str, bool]:
    """The path with what is there; what the fixture does not have is missing. True when something of it is there."""
    there = False

    def value(found: re.Match[str]) -> str:
        nonlocal there
        before = path[: found.start()].rstrip("/").rpartition("/")[2]
        there = there or before in known
        missing = {"key": uuid4(), "mode": "reply"}.get(found[1], MISSING)
        return str(known.get(before, missing))

    return re.sub(r"\{(\w+)\}", value, path), there


def example(shape: dict[str, Any]) -> Any:
    """The smallest value that a shape allows."""
    if "$ref" in shape:
        return example(SCHEMA["components"]["schemas"][shape["$ref"].rpartition("/")[2]])
    for ways in ("anyOf", "oneOf", "allOf"):
        if ways in shape:
            return example(shape[ways][0])
    if "const" in shape or "enum" in shape:
        return shape.get("const", shape.get("enum", [None])[0])
    match shape.get("type"):
        case "object":
            named = shape.get("properties", {})
            return {name: example(named[name]) for name in shape.get("required", ())}
        case "array":
            return [example(shape["items"])]
        case "integer" | "number":
            return max(1, shape.get("minimum", 1))
        case "boolean":
            return True
        case _ if shape.get("format") == "date-time":
            return "2027-01-01T00:00:00Z"
        case _ if shape.get("format") == "date":
            return "2027-01-01"
        case _:
            return "x" * max(1, shape.get("minLength", 1))


def body_of(method: str, path: str) -> Any:
    if path in BODIES:
        return BODIES[path]
    content = SCHEMA["paths"][f"/api/v1/{path}"][method].get("requestBody", {}).get("content", {})
    return example(content["application/json"]["schema"]) if "application/json" in content else None


def query_of(method: str, path: str) -> str:
    """What an operation wants to be told in its address."""
    named = SCHEMA["paths"][f"/api/v1/{path}"][method].get("parameters", ())
    wanted = {one["name"]: example(one["schema"]) for one in named if one["in"] == "query" and one.get("required")}
    return f"?{urlencode(wanted)}" if wanted else ""


def said(answer: Any) -> str:
    """Without the number of the call and the numbers of the address."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\d+", "", answer.content.decode())


def test_ACCESS_1_every_operation_answers_for_anothers_as_for_none(
    ask: Ask, theirs: dict[str, object], vera: User
) -> None:
    scopes, told, refused = (*ALL, "automation:write"), [], set()
    for method, path in operations():
        there, named = filled(path, theirs)
        if not named:
            continue
        body, query = body_of(method, path), query_of(method, path)
        foreign = ask(method, there + query, vera, body, scopes=scopes)
        none = ask(method, filled(path, {})[0] + query, vera, body, scopes=scopes)
        if (foreign.status_code, said(foreign)) != (none.status_code, said(none)) or foreign.status_code < 400:
            told.append(f"{method} {path}: {foreign.status_code} {none.status_code} {said(foreign)[:200]}")
        refused.add((foreign.status_code, path))
    assert not told, "\n".join(told)
    assert len([path for status, path in refused if status == 404]) > 50
    assert not [path for status, path in refused if status not in (403, 404)], "a body that fits asks for the object"


@pytest.mark.usefixtures("kept_for_long")
def test_ACCESS_1_what_is_anothers_takes_the_time_of_what_is_missing(
    ask: Ask, theirs: dict[str, object], vera: User
) -> None:
    """The same statements, so that no clock tells which numbers there are."""
    scopes, told = (*ALL, "automation:write"), []
    for method, path in operations():
        there, named = filled(path, theirs)
        if not named or method != "get":
            continue
        asked = []
        for address in (there, filled(path, {})[0], there):
            with CaptureQueriesContext(connection) as seen:
                ask(method, address, vera, scopes=scopes)
            asked.append(len(seen))
        if asked[1] != asked[2]:
            told.append(f"{path}: {asked[2]} statements, a missing one {asked[1]}")
    assert not told, "\n".join(told)


def test_ACCESS_1_the_colleague_of_the_line_finds_them(ask: Ask, theirs: dict[str, object], ilya: User) -> None:
    """The test above would pass where nothing works at all."""
    for path in ("tickets/{number}", "tickets/{number}/files/{key}", "contacts/{pk}", "organisations/{pk}"):
        assert ask("get", filled(path, theirs)[0], ilya).status_code == 200, path


def test_ACCESS_4_fields_that_no_body_has_change_nothing_in_any_operation(
    ask: Ask, theirs: dict[str, object], anna: User, vera: User
) -> None:
    """Each act is done with and without them, and both leave the same behind."""
    assert len(EXTRA) >= 56
    told, done = [], 0
    for method, path in operations():
        body = body_of(method, path)
        there, named = filled(path, theirs)
        if not named or not isinstance(body, dict):
            continue
        shape = set(fields_of(method, path))
        left = [
            outcome(ask, method, there, anna, sent)
            for sent in (body, body | {name: value for name, value in EXTRA.items() if name not in shape})
        ]
        done += left[0][0] < 400
        if left[0] != left[1] and left[1][0] not in (400, 422):
            told.append(f"{method} {path}: {left}")
        if left[1][0] >= 400 and left[1][1] != state():
            told.append(f"{method} {path}: refused and changed")
    assert not told, "\n".join(told)
    assert done > 10, "acts that are really done"


def outcome(ask: Ask, method: str, path: str, who: User, body: Any) -> tuple[int, dict[str, Any]]:
    """What an act left behind, and back to where it began."""
    with transaction.atomic():
        status = ask(method, path, who, body).status_code
        left = state()
        transaction.set_rollback(True)
    return status, left


def state() -> dict[str, Any]:
    """Whose it is, how urgent, how promised, what people may: of every ticket, person and list."""
    watched: dict[Any, tuple[str, ...]] = {
        Ticket: ("owner", "team", "status", "priority", "contact", "client_name", "contact_name", "subject"),
        User: ("login", "role", "is_active", "password", "email"),
        Contact: ("name", "client"),
        SavedList: ("owner", "team", "everybody", "name"),
    }
    return {model.__name__: list(model.objects.order_by("pk").values_list(*names)) for model, names in watched.items()}


def fields_of(method: str, path: str) -> Iterator[str]:
    """What its body does have."""
    content = SCHEMA["paths"][f"/api/v1/{path}"][method].get("requestBody", {}).get("content", {})
    shape = content.get("application/json", {}).get("schema", {})
    if "$ref" in shape:
        shape = SCHEMA["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    yield from shape.get("properties", {})
