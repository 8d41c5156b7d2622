"""Taking, giving, passing to another line and returning by programs."""

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask, Tell

pytestmark = pytest.mark.django_db
WORDS = {"line": "Вторая линия", "question": "Нет звука", "tried": "", "expected": "Доступ к маршрутам"}


def test_taken_given_and_put_back(ticket: Ticket, anna: User, ilya: User, boris: User, vera: User, tell: Tell) -> None:
    assert tell(anna, ticket.number, "take").json()["owner"]["login"] == "anna"
    assert tell(ilya, ticket.number, "take").status_code == 409
    assert tell(ilya, ticket.number, "assign", {"owner": "ilya"}).status_code == 409
    assert tell(boris, ticket.number, "assign", {"owner": "vera"}).json()["field"] == "owner"
    assert tell(boris, ticket.number, "assign", {"owner": "ilya"}).json()["owner"]["login"] == "ilya"
    assert tell(ilya, ticket.number, "assign", {"owner": None}).json()["owner"] is None


def test_the_next_one_is_taken_once_for_each_key(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, vera: User, quality: User
) -> None:
    assert ask("post", "tickets/next/take", vera).status_code == 409, "nothing of her line waits"
    assert ask("post", "tickets/next/take", quality).status_code == 403
    assert ask("post", "tickets/next/take", anna, scopes=("tickets:read",)).status_code == 403
    taken, again = (ask("post", "tickets/next/take", anna, key="k") for _ in range(2))
    assert taken.status_code == 200 and taken.content == again.content
    assert (taken.json()["number"], taken.json()["owner"]["login"]) == (ticket.number, "anna")
    assert ask("post", "tickets/next/take", ilya).status_code == 409, "nobody waits any more"


def test_passed_with_its_words_once_for_each_key_and_returned(
    ticket: Ticket, anna: User, vera: User, line_two: Team, tell: Tell
) -> None:
    tell(anna, ticket.number, "take")
    done, again = (tell(anna, ticket.number, "hand-over", WORDS, key="k") for _ in range(2))
    assert (done.status_code, done.json()["line"]) == (200, "Вторая линия") and again.content == done.content
    assert tell(vera, ticket.number, "hand-over/return", {"reason": " "}).json()["field"] == "reason"
    back = tell(vera, ticket.number, "hand-over/return", {"reason": "Не проверен роутер"})
    assert (back.json()["line"], back.json()["owner"]["login"]) == ("Первая линия", "anna")

    (told,) = tell(anna, ticket.number, "note", {"text": "Вижу"}).json()["handovers"]
    assert (told["question"], told["return_reason"], told["accepted_at"]) == ("Нет звука", "Не проверен роутер", None)
    assert tell(anna, ticket.number, "hand-over/return", {"reason": "Ещё"}).status_code == 409


@pytest.mark.parametrize(("change", "status"), [({"line": "Нет такой"}, 422), ({"question": ""}, 422)])
def test_what_cannot_go_says_why(ticket: Ticket, anna: User, tell: Tell, change: dict[str, str], status: int) -> None:
    assert tell(anna, ticket.number, "hand-over", {**WORDS, **change}).status_code == status
