"""Answers of people in training, by programs."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import HeldAnswer, Ticket, Traineeship
from otklik.front.api.tests.conftest import Ask, Tell
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db

BODY = {"text": "Порт перезагрузили.", "summary": "порт"}


@pytest.fixture(autouse=True)
def _in_training(anna: User, ilya: User, boris: User) -> None:
    Traineeship.objects.begin(anna, ilya, by=boris)


def test_held_listed_released(ask: Ask, tell: Tell, ticket: Ticket, anna: User, ilya: User, paper: Paper) -> None:
    letters = len(paper.letters)
    told = tell(anna, ticket.pk, "resolve", BODY).json()
    held = told["held_answer"]
    assert (told["status"], held["by"]["login"], held["curator"]["login"]) == ("open", "anna", "ilya")
    assert (held["next"], len(paper.letters)) == ("resolve", letters)
    assert ask("get", "releases", anna).json()["total"] == 0
    listed = ask("get", "releases", ilya).json()
    assert (listed["total"], listed["items"][0]["id"]) == (1, held["id"])
    assert ask("post", f"releases/{held['id']}/release", anna, {}).status_code == 404

    body = {"text": "Ваш порт перезагрузили."}
    first = ask("post", f"releases/{held['id']}/release", ilya, body, key="r1")
    assert first.json() == ask("post", f"releases/{held['id']}/release", ilya, body, key="r1").json()
    assert ask("post", f"releases/{held['id']}/return", ilya, {"words": "нет"}).status_code == 409
    told = ask("get", f"tickets/{ticket.pk}", anna).json()
    assert (told["status"], told["held_answer"], len(paper.letters)) == ("resolved", None, letters + 1)


def test_returned_and_withdrawn(ask: Ask, tell: Tell, ticket: Ticket, anna: User, ilya: User) -> None:
    held = tell(anna, ticket.pk, "resolve", BODY).json()["held_answer"]["id"]
    assert ask("post", f"releases/{held}/return", ilya, {"words": ""}).status_code == 422
    assert ask("post", f"releases/{held}/return", ilya, {"words": "вежливее"}).json() == {"ticket": ticket.pk}
    assert tell(anna, ticket.pk, "resolve", BODY).json()["held_answer"]["id"] != held
    assert tell(anna, ticket.pk, "release/withdraw").json()["held_answer"] is None
    assert tell(anna, ticket.pk, "release/withdraw").status_code == 409
    assert HeldAnswer.objects.count() == 2
