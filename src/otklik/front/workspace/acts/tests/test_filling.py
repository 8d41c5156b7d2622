"""The form of a request in its dialog, in its place, and at "Solved"."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Field, Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db
type SignIn = Callable[[User], Client]
PART = {"HX-Request": "true"}


@pytest.fixture
def cause(db: None) -> Field:
    return Field.objects.create(name="Причина <b>", is_required=True, hint="коротко")


def test_solved_without_a_required_field_leads_to_it(
    ticket: Ticket, anna: User, cause: Field, post: Post, promise: dict[str, Any], client_of: SignIn
) -> None:
    refused = post(anna, ticket, "reply", **{**promise, "next": "resolve"})
    page = refused.content.decode()
    assert refused.status_code == 422 and "заполните поле: Причина &lt;b&gt;" in page
    assert f'hx-get="/tickets/{ticket.number}/fields/' in page and "Проверяем маршрут." in page

    asked = client_of(anna).get(f"/tickets/{ticket.number}/fields/", headers=PART).content.decode()
    assert asked.startswith("<dialog") and f'name="{cause.place}"' in asked and "autofocus" in asked

    assert post(anna, ticket, "fields", **{cause.place: "роутер"}).status_code == 204
    assert post(anna, ticket, "reply", **{**promise, "next": "resolve"}).status_code == 200
    ticket.refresh_from_db()
    assert ticket.status == "resolved"


def test_what_is_required_is_said_before_questions_that_a_press_answers(
    ticket: Ticket, anna: User, cause: Field, post: Post, promise: dict[str, Any]
) -> None:
    ticket.plan(["Кабель"], by=anna)
    ended = {**promise, "next": "resolve"}
    assert 'id="unfilled"' in post(anna, ticket, "reply", **ended).content.decode()
    post(anna, ticket, "fields", **{cause.place: "роутер"})
    assert 'id="doubts"' in post(anna, ticket, "reply", **ended).content.decode()
    assert post(anna, ticket, "reply", **ended, sure="on").status_code == 200


def test_what_is_wrong_in_the_dialog_stands_at_its_field_with_what_was_typed(
    ticket: Ticket, anna: User, cause: Field, post: Post
) -> None:
    count = Field.objects.create(name="Телефонов", kind="number")
    refused = post(anna, ticket, "fields", **{cause.place: "роутер", count.place: "<много>"})

    page = refused.content.decode()
    assert refused.status_code == 422 and f'id="e-{count.place}"' in page
    assert "&lt;много&gt;" in page and 'value="роутер"' in page
    assert Ticket.objects.get(pk=ticket.pk).details == {}


def test_a_field_is_changed_in_its_place(ticket: Ticket, anna: User, client_of: SignIn) -> None:
    link = Field.objects.create(name="Карточка", kind="link")
    browser, address = client_of(anna), f"/tickets/{ticket.number}/fields/{link.pk}/"

    assert 'type="url"' in browser.get(address, headers=PART).content.decode()
    wrong = browser.post(address, {link.place: "javascript:alert(1)"}, headers=PART)
    assert wrong.status_code == 422 and "https://" in wrong.content.decode()

    right = browser.post(address, {link.place: "https://wiki.test/?a=1&b=2"}, headers=PART)
    assert (
        'href="https://wiki.test/?a=1&amp;b=2"' in right.content.decode() and 'rel="noopener' in right.content.decode()
    )
    assert "ticket:changed" in right["HX-Trigger"]
    assert "<form" not in browser.get(f"{address}?as=value", headers=PART).content.decode()
    plain = browser.post(address, {link.place: ""})
    assert plain["Location"] == f"/tickets/{ticket.number}/?card=facts#{link.place}"
    assert browser.get(f"/tickets/{ticket.number}/fields/999999/").status_code == 404


def test_the_card_shows_the_form_and_what_is_missing(
    ticket: Ticket, anna: User, quality: User, cause: Field, client_of: SignIn
) -> None:
    Field.objects.create(name="Не нужно", is_active=False)
    address = f"/tickets/{ticket.number}/card/facts/"

    page = client_of(anna).get(address, headers=PART).content.decode()
    assert "нужно для решения" in page and f"/fields/{cause.pk}/" in page and "Не нужно" not in page
    read = client_of(quality).get(address, headers=PART).content.decode()
    assert "Причина &lt;b&gt;" in read and f"/fields/{cause.pk}/" not in read


def test_a_stranger_fills_nothing(ticket: Ticket, vera: User, quality: User, cause: Field, post: Post) -> None:
    assert post(vera, ticket, "fields", **{cause.place: "x"}).status_code == 404
    assert post(quality, ticket, f"fields/{cause.pk}", **{cause.place: "x"}).status_code == 403


def test_the_story_says_what_was_filled_in(
    ticket: Ticket, anna: User, cause: Field, post: Post, client_of: SignIn
) -> None:
    post(anna, ticket, "fields", **{cause.place: "роутер"})
    post(anna, ticket, "fields", **{cause.place: ""})

    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "Причина &lt;b&gt;: роутер" in page and "значение убрано (было: роутер)" in page
