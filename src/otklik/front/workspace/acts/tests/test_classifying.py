"""Topic and tags from the dialog, and where they are shown."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]


@pytest.fixture
def sound(db: None) -> Topic:
    phones = Topic(name="Телефония")
    phones.put()
    sound = Topic(name="Качество связи", parent=phones)
    sound.put()
    return sound


def test_topic_and_tags_are_kept_by_one_press(
    ticket: Ticket, anna: User, sound: Topic, post: Post, client_of: SignIn
) -> None:
    answer = post(anna, ticket, "labels", topic=sound.pk, tag=["роутер"], tags="Филиал, #роутер")

    assert answer.status_code == 204
    ticket.refresh_from_db()
    assert (ticket.topic, ticket.tags) == (sound, ["роутер", "филиал"])
    page = client_of(anna).get(f"/tickets/{ticket.number}/?card=facts").content.decode()
    assert "Телефония › Качество связи" in page and "/search/?q=tag%3A" in page
    assert "добавлены метки: роутер, филиал" in page


def test_the_dialog_shows_the_tree_and_the_words_of_others(
    ticket: Ticket, writes, anna: User, sound: Topic, client_of: SignIn
) -> None:
    writes("Ещё").tag(["роутер"], by=anna)
    ticket.classify(sound, by=anna)

    page = client_of(anna).get(f"/tickets/{ticket.number}/labels/", headers={"HX-Request": "true"}).content.decode()

    assert page.startswith("<dialog") and 'value="роутер">' in page
    assert f'<option value="{sound.pk}" selected>&#8195;Качество связи' in page


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_half_done(
    ticket: Ticket, anna: User, sound: Topic, post: Post
) -> None:
    too_long = post(anna, ticket, "labels", topic=sound.pk, tags="о" * 41)
    assert too_long.status_code == 422 and 'id="e-tags"' in too_long.content.decode()
    assert post(anna, ticket, "labels", topic="9" * 30).status_code == 422
    assert post(anna, ticket, "labels", topic="999999").status_code == 422

    ticket.refresh_from_db()
    assert ticket.topic is None and ticket.tags == []


def test_a_stranger_to_the_line_labels_nothing(
    ticket: Ticket, vera: User, quality: User, sound: Topic, post: Post
) -> None:
    assert post(vera, ticket, "labels", topic=sound.pk).status_code == 404
    assert post(quality, ticket, "labels", topic=sound.pk).status_code == 403


def test_requests_are_looked_for_by_topic_and_tag(
    ticket: Ticket, writes, anna: User, vera: User, sound: Topic, client_of: SignIn
) -> None:
    writes("Другое дело")
    ticket.classify(sound, by=anna)
    ticket.tag(["филиал на Ленина"], by=anna)
    address = "/search/?q=topic:телефония+tag:филиал_на_ленина"

    page = client_of(anna).get(address).content.decode()

    assert f"/tickets/{ticket.number}/" in page and page.count("<li data-row>") == 1
    assert f"/tickets/{ticket.number}/" not in client_of(vera).get(address).content.decode()


def test_a_priority_is_set_and_seen_in_the_head_and_in_the_list(
    ticket: Ticket, anna: User, post: Post, client_of: SignIn
) -> None:
    assert post(anna, ticket, "priority", priority="7").status_code == 422
    assert post(anna, ticket, "priority", priority="4").status_code == 204

    browser = client_of(anna)
    page = browser.get(f"/tickets/{ticket.number}/").content.decode()
    assert "важность: наивысшая" in page and 'data-s="breach" title="Важность"' in page
    assert "наивысшая важность" in browser.get("/").content.decode()
    assert "checked" in browser.get(f"/tickets/{ticket.number}/priority/").content.decode()
