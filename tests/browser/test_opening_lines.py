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
    for number in range(3):
        Opener.objects.get_or_create(language="ru", situation="first", text=f"{{name}}, рады знакомству, {number}!")
    page = at_desk(anna)
    open_ticket(page, ticket)
    said = page.locator("#hello .say")
    said.wait_for()
    first = said.inner_text()

    page.get_by_role("button", name="Другая фраза").click()
    expect(said).not_to_have_text(first)
    second = said.inner_text()
    page.locator("#hello").get_by_role("button", name="Вставить").click()
    expect(page.locator("#reply-text")).to_have_value(f"{second.strip('«»')}\n\n")
    page.reload()
    said.wait_for()
    expect(said).not_to_have_text(second)
    # The words around what is filled in: which of the lines was drawn, and so where the name stands, is chance.
    taken = Opened.objects.get(contact=ticket.contact).opener.text
    assert all(part in second for part in re.split(r"\{\w+\}", taken))
