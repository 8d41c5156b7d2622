"""Ended without an answer and open again, letters and their fate, people let in, calls written down: by programs."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.calls.models import Call
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


def test_it_ends_without_an_answer_and_is_open_again(ask: Ask, ticket: Ticket, anna: User) -> None:
    home = f"tickets/{ticket.number}"
    ended, again = (ask("post", f"{home}/close", anna, {"reason": "spam"}, key="k") for _ in range(2))
    assert ended.status_code == 200 and ended.content == again.content and ended.json()["ended_at"]
    assert ask("post", f"{home}/close", anna, {"reason": "tired"}).status_code == 422
    assert ask("post", f"{home}/reopen", anna).json()["ended_at"] is None
    assert ask("post", f"{home}/reopen", anna).status_code == 409


def test_an_answer_that_has_not_left_is_a_draft_again(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, tomorrow: Any
) -> None:
    message = ticket.reply("Проверим", by=anna, then=Wait(tomorrow), undo=600)
    home = f"tickets/{ticket.number}/messages/{message.pk}/take-back"
    assert ask("post", home, ilya).status_code == 409, "its author takes it back"
    assert ask("post", home, anna).status_code == 200
    assert Draft.objects.get(author=anna).text == "Проверим"
    assert ask("post", home, anna).status_code == 409


def test_a_person_decides_about_a_letter_of_which_nobody_knows(
    ask: Ask, ticket: Ticket, anna: User, tomorrow: Any
) -> None:
    message = ticket.reply("Проверим", by=anna, then=Wait(tomorrow))
    home = f"tickets/{ticket.number}/messages/{message.pk}"
    assert ask("post", f"{home}/arrived", anna).status_code == 409, "it has not left yet"
    assert ask("post", f"{home}/again", anna).status_code == 409
    letter = Outbound.objects.filter(message=message)
    letter.update(state=Outbound.State.UNCERTAIN)
    assert ask("post", f"{home}/arrived", anna).status_code == 200
    assert letter.get().state == Outbound.State.SENT
    letter.update(state=Outbound.State.FAILED)
    assert ask("post", f"{home}/again", anna).status_code == 200
    assert letter.get().state == Outbound.State.READY


def test_somebody_is_let_in_and_kept_out(ask: Ask, ticket: Ticket, anna: User) -> None:
    home = f"tickets/{ticket.number}/participants"
    told = ask("post", home, anna, {"address": "Ilya@volga.test", "let_in": True}).json()
    assert [one["address"] for one in told["participants"]] == ["ilya@volga.test"]
    ask("post", home, anna, {"address": "ilya@volga.test", "let_in": False})
    assert ticket.participants.get().let_in is False
    for wrong in ("pavel@volga.test", "nobody"):
        refused = ask("post", home, anna, {"address": wrong, "let_in": True})
        assert (refused.status_code, refused.json()["field"]) == (422, "address")


def test_a_call_held_elsewhere_is_written_down(ask: Ask, ticket: Ticket, anna: User) -> None:
    home, told = f"tickets/{ticket.number}/calls", {"direction": "out", "minutes": 7, "result": "no_one"}
    first, again = (ask("post", home, anna, told, key="k") for _ in range(2))
    assert first.status_code == 200 and first.content == again.content, first.json()
    assert (Call.objects.get().talked, Call.objects.get().outward) == (420, True)
    assert ask("post", home, anna, told | {"result": "promised"}).status_code == 422, "by when is missing"
    assert ask("post", home, anna, told | {"minutes": 601}).json()["field"] == "minutes"


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("close", {"reason": "spam"}),
        ("reopen", None),
        ("participants", {"address": "a@b.test", "let_in": True}),
        ("calls", {"minutes": 1, "result": "answered"}),
        ("messages/1/take-back", None),
        ("messages/1/again", None),
        ("messages/1/arrived", None),
    ],
)
def test_ACCESS_1_another_line_and_who_answers_nobody(
    ask: Ask, ticket: Ticket, anna: User, vera: User, quality: User, tail: str, told: Any
) -> None:
    home = f"tickets/{ticket.number}/{tail}"
    assert ask("post", home, vera, told).status_code == 404
    assert ask("post", home, quality, told).status_code == 403
    assert ask("post", home, anna, told, scopes=("tickets:read",)).status_code == 403
    if "messages" in tail:
        assert ask("post", home.replace("/1/", "/987654/"), anna, told).status_code == 404
