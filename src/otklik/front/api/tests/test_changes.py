"""Change requests by programs."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Change, Ticket
from otklik.front.api.tests.conftest import Ask, Tell

pytestmark = pytest.mark.django_db
BODY = {"what": "Перенести маршрут", "why": "Оператор уходит", "steps": ["Снять"]}


def test_from_draft_to_done(ticket: Ticket, anna: User, boris: User, vera: User, tell: Tell, ask: Ask) -> None:
    made = tell(anna, ticket.number, "changes", BODY, key="one").json()
    (change,) = made["changes"]
    assert change["state"] == "draft" and made["tasks"][0]["text"] == "Снять"
    path = f"changes/{change['id']}/state"
    tell(anna, ticket.number, path, {"state": "asked"})
    assert [one["id"] for one in ask("get", "changes", boris).json()] == [change["id"]]
    assert ask("get", "changes", vera).json() == []

    assert tell(anna, ticket.number, path, {"state": "approved"}).status_code == 409
    assert tell(boris, ticket.number, path, {"state": "approved"}).status_code == 200
    assert tell(anna, ticket.number, path, {"state": "done"}).status_code == 422, "a step is left"
    tell(anna, ticket.number, f"tasks/{made['tasks'][0]['id']}/done", {"done": True})
    done = tell(anna, ticket.number, path, {"state": "done"}).json()["changes"][0]
    assert done["lead_time"] >= 0 and done["decided_by"]["login"] == boris.login


def test_what_makes_no_sense_is_refused(ticket: Ticket, anna: User, vera: User, tell: Tell) -> None:
    for wrong in ({"what": ""}, {"why": ""}, {"risk": "enormous"}, {"risk": "high"}):
        assert tell(anna, ticket.number, "changes", {**BODY, **wrong}).status_code in (400, 422), wrong
    assert tell(vera, ticket.number, "changes", BODY).status_code == 404
    assert tell(anna, ticket.number, "changes/1/state", {"state": "asked"}).status_code == 404
    assert not Change.objects.exists()


def test_the_product_of_a_ticket_is_set_and_listed(ticket: Ticket, anna: User, tell: Tell, ask: Ask) -> None:
    product = Product.objects.create(name="Телефония")
    named = tell(anna, ticket.number, "product", {"product": product.pk}).json()["product"]
    assert named == {"id": product.pk, "name": "Телефония"}
    assert tell(anna, ticket.number, "product", {"product": 999}).status_code == 422
    assert ask("get", "topics/products", anna).json() == [{"id": product.pk, "name": "Телефония", "in_use": True}]
    assert tell(anna, ticket.number, "product", {"product": None}).json()["product"] is None


def test_a_change_that_was_rewritten_meanwhile_is_not_approved(
    ticket: Ticket, anna: User, boris: User, tell: Tell
) -> None:
    body = {"what": "Маршрут", "why": "Старый уходит"}
    (made,) = tell(anna, ticket.number, "changes", body).json()["changes"]
    path = f"changes/{made['id']}"
    tell(anna, ticket.number, path, {**body, "what": "Всё", "seen": made["stamp"]})
    tell(anna, ticket.number, f"{path}/state", {"state": "asked"})
    late = {"state": "approved", "seen": made["stamp"]}
    assert tell(boris, ticket.number, f"{path}/state", late).status_code == 409
    assert tell(anna, ticket.number, path, {**body, "seen": made["stamp"]}).status_code == 409
    assert ticket.changes.get().state == "asked"
