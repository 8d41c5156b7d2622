"""Lists are read page by page to their end, and only the fields that were asked for."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.automation.models import Macro
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Program
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


# -- pages ----------------------------------------------------------------------------------------------------------


def test_a_list_is_read_to_its_end_by_the_links(annas: Program, writes: Write) -> None:
    numbers = sorted((writes().number for _ in range(5)), reverse=True)
    seen: list[int] = []
    path = "tickets?limit=2&fields=number"
    while path:
        answer = annas("get", path)
        seen += [row["number"] for row in answer.json()["items"]]
        link = answer.get("Link", "")
        assert bool(link) is (answer.json()["next"] is not None)
        path = link.partition("</api/v1/")[2].partition(">")[0]
    assert seen == numbers


def test_rows_that_come_meanwhile_are_not_read_twice(admins: Program, admin: User) -> None:
    names = ["б", "г", "е"]
    for name in names:
        Macro.objects.create(name=name, text="x", changed_by=admin)
    first = admins("get", "macros?limit=2")
    Macro.objects.create(name="а", text="x", changed_by=admin)
    rest = admins("get", first["Link"].partition("</api/v1/")[2].partition(">")[0])

    assert [row["name"] for row in first.json() + rest.json() if row["name"] in [*names, "а"]] == names


LISTS = (
    *("tickets", "hanging", "refusals", "appeals", "abuse", "tasks", "visits", "changes", "lists", "macros"),
    *("people", "people/absences", "quarantine", "rules", "webhooks", "panels"),
    *("topics", "topics/products", "topics/fields"),
)


@pytest.mark.parametrize("path", LISTS)
def test_every_list_has_pages_and_refuses_a_broken_cursor(admins: Program, path: str) -> None:
    assert admins("get", f"{path}?limit=1").status_code == 200
    for cursor in ("x", "W10:abc", "%D1%8F"):
        broken = admins("get", f"{path}?cursor={cursor}")
        assert (broken.status_code, broken.json()["field"]) == (400, "cursor")
        assert broken.json()["type"] == "urn:otklik:problem:broken-cursor"
    assert admins("get", f"{path}?limit=201").status_code == 422


def test_a_cursor_of_another_list_is_refused(admins: Program, anna: User) -> None:
    cursor = admins("get", "people?limit=1")["Link"].partition("cursor=")[2].partition("&")[0].partition(">")[0]
    assert admins("get", f"people?limit=1&cursor={cursor}").status_code == 200
    assert admins("get", f"people/absences?cursor={cursor}").status_code == 400


def test_tasks_without_a_date_stand_last_on_their_pages(annas: Program, ticket: Ticket, anna: User) -> None:
    now = clock.now()
    for text, due in (
        ("потом", None),
        ("сейчас", now + timedelta(hours=1)),
        ("завтра", now + timedelta(days=1)),
        ("когда-нибудь", None),
    ):
        ticket.plan([text], executor=anna, due_at=due, by=anna)
    seen, path = [], "tasks?limit=1"
    while path:
        answer = annas("get", path)
        seen += [row["text"] for row in answer.json()]
        path = answer.get("Link", "").partition("</api/v1/")[2].partition(">")[0]
    assert seen == ["сейчас", "завтра", "потом", "когда-нибудь"]


# -- fields ---------------------------------------------------------------------------------------------------------


def test_only_the_fields_that_were_asked_for(annas: Program, ticket: Ticket) -> None:
    whole = annas("get", f"tickets/{ticket.number}").json()
    some = annas("get", f"tickets/{ticket.number}?fields=number,timeline,owner")
    rows = annas("get", "tickets?fields=subject,number").json()

    assert some.json() == {name: whole[name] for name in ("number", "timeline", "owner")}
    assert rows == {"items": [{"subject": whole["subject"], "number": ticket.number}], "next": None}


def test_every_field_of_a_ticket_can_be_asked_for_alone(annas: Program, ticket: Ticket) -> None:
    whole = annas("get", f"tickets/{ticket.number}").json()
    for name, value in whole.items():
        assert annas("get", f"tickets/{ticket.number}?fields={name}").json() == {name: value}
