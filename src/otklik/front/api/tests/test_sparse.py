"""`fields` over the whole schema: every list and every object has it, and answers with no more than was asked for."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.care.knowledge.models import Article, Section
from otklik.core.journal import clock
from otklik.core.staff.models import Absence, User
from otklik.desk.automation.models import Endpoint, Macro
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.models import SavedList, Ticket
from otklik.front.api.interface import api
from otklik.front.api.tests.conftest import ALL, Program

pytestmark = pytest.mark.django_db
SCHEMA = api.get_openapi_schema()
READERS = {
    path.removeprefix("/api/v1/"): methods["get"] for path, methods in SCHEMA["paths"].items() if "get" in methods
}
NEEDS = {
    "articles/found": "query=x",
    "contacts/{pk}/may-contact": "purpose=survey",
    "imports/fields": "kind=contacts",
}
"""What else is to be said at these addresses."""


def named(shape: dict[str, Any]) -> tuple[str, str]:
    """The name of the shape that is answered with, and how: as one, in a list, in a frame."""
    whole, some = shape["anyOf"]
    if whole.get("type") == "array":
        return whole["items"]["$ref"].rpartition("/")[2], "list"
    return whole["$ref"].rpartition("/")[2], "frame" if "properties" in some else "one"


def names_of(operation: dict[str, Any]) -> tuple[list[str], str]:
    """Fields of its rows, and how they stand in the answer."""
    name, kind = named(operation["responses"][200]["content"]["application/json"]["schema"])
    shape = SCHEMA["components"]["schemas"][name]
    if kind == "frame":
        rows = shape["properties"]["items"]["items"]["$ref"].rpartition("/")[2]
        shape = SCHEMA["components"]["schemas"][rows]
    return list(shape["properties"]), kind


@pytest.fixture
def there(ticket: Ticket, admin: User, anna: User) -> dict[str, object]:
    """What is read by its number, by the words before it."""
    endpoint = Endpoint(name="В", url="https://hooks.test/x", events=["opened"])
    endpoint.renew_secret()
    saved = SavedReply(name="Т", text="Текст")
    saved.keep(by=admin)
    ticket.contact.belong_to("Волга", by=anna)
    since = clock.now() + timedelta(days=1)
    away = Absence.objects.create(user=anna, declared_by=anna, since=since, until=since + timedelta(days=1))
    Section.objects.create(name="Звонки")
    return {
        "tickets": ticket.number,
        "contacts": ticket.contact_id,
        "organisations": ticket.contact.client_id,
        "webhooks": endpoint.pk,
        "macros": Macro.objects.create(name="М", text="Здравствуйте", changed_by=admin).pk,
        "lists": SavedList.objects.keep(admin, "С", "all", "tag:vip").pk,
        "articles": Article.objects.begin(title="Статья", text="Текст", by=admin).pk,
        "saved-replies": saved.pk,
        "absences": away.pk,
        "of": "anna",
    }


def test_every_list_and_every_object_of_the_schema_has_fields() -> None:
    objects = {
        path: one for path, one in READERS.items() if "application/json" in one["responses"][200].get("content", {})
    }
    without = [
        path
        for path, one in objects.items()
        if [each["name"] for each in one.get("parameters", [])].count("fields") != 1
    ]
    assert len(objects) > 70 and without == []


def test_each_answers_with_what_was_asked_for_and_no_more(admin: User, there: dict[str, object]) -> None:
    admins, answered = Program(admin, *ALL, "automation:write", "personal:read", "audit:read"), 0
    for path, operation in READERS.items():
        if "application/json" not in operation["responses"][200].get("content", {}):
            continue
        names, kind = names_of(operation)
        head, _brace, rest = path.partition("{")
        before = head.rstrip("/").rpartition("/")[2]
        if rest and before not in there:
            continue
        address = f"{head}{there[before]}{rest.partition('}')[2]}" if rest else path
        more = f"&{NEEDS[path]}" if path in NEEDS else ""
        told = admins("get", f"{address}?fields={names[-1]},{names[0]}{more}")
        if told.status_code == 404 and rest:
            continue  # a second number in the path, of something that is not planted here
        assert told.status_code == 200, (path, told.content)
        found = told.json()
        rows = [found] if kind == "one" else found if kind == "list" else found["items"]
        assert all(list(row) == [*dict.fromkeys((names[-1], names[0]))] for row in rows), (path, rows)
        assert told["ETag"].startswith("W/"), path
        answered += bool(rows)
        refused = admins("get", f"{address}?fields=nothing_of_it{more}")
        assert (refused.status_code, refused.json()["field"]) == (400, "fields"), path
    assert answered > 25


def test_what_was_cut_is_the_whole_otherwise(admins: Program, there: dict[str, object]) -> None:
    whole = admins("get", "people?limit=1")
    some = admins("get", "people?limit=1&fields=login,role")
    assert some.json() == [{"login": one["login"], "role": one["role"]} for one in whole.json()]
    assert "fields=login" in some["Link"], "the next page is as narrow as this one"
    assert admins("get", "people?fields=").json() == admins("get", "people").json()
