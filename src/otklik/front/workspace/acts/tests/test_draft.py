"""Unsent text: kept on the server, the same in every window, never sent by itself."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_back_on_the_page_with_what_was_chosen(
    ticket: Ticket, anna: User, post: Post, client_of: Any, tonight: str
) -> None:
    post(
        anna,
        ticket,
        "draft",
        mode="reply",
        text="Проверяем",
        next="promise",
        promise_until=tonight,
        to="x@volga.test",
    )
    post(anna, ticket, "draft", mode="note", note="спросить Илью")

    page = client_of(anna).get(f"/tickets/{ticket.number}/composer/", headers={"HX-Request": "true"}).content.decode()

    assert "Проверяем</textarea>" in page and "спросить Илью</textarea>" in page
    assert 'name="to" value="x@volga.test" checked' in page


def test_a_draft_belongs_to_its_author(ticket: Ticket, anna: User, ilya: User, post: Post, client_of: Any) -> None:
    post(anna, ticket, "draft", mode="reply", text="Проверяем")

    assert client_of(ilya).get(f"/tickets/{ticket.number}/draft/").json() == {"drafts": {}}
    assert client_of(anna).get(f"/tickets/{ticket.number}/draft/").json()["drafts"]["reply"]["text"] == "Проверяем"


def test_an_emptied_text_forgets_the_draft(ticket: Ticket, anna: User, post: Post) -> None:
    post(anna, ticket, "draft", mode="reply", text="Проверяем", next="promise")
    post(anna, ticket, "draft", mode="reply", text=" ", next="promise", promise_until="2030-01-01T10:00:00Z")

    assert not Draft.objects.exists()


def test_a_begun_refusal_is_kept_even_before_its_greeting(ticket: Ticket, anna: User, post: Post) -> None:
    post(anna, ticket, "draft", mode="reply", text="", next="refuse", explanation="Роутер не наш")

    assert Draft.objects.get().form["explanation"] == "Роутер не наш"


def test_two_windows_do_not_overwrite_each_other(ticket: Ticket, anna: User, post: Post) -> None:
    first = post(anna, ticket, "draft", mode="reply", text="Проверяем", base="").json()
    other = post(anna, ticket, "draft", mode="reply", text="Другое окно", base="")

    assert other.status_code == 409 and other.json()["text"] == "Проверяем"
    assert post(anna, ticket, "draft", mode="reply", text="Проверяем ещё", base=first["at"]).status_code == 200
    assert Draft.objects.get().text == "Проверяем ещё"


def test_a_date_in_the_words_is_offered_as_a_promise(ticket: Ticket, anna: User, post: Post) -> None:
    offer = post(anna, ticket, "draft", mode="reply", text="Вернусь с ответом через два часа").json()["offer"]

    assert offer["words"] == "через два часа" and offer["label"]
    assert not offer["day"], "an hour was meant"
    assert offer["promised"], "the words say that we do it"
    assert not post(anna, ticket, "draft", mode="reply", text="Вы писали, что уедете завтра").json()["offer"][
        "promised"
    ]
    assert post(anna, ticket, "draft", mode="reply", text="Вернусь завтра").json()["offer"]["day"]
    assert not post(anna, ticket, "draft", mode="reply", text="Завтра до 18:00").json()["offer"]["day"]
    assert post(anna, ticket, "draft", mode="reply", text="Проверяем").json()["offer"] is None


def test_files_stay_with_the_draft(ticket: Ticket, anna: User, post: Post, client_of: Any, upload: Any) -> None:
    key = upload(anna, ticket, "акт.txt").json()["id"]
    post(anna, ticket, "draft", mode="reply", text="", files=[key])

    page = client_of(anna).get(f"/tickets/{ticket.number}/composer/", headers={"HX-Request": "true"}).content.decode()
    assert "акт.txt" in page and f'name="files" value="{key}"' in page

    assert post(anna, ticket, f"files/{key}/remove").status_code == 204
    assert not Attachment.objects.exists()


def test_a_save_that_was_overtaken_by_the_sending_keeps_nothing(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, Any]
) -> None:
    post(anna, ticket, "reply", **promise)
    post(anna, ticket, "note", note="Проверил", key="n1")

    post(anna, ticket, "draft", mode="reply", text="Проверяем", key="k1")
    post(anna, ticket, "draft", mode="note", note="Проверил", key="n1")
    assert not Draft.objects.exists()

    post(anna, ticket, "draft", mode="reply", text="Следующий", key="k2")
    assert Draft.objects.get().text == "Следующий"


def test_a_window_that_began_with_nothing_overwrites_nothing(ticket: Ticket, anna: User, post: Post) -> None:
    """Two tabs were opened on an empty answer, and both were typed in."""
    assert post(anna, ticket, "draft", mode="reply", text="Первая", base="").status_code == 200

    second = post(anna, ticket, "draft", mode="reply", text="Вторая", base="")

    assert (second.status_code, second.json()["text"]) == (409, "Первая")
    assert Draft.objects.get().text == "Первая"
    assert post(anna, ticket, "draft", mode="reply", text="Вторая", base=second.json()["at"]).status_code == 200
    assert post(anna, ticket, "draft", mode="reply", text="x", base="not a moment").status_code == 409


def test_the_page_says_which_draft_it_shows(ticket: Ticket, anna: User, post: Post, client_of: Any) -> None:
    at = post(anna, ticket, "draft", mode="reply", text="Начало", base="").json()["at"]

    page = client_of(anna).get(f"/tickets/{ticket.number}/composer/").content.decode()
    assert f'data-base-reply="{at.replace("+", "&#x2B;")}"' in page or f'data-base-reply="{at}"' in page

    kept = post(anna, ticket, "note", note="Заметка", text="Начало", key="k").content.decode()
    assert at in kept.replace("&#x2B;", "+")
