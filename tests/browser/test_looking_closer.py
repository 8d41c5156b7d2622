"""A picture of the conversation is looked at closer by keys alone (UI-24)."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.channels.port import IncomingFile
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.test_pictures import png

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = """(picture) => picture.complete && picture.naturalWidth ? picture.getBoundingClientRect().width : 0"""


def test_plus_minus_and_zero(at_desk: Callable[..., Any], anna: User, ticket: Ticket, wait_until: Any) -> None:
    ticket.write_in("Смотрите", files=[IncomingFile("схема.png", "image/png", base64.b64decode(png()))])
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("[data-picture]").press("Enter")
    viewer, picture = page.locator("dialog.viewer"), page.locator("dialog.viewer img")
    expect(viewer).to_be_visible()
    wait_until(lambda: picture.evaluate(WIDE) > 0)
    fits = picture.evaluate(WIDE)

    for key, times in (("+", 1.5), ("=", 2.25), ("-", 1.5), ("0", 1), ("-", 1)):
        page.keyboard.press(key)
        wait_until(lambda times=times: abs(picture.evaluate(WIDE) - fits * times) < 1)

    page.keyboard.press("+")
    expect(viewer).to_have_attribute("data-zoom", "")
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(page.locator("[data-picture]")).to_be_focused()
