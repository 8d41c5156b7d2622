"""Saved lists by programs."""

from datetime import timedelta

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Field, Ticket
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_made_read_used_and_removed(ask: Ask, anna: User, ilya: User, boris: User, ticket: Ticket) -> None:
    field = Field.objects.create(name="Сумма", kind="number")
    ticket.fill({field.pk: 7}, by=anna)
    query = f"field:{field.pk}>=5"
    made = ask("post", "lists", anna, {"name": "Дорогие", "query": query})
    assert made.status_code == 201 and made.json()["line"] is None
    assert (
        ask("post", "lists", anna, {"name": "Линии", "query": query, "line": "Первая линия"}).json()["field"] == "line"
    )
    ours = ask("post", "lists", boris, {"name": "Линии", "query": query, "line": "Первая линия"}).json()

    assert [one["name"] for one in ask("get", "lists", ilya).json()] == ["Линии"]
    rows = ask("get", f"tickets?query={query}", ilya).json()["items"]
    assert [row["number"] for row in rows] == [ticket.number]
    assert ask("post", f"lists/{ours['id']}/remove", ilya).status_code == 404
    assert ask("post", f"lists/{ours['id']}/remove", boris).json() == []
    assert ask("post", "lists", anna, {"name": "Всё", "query": "слово"}).status_code == 422


def test_a_list_becomes_another(ask: Ask, anna: User, ilya: User, boris: User) -> None:
    mine = ask("post", "lists", anna, {"name": "Старые", "query": "owner:none", "view": "all"}).json()
    home, told = f"lists/{mine['id']}", {"name": "Срочные", "query": "priority:4", "order": "due"}
    tag = ask("get", home, anna)["ETag"]
    changed = ask("put", home, anna, told, tag=tag).json()
    assert changed == {**mine, **told}, "its view stays"
    assert ask("put", home, anna, told | {"name": "x"}, tag=tag).status_code == 412
    for wrong, field in (
        ({"query": "слово"}, "query"),
        ({"line": "Первая линия"}, "line"),
        ({"everybody": True}, "everybody"),
    ):
        assert ask("put", home, anna, told | wrong).json()["field"] == field
    assert ask("put", home, ilya, told).status_code == ask("put", home, boris, told).status_code == 404
    ours = ask("post", "lists", boris, {"name": "Линии", "query": "owner:none"}).json()
    ask("put", f"lists/{ours['id']}", boris, told | {"line": "Первая линия"})
    assert [one["name"] for one in ask("get", "lists", ilya).json()] == ["Срочные"], "the line has it now"
    assert ask("put", f"lists/{ours['id']}", ilya, told).status_code == 404


def test_what_waits_for_a_third_party_is_found(ask: Ask, anna: User, ticket: Ticket) -> None:
    assert ask("get", "tickets?query=status:third", anna).json()["items"] == []
    Ticket.objects.filter(pk=ticket.pk).update(status="scheduled", waits_for="Склад")
    (row,) = ask("get", "tickets?query=status:third", anna).json()["items"]
    assert row["waits_for"] == "Склад" and row["inform_by"] is None


def test_a_list_keeps_an_order(ask: Ask, anna: User) -> None:
    told = {"name": "Старые", "query": "owner:none", "order": "oldest"}
    assert ask("post", "lists", anna, told).json()["order"] == "oldest"
    assert ask("post", "lists", anna, {**told, "order": "id"}).status_code == 422


def test_tickets_come_in_the_order_asked_for(ask: Ask, anna: User, writes: Write) -> None:
    first, second, third = (writes(f"Дело {number}") for number in range(3))
    now = first.opened_at
    for ticket, hours in ((first, 3), (second, 1), (third, 2)):
        Ticket.objects.filter(pk=ticket.pk).update(due_at=now + timedelta(hours=hours))
    second.close("other", by=anna)

    def numbers(order: str) -> list[int]:
        found, following = [], f"tickets?limit=1&order={order}"
        while following:
            page = ask("get", following, anna).json()
            found += [row["number"] for row in page["items"]]
            following = page["next"] and f"tickets?limit=1&order={order}&cursor={page['next']}"
        return found

    assert numbers("newest") == [third.pk, second.pk, first.pk] and numbers("oldest") == [first.pk, second.pk, third.pk]
    assert numbers("due") == [third.pk, first.pk], "what has ended has no date"
    assert ask("get", "tickets?order=subject", anna).status_code == 422
