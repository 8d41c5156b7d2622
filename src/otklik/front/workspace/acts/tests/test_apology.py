"""A missed date: the page says so and begins the letter."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def missed(ticket: Ticket, anna: User) -> Ticket:
    with clock.at(clock.now() - timedelta(hours=3)):
        ticket.reply("Проверим", by=anna, then=PromiseDate(clock.now() + timedelta(hours=2)))
    return ticket


def test_the_page_of_a_missed_date_offers_the_letter(
    missed: Ticket, anna: User, quality: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(anna).get(f"/tickets/{missed.pk}/").content.decode()
    assert f"/tickets/{missed.pk}/apologise/" in page and "Расскажите клиенту сейчас" in page
    assert "apologise" not in client_of(quality).get(f"/tickets/{missed.pk}/").content.decode()


def test_a_missed_date_is_seen_though_something_else_was_due_before_it(
    missed: Ticket, anna: User, client_of: Callable[[User], Client]
) -> None:
    """A class may ask for a word about the course earlier than the promise: then that is the next step."""
    promised = missed.promises.get().until
    Ticket.objects.filter(pk=missed.pk).update(next_step="update", due_at=clock.now() - timedelta(days=2))

    page = client_of(anna).get(f"/tickets/{missed.pk}/").content.decode()
    assert "apologise" in page
    assert f"Обещанный срок ответа: {words.stamp(promised, words.here())}" in page, (
        "what was promised, not what was due"
    )


def test_the_letter_regrets_and_names_a_date_that_can_be_kept(missed: Ticket, anna: User, post: Post) -> None:
    Draft.objects.keep(missed.conversation, anna, "reply", "Роутер заменён.", {})
    for _twice in range(2):
        assert post(anna, missed, "apologise")["HX-Redirect"].startswith(f"/tickets/{missed.pk}/")

    draft = Draft.objects.get(author=anna)
    assert "не успели" in draft.text and draft.text.endswith("Роутер заменён.") and draft.text.count("не успели") == 1
    assert draft.form["next"] == "promise" and draft.form["until"] > clock.now().isoformat()


def test_a_place_that_was_not_filled_in_does_not_leave(missed: Ticket, anna: User, post: Post) -> None:
    post(anna, missed, "apologise")
    draft = Draft.objects.get(author=anna)
    answer = post(
        anna,
        missed,
        "reply",
        text=draft.text,
        next="promise",
        promise_until=draft.form["until"],
        key="k",
        seen=missed.last_message_id,
    )
    assert answer.status_code == 422


def test_moving_a_date_on_the_page_asks_why(
    ticket: Ticket, anna: User, post: Post, promise: dict[str, str], client_of: Callable[[User], Client]
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(clock.now() + timedelta(hours=2)))
    assert 'name="promise_why"' in client_of(anna).get(f"/tickets/{ticket.pk}/").content.decode()

    promise["seen"] = str(ticket.last_message_id)
    asked = post(anna, ticket, "reply", **promise)
    assert asked.status_code == 422 and "почему он переносится" in asked.content.decode()
    assert post(anna, ticket, "reply", **promise, promise_why="ждём провайдера").status_code == 200
    assert ticket.promises.order_by("-id")[0].why == "ждём провайдера"
