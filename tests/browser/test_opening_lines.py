"""How an answer begins, in a real browser: a line is taken, another one shown, never the same twice in a row."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Opened, Opener
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import open_ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_line_is_taken_into_the_answer_and_another_one_is_offered(
    at_desk: Callable[..., Any], anna: User, ticket: Ticket
) -> None:
    for number in range(4):
        Opener.objects.get_or_create(language="ru", situation="first", text=f"{{name}}, рады знакомству, {number}!")
    page = at_desk(anna)
    open_ticket(page, ticket)
    said = page.locator("#hello .say")
    expect(said).to_have_count(3)
    first = said.first.inner_text()
    assert len(set(said.all_inner_texts())) == 3, "three different ones at once"

    page.get_by_role("button", name="Другие фразы").click()
    expect(said.first).not_to_have_text(first)
    second = said.first.inner_text()
    page.locator("#hello").get_by_role("button", name=f"Вставить: {second.strip('«»')}", exact=True).click()
    expect(page.locator("#reply-text")).to_have_value(f"{second.strip('«»')}\n\n")
    page.reload()
    expect(said).to_have_count(3)
    expect(said.filter(has_text=second)).to_have_count(0)
    # The words around what is filled in: which of the lines was drawn, and so where the name stands, is chance.
    taken = Opened.objects.get(contact=ticket.contact).opener.text
    assert all(part in second for part in re.split(r"\{\w+\}", taken))


def test_a_line_comes_from_the_menu_of_the_answer_by_one_press(
    at_desk: Callable[..., Any], anna: User, ticket: Ticket
) -> None:
    page = at_desk(anna)
    open_ticket(page, ticket)
    page.locator(".tools [popovertarget=reply-openers]").first.click()
    line = page.locator("#reply-openers button").first
    line.wait_for()
    words = line.inner_text().strip()

    line.click()

    expect(page.locator("#reply-text")).to_have_value(f"{words}\n\n")
    expect(page.locator("#reply-openers")).to_be_hidden()
