"""Saved lists by programs."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Field, Ticket
from otklik.front.api.tests.conftest import Ask

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


def test_what_waits_for_a_third_party_is_found(ask: Ask, anna: User, ticket: Ticket) -> None:
    assert ask("get", "tickets?query=status:third", anna).json()["items"] == []
    Ticket.objects.filter(pk=ticket.pk).update(status="scheduled", waits_for="Склад")
    (row,) = ask("get", "tickets?query=status:third", anna).json()["items"]
    assert row["waits_for"] == "Склад" and row["inform_by"] is None
