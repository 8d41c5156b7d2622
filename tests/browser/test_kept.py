"""Back to what was open before: by the palette, and by a pin."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)


def test_back_to_the_request_before_by_keys_alone(at_desk: Callable[..., Any], anna: User, writes: Write) -> None:
    first, second = writes("Раз", subject="Первое дело"), writes("Два", subject="Второе дело")
    page = at_desk(anna)
    for ticket in (first, second):
        page.goto(f"/tickets/{ticket.number}/")

    page.keyboard.press("Control+k")
    option = page.locator("#palette [role=option]", has_text="Первое дело")
    option.wait_for()
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/tickets/{first.number}/")


def test_a_pin_keeps_a_request_in_its_list(at_desk: Callable[..., Any], anna: User, writes: Write) -> None:
    ticket = writes("Раз", subject="Первое дело")
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    press_russian(page, "S")
    page.get_by_role("button", name="Закрепить").click()
    expect(page.locator("#acts-menu [name=pin]")).to_have_text("Открепить")

    page.goto("/")
    page.locator(".view-name").click()
    page.locator("#views a", has_text="Закреплено").click()

    expect(page.locator("#queue .qrow")).to_have_count(1)
    expect(page.locator("#queue h2")).to_have_text("Закреплено")
