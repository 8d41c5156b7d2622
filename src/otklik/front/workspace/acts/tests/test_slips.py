"""Another client's name, words meant for colleagues."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.slips import slips
from otklik.front.workspace.acts.tests.conftest import Post

PAVEL = ["Павел Демидов", "Павел Андреевич, на «вы»"]


@pytest.mark.parametrize(
    "text",
    [
        "Здравствуйте, Анна!\n\nПроверяем.",
        "Добрый день, Иван Петрович!",
        "Уважаемая Ольга Сергеевна,",
        "Мария, добрый день!",
        "Привет, Маша.",
    ],
)
def test_a_greeting_of_somebody_else_is_asked_about(text: str) -> None:
    assert len(slips(text, PAVEL)) == 1
    assert "Павел Демидов" in slips(text, PAVEL)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Здравствуйте, Павел!",
        "Павел Андреевич, здравствуйте!",
        "Привет, Паша!",
        "Добрый день, Демидов!",
        "Здравствуйте!\n\nАнна вам перезвонит.",
        "Здравствуйте, Уважаемый Абонент!",
        "Добрый день, Коллеги!",
        "Dear Pavel,",  # Latin cannot be compared with Cyrillic
        "Hello, We have checked it.",
        "> Здравствуйте, Анна!",
        "Проверяем маршрут.",
    ],
)
def test_the_client_and_nobody_are_greeted_without_a_question(text: str) -> None:
    assert slips(text, PAVEL) == []


def test_names_in_latin_are_compared_with_latin_ones() -> None:
    assert slips("Dear John,", ["Anna Smith"]) and not slips("Dear Anna,", ["Anna Smith"])
    assert not slips("Здравствуйте, Анна!", ["Anna Smith"]) and not slips("Здравствуйте, Анна!", [])


@pytest.mark.parametrize(
    "text",
    [
        "Между нами: роутер старый.",
        "Клиенту пока не говорите.",
        "Это внутренняя заметка.",
        "Не показывайте клиенту!",
        "Internal only: the router is old.",
        "Please do not tell the client.",
    ],
)
def test_words_for_colleagues_are_asked_about(text: str) -> None:
    assert len(slips(text, PAVEL)) == 1
    assert slips(f"> {text}", PAVEL) == []


def test_ordinary_words_are_not_for_colleagues() -> None:
    assert slips("Внутренний номер 104. Клиенту уже сообщили. Напишите между 9 и 18.", PAVEL) == []


@pytest.mark.django_db
def test_a_wrong_name_stops_the_sending_once(ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]) -> None:
    told = {**promise, "text": "Здравствуйте, Анна! Проверяем."}

    stopped = post(anna, ticket, "reply", **told)

    assert stopped.status_code == 422 and 'id="doubts"' in stopped.content.decode()
    assert post(anna, ticket, "reply", **told, sure="on").status_code == 200


@pytest.mark.django_db
def test_whoever_took_part_in_the_talk_may_be_greeted(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any], writes: Any
) -> None:
    writes("И я", token=ticket.conversation.token, sender="olga@volga.test", sender_name="Ольга Ким")
    ticket.refresh_from_db()
    told = {**promise, "seen": ticket.last_message_id, "text": "Здравствуйте, Ольга! Проверяем."}

    assert post(anna, ticket, "reply", **told).status_code == 200
