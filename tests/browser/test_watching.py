"""`W` watches a request and leaves it again."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian

pytestmark = pytest.mark.django_db(transaction=True)


def test_by_its_key_on_the_russian_layout_and_back(at_desk: Callable[..., Any], anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    expect(page.locator("#watchers")).to_have_count(0)

    press_russian(page, "W")

    expect(page.locator("#watchers")).to_contain_text("вы следите")
    expect(page.locator("#watchers")).to_have_attribute("title", f"Следят: {anna.name}")
    expect(page.locator("#acts-menu [name=watch]")).to_contain_text("Не следить")
    page.locator(".view-name").click()
    page.locator("#views a", has_text="Под наблюдением").click()
    expect(page.locator("#queue .qrow")).to_have_count(1)

    page.locator("#queue .qrow").click()
    expect(page.locator("#watchers")).to_be_visible()
    press_russian(page, "W")

    expect(page.locator("#watchers")).to_have_count(0)
