"""Layouts of the page by programs."""

from typing import Any

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.tickets.layouts import BLOCKS, Kind, delivered
from otklik.desk.tickets.models import Layout
from otklik.front.api.tests.conftest import ALL, Ask, Program

pytestmark = pytest.mark.django_db
SCOPES = (*ALL, "automation:write")


def test_layouts_and_blocks_are_read(ask: Ask, anna: User) -> None:
    rows = ask("get", "layouts", anna).json()
    assert [row["kind"] for row in rows] == Kind.values and all(row["as_delivered"] for row in rows)
    assert rows[0]["order"] == list(delivered(Kind.COMPLAINT).order)
    assert [row["code"] for row in ask("get", "layouts/blocks", anna).json()] == list(BLOCKS)
    assert ask("get", "layouts/call", anna).json()["kind"] == "call"
    assert ask("get", "layouts/nothing", anna).status_code == 404


def test_a_layout_is_written_while_it_is_what_was_read(admins: Program, admin: User) -> None:
    read = admins("get", "layouts/call")
    body = {"order": ["client.history"], "folded": ["client.talk"], "hidden": ["tabs.visits"]}

    made = admins("put", "layouts/call", body, If_Match=read["ETag"])
    assert made.status_code == 200, made.content
    told = made.json()
    assert not told["as_delivered"] and (told["folded"], told["hidden"]) == (["client.talk"], ["tabs.visits"])
    assert sorted(told["order"]) == sorted(BLOCKS)
    assert Entry.objects.filter(kind="staff.SettingsChanged", actor=admin, data__what="layout").count() == 1

    late = admins("put", "layouts/call", {}, If_Match=read["ETag"])
    assert late.status_code == 412 and not Layout.objects.get(pk="call").is_delivered
    back = admins("put", "layouts/call", {})
    assert back.status_code == 200 and back.json()["as_delivered"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hidden": ["client.note"]}, "hidden"),
        ({"folded": ["above.complaint"]}, "folded"),
        ({"order": ["client.nothing"]}, "order"),
        ({"order": ["client.note", "client.note"]}, "order"),
    ],
)
def test_what_has_to_stay_in_sight_stays(admins: Program, wrong: dict[str, Any], field: str) -> None:
    answer = admins("put", "layouts/complaint", wrong)

    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert Layout.objects.get(pk="complaint").is_delivered


def test_administrators_alone_write(ask: Ask, boris: User, head: User, admin: User) -> None:
    for user in (boris, head):
        assert ask("put", "layouts/call", user, {}, scopes=SCOPES).status_code == 403
    assert ask("put", "layouts/call", admin, {}).status_code == 403  # the token lacks the scope
    assert ask("put", "layouts/nothing", admin, {}, scopes=SCOPES).status_code == 404
