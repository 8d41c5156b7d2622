"""Refusals that a lead sees first, by programs."""

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Habits, Ticket
from otklik.front.api.tests.conftest import Ask, Tell

pytestmark = pytest.mark.django_db

BODY = {"reason": "rules", "explanation": "скидки даёт только договор", "alternatives": ["пересчитаем"]}


@pytest.fixture(autouse=True)
def _a_lead_approves(line_one: Team) -> None:
    Habits.objects.create(team=line_one, approved_reasons=["rules"])


def test_asked_listed_approved(ask: Ask, tell: Tell, ticket: Ticket, anna: User, boris: User) -> None:
    told = tell(anna, ticket.pk, "refuse", BODY).json()
    asked = told["refusal_asked"]
    assert (told["status"], asked["by"]["login"], asked["reason"]) == ("open", "anna", "rules")
    assert ask("get", "refusals", anna).json()["total"] == 0
    listed = ask("get", "refusals", boris).json()
    assert (listed["total"], listed["items"][0]["id"]) == (1, asked["id"])
    assert ask("post", f"refusals/{asked['id']}/approve", anna, {}).status_code == 404

    first = ask("post", f"refusals/{asked['id']}/approve", boris, {"words": "Звоните"}, key="a1")
    assert first.json() == ask("post", f"refusals/{asked['id']}/approve", boris, {"words": "Звоните"}, key="a1").json()
    assert ask("post", f"refusals/{asked['id']}/return", boris, {"words": "нет"}).status_code == 409
    told = ask("get", f"tickets/{ticket.pk}", anna).json()
    assert (told["status"], told["refusal_asked"]) == ("refused", None)


def test_returned_and_withdrawn(ask: Ask, tell: Tell, ticket: Ticket, anna: User, boris: User) -> None:
    asked = tell(anna, ticket.pk, "refuse", BODY).json()["refusal_asked"]["id"]
    assert ask("post", f"refusals/{asked}/return", boris, {"words": ""}).status_code == 422
    assert ask("post", f"refusals/{asked}/return", boris, {"words": "рассрочка"}).json() == {"ticket": ticket.pk}
    assert tell(anna, ticket.pk, "refuse", BODY).json()["refusal_asked"]["id"] != asked
    assert tell(anna, ticket.pk, "refuse/withdraw").json()["refusal_asked"] is None
    assert tell(anna, ticket.pk, "refuse/withdraw").status_code == 409
