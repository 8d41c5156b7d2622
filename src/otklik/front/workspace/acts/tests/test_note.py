"""Remarks for colleagues."""

from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


def notes() -> Any:
    return Message.objects.filter(direction="note")


def test_a_note_is_kept_and_never_leaves(ticket: Ticket, anna: User, post: Post) -> None:
    Draft.objects.keep(ticket.conversation, anna, "note", "Проверил", {})

    answer = post(anna, ticket, "note", note="Проверил маршрут", text="Здравствуйте", key="n1")

    page = answer.content.decode()
    assert notes().get().text == "Проверил маршрут" and not Draft.objects.filter(mode="note").exists()
    assert not Outbound.objects.filter(kind="reply").exists()
    assert "Здравствуйте</textarea>" in page, "the begun reply stays"


def test_DEDUP_3_a_double_click_keeps_one_note(ticket: Ticket, anna: User, post: Post) -> None:
    for _ in range(2):
        assert post(anna, ticket, "note", note="Проверил", key="n1").status_code == 200
    changed = post(anna, ticket, "note", note="Другое", key="n1")

    assert notes().count() == 1 and changed.status_code == 422
    assert "Другое</textarea>" in changed.content.decode()


def test_an_empty_note_says_so_in_place(ticket: Ticket, anna: User, post: Post) -> None:
    answer = post(anna, ticket, "note", note=" ")

    assert answer.status_code == 422 and 'id="e-note"' in answer.content.decode()


def test_the_preview_is_the_markup_of_the_letter_without_raw_html(ticket: Ticket, anna: User, post: Post) -> None:
    page = post(anna, ticket, "preview", text="**Да** <script>alert(1)</script>").content.decode()

    assert "<strong>Да</strong>" in page and "<script" not in page
