"""Programs tell what was paid, once, and read it where the person sees amounts."""

from typing import Any

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact, Membership, Payment, Product, Secrecy
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(ticket: Ticket, pavel: Contact, volga: Client, anna: User) -> dict[str, Any]:
    Membership(contact=pavel, client=volga).put(by=anna)
    return {"external_id": "p-1", "amount": "1200.50", "paid_on": "2026-11-01", "organisation_id": volga.pk}


def test_a_payment_is_kept_once_and_listed(ask: Ask, told: dict[str, Any], anna: User, volga: Client) -> None:
    Product.objects.create(name="АТС")
    body = told | {"product": "атс", "covers_from": "2026-11-01", "covers_until": "2026-11-30"}

    first, again = (ask("post", "payments", anna, body) for _ in range(2))

    assert (first.status_code, first.json()["new"], again.json()["new"]) == (201, True, False)
    assert first.json()["id"] == again.json()["id"] and volga.payments.count() == 1
    (row,) = ask("get", f"payments?organisation_id={volga.pk}", anna).json()
    shown = {"amount": "1200.50", "currency": "RUB", "product": "АТС", "covers_until": "2026-11-30", "kind": "payment"}
    assert row | shown == row
    assert ask("get", "payments?contact_id=1", anna).json() == []


def test_pages_follow_each_other(ask: Ask, told: dict[str, Any], anna: User) -> None:
    for number in range(3):
        ask("post", "payments", anna, told | {"external_id": f"n-{number}"})
    first = ask("get", "payments?limit=2", anna)
    assert [row["external_id"] for row in first.json()] == ["n-2", "n-1"]
    following = first["Link"].split(">")[0].split("/api/v1/")[1]
    assert [row["external_id"] for row in ask("get", following, anna).json()] == ["n-0"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"currency": "rub"}, "currency"),
        ({"external_id": ""}, "external_id"),
        ({"product": "нет такого"}, "product"),
        ({"contact_id": 1}, "contact_id"),
        ({"covers_from": "2026-11-02", "covers_until": "2026-11-01"}, "covers_until"),
    ],
)
def test_what_is_wrong_is_named(ask: Ask, told: dict[str, Any], anna: User, wrong: dict[str, Any], field: str) -> None:
    answer = ask("post", "payments", anna, told | wrong)
    assert answer.status_code == 422 and answer.json()["field"].endswith(field)
    assert not Payment.objects.exists()


def test_something_else_under_a_known_identifier_is_refused(ask: Ask, told: dict[str, Any], anna: User) -> None:
    ask("post", "payments", anna, told)
    answer = ask("post", "payments", anna, told | {"amount": "5"})
    assert (answer.status_code, answer.json()["field"]) == (422, "external_id")


def test_ACCESS_1_those_of_another_line_are_not_there(
    ask: Ask, told: dict[str, Any], anna: User, head: User, writes: Write, line_two: Team
) -> None:
    theirs = writes(sender="boss@ural.test", sender_name="Борис")
    Ticket.objects.filter(pk=theirs.pk).update(team=line_two, owner=None)
    Payment.objects.create(contact_id=theirs.contact_id, amount=5, paid_on="2026-11-01")

    assert ask("get", "payments", anna).json() == []
    assert len(ask("get", "payments", head).json()) == 1
    body = told | {"organisation_id": None, "email": "boss@ural.test"}
    assert ask("post", "payments", anna, body).status_code == 422


def test_for_whom_amounts_are_hidden_there_are_none(ask: Ask, told: dict[str, Any], anna: User, head: User) -> None:
    Secrecy(pk=1, facts=["money"]).save()
    assert ask("get", "payments", anna).status_code == 403
    assert ask("post", "payments", anna, told).status_code == 403 and not Payment.objects.exists()
    assert ask("post", "payments", head, told).status_code == 201
