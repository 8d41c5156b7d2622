"""Visits by programs."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket, Visit
from otklik.front.api.tests.conftest import Ask, Tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(ilya: User) -> dict[str, Any]:
    starts = clock.now() + timedelta(days=1)
    ends = (starts + timedelta(hours=2)).isoformat()
    return {"place": "Садовая, 5", "starts_at": starts.isoformat(), "ends_at": ends, "people": [ilya.login]}


def test_planned_told_changed_and_done(
    ticket: Ticket, body: dict[str, Any], anna: User, ilya: User, tell: Tell, ask: Ask
) -> None:
    (made,) = tell(anna, ticket.number, "visits", body, key="one").json()["visits"]
    again = tell(anna, ticket.number, "visits", body, key="one").json()["visits"]
    assert [one["id"] for one in again] == [made["id"]] and made["people"][0]["login"] == ilya.login

    (listed,) = ask("get", "visits", ilya).json()
    assert listed["ticket"] == ticket.number and not ask("get", "visits", anna).json()

    path = f"visits/{made['id']}"
    assert tell(anna, ticket.number, f"{path}/tell").json()["visits"][0]["told"]
    changed = tell(anna, ticket.number, path, {**body, "place": "Садовая, 7"}).json()["visits"][0]
    assert changed["place"] == "Садовая, 7"
    done = tell(ilya, ticket.number, f"{path}/state", {"state": "done", "result": "Готово"}).json()["visits"][0]
    assert done["state"] == "done" and done["came_at"]


def test_what_makes_no_sense_is_refused(
    ticket: Ticket, body: dict[str, Any], anna: User, vera: User, tell: Tell
) -> None:
    changes: list[dict[str, Any]] = [
        {"place": ""},
        {"people": []},
        {"people": ["nobody"]},
        {"people": [vera.login]},
        {"ends_at": body["starts_at"]},
    ]
    for wrong in changes:
        assert tell(anna, ticket.number, "visits", {**body, **wrong}).status_code in (400, 422), wrong
    assert tell(vera, ticket.number, "visits", body).status_code == 404
    assert tell(anna, ticket.number, "visits/1/state", {"state": "done"}).status_code == 404
    assert not Visit.objects.exists()


@pytest.mark.parametrize("odd", [{"map_link": "http://["}, {"people": ["\ud800"]}, {"place": "\ud800"}])
def test_what_cannot_be_read_or_stored_is_a_value_to_mend(
    ticket: Ticket, body: dict[str, Any], anna: User, tell: Tell, odd: dict[str, Any]
) -> None:
    assert tell(anna, ticket.number, "visits", {**body, **odd}).status_code == 422


def test_a_visit_that_was_changed_meanwhile_is_not_overwritten(
    ticket: Ticket, body: dict[str, Any], anna: User, tell: Tell
) -> None:
    (made,) = tell(anna, ticket.number, "visits", body).json()["visits"]
    path, seen = f"visits/{made['id']}", made["stamp"]
    assert tell(anna, ticket.number, path, {**body, "place": "Садовая, 7", "seen": seen}).status_code == 200
    assert tell(anna, ticket.number, path, {**body, "seen": seen}).status_code == 409
    assert tell(anna, ticket.number, f"{path}/tell", {"seen": seen}).status_code == 409
    assert Visit.objects.get().place == "Садовая, 7"


def test_who_may_not_see_the_request_any_more_does_not_read_of_its_visits(
    ticket: Ticket, body: dict[str, Any], anna: User, ilya: User, tell: Tell, ask: Ask
) -> None:
    tell(anna, ticket.number, "visits", body)
    ilya.memberships.all().delete()
    assert ask("get", "visits", ilya).json() == []
