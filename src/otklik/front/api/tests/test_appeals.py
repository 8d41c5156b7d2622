"""Appeals against refusals, by programs."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask, Tell

pytestmark = pytest.mark.django_db

BODY = {"reason": "rules", "explanation": "скидки даёт только договор", "alternatives": ["пересчитаем"]}


def test_appealed_listed_granted(ask: Ask, tell: Tell, ticket: Ticket, anna: User, boris: User) -> None:
    assert tell(anna, ticket.pk, "appeal", {"text": "нет"}).status_code == 409
    tell(anna, ticket.pk, "refuse", BODY)
    assert tell(anna, ticket.pk, "appeal").status_code == 409, "nothing was written since"

    made = tell(anna, ticket.pk, "appeal", {"text": "Пункт 4.2"}, key="a").json()["appeal"]
    assert tell(anna, ticket.pk, "appeal", {"text": "Пункт 4.2"}, key="a").json()["appeal"]["id"] == made["id"]
    assert (made["holder"]["login"], made["refused_by"]["login"], made["state"]) == ("boris", "anna", "open")
    assert ask("get", "appeals", anna).json()["total"] == 0
    listed = ask("get", "appeals", boris).json()
    assert (listed["total"], listed["items"][0]["id"], listed["items"][0]["text"]) == (1, made["id"], "Пункт 4.2")

    until = (clock.now() + timedelta(days=5)).isoformat()
    grant = {"words": "Верно", "until": until, "what": "пересчёт"}
    assert ask("post", f"appeals/{made['id']}/grant", anna, grant).status_code == 404
    assert ask("post", f"appeals/{made['id']}/grant", boris, {**grant, "words": ""}).status_code == 422
    assert ask("post", f"appeals/{made['id']}/grant", boris, grant).json() == {"ticket": ticket.pk}
    assert ask("post", f"appeals/{made['id']}/uphold", boris, {"words": "нет"}).status_code == 409
    told = ask("get", f"tickets/{ticket.pk}", anna).json()
    assert (told["status"], told["appeal"], told["next_step"]) == ("open", None, "keep_promise")


def test_upheld(ask: Ask, tell: Tell, ticket: Ticket, anna: User, boris: User) -> None:
    tell(anna, ticket.pk, "refuse", BODY)
    made = tell(anna, ticket.pk, "appeal", {"text": "Пункт 4.2"}).json()["appeal"]
    assert ask("post", f"appeals/{made['id']}/uphold", boris, {"words": "Пункт о другом"}).status_code == 200
    assert ask("get", f"tickets/{ticket.pk}", anna).json()["status"] == "refused"
