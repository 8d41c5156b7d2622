"""A key that somebody has moved does what it did under another letter, and says so."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_moved_key_works_on_the_russian_layout_and_the_old_one_rests(
    at_desk: Callable[..., Any], anna: User, ticket: Ticket
) -> None:
    page = at_desk(anna)
    page.goto("/me/hotkeys/")
    page.locator("#k-watch").fill("shift + w")
    page.locator("#k-article-make").fill("")
    page.locator(".savebar .primary").click()
    expect(page.locator("#k-watch")).to_have_value("Shift+W")

    page.goto(f"/tickets/{ticket.number}/")
    press_russian(page, "W")
    press_russian(page, "W", shift=True)

    expect(page.locator("#watchers")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("dialog .keysheet li", has_text="Следить")).to_contain_text("W/Ц")


def test_tooltips_and_caps_say_the_key_that_was_chosen(at_desk: Callable[..., Any], anna: User, ticket: Ticket) -> None:
    anna.own_keys = {"assign": "Shift+G", "snooze": "", "pause": "Shift+Q"}
    anna.save()
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")

    expect(page.locator(".acts [data-key~=assign]").first).to_have_attribute("title", re.compile(r" · ⇧ G/П$"))
    expect(page.locator("#bulk [data-bulk~=assign]")).to_have_attribute("title", re.compile(r" · ⇧ G/П$"))
    expect(page.locator(".acts [data-key~=snooze]").first).to_have_attribute("title", "Отложить")
    expect(page.locator("#availability kbd")).to_have_text("⇧ Q/Й")
    expect(page.locator(".acts [data-key~=merge]").first).to_have_attribute("title", re.compile(r" · M$"))


def test_a_taken_key_is_said_beside_its_action(at_desk: Callable[..., Any], anna: User) -> None:
    page = at_desk(anna)
    page.goto("/me/hotkeys/")
    page.locator("#k-reply").fill("N")
    page.locator(".savebar .primary").click()

    expect(page.locator("[role=alert]")).to_contain_text("занята")
    expect(page.locator("#k-reply, #k-note").and_(page.locator("[aria-invalid]"))).to_have_count(1)
