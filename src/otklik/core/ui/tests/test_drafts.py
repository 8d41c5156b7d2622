"""Nothing typed is lost."""

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from otklik.core.ui.tests.urls import HEARD
from tests.fixtures.browser import stand_still


def said(text: str) -> str:
    with translation.override("ru"):
        return gettext(text)


def test_two_quiet_seconds_save_the_text(desk: Page) -> None:
    stand_still(desk)
    desk.locator("#text").press_sequentially("Анна")
    desk.clock.run_for(1500)
    assert HEARD["drafts"] == []
    with desk.expect_response("**/draft/"):
        desk.clock.run_for(600)
    expect(desk.locator("[data-draft-state]")).to_have_text(said("Draft saved"))
    assert HEARD["drafts"] == ["Анна"]


def test_leaving_the_text_saves_at_once(desk: Page) -> None:
    desk.locator("#text").press_sequentially("Анна")
    with desk.expect_response("**/draft/"):
        desk.locator("#word").focus()
    assert HEARD["drafts"] == ["Анна"]


def test_a_text_the_server_never_got_comes_back(desk: Page) -> None:
    HEARD["down"] = True
    desk.locator("#text").press_sequentially("важное")
    desk.locator("#word").focus()
    expect(desk.locator("[data-draft-state]")).to_have_text(said("Saved on this computer only"))
    desk.goto("/desk/")
    expect(desk.locator("#text")).to_have_value("важное")
    notice = desk.locator("form .callout")
    expect(notice).to_contain_text(said("Your unsent text is back"))
    notice.get_by_role("button").click()
    expect(desk.locator("#text")).to_have_value("")


def test_a_sent_text_does_not_come_back(desk: Page) -> None:
    desk.locator("#text").press_sequentially("отправлено")
    desk.locator("#word").fill("да")
    desk.evaluate("document.getElementById('form').dispatchEvent(new CustomEvent('draft:clear', {bubbles: true}))")
    desk.goto("/desk/")
    expect(desk.locator("#text")).to_have_value("")


@pytest.mark.parametrize(
    ("name", "size", "shows"),
    [
        ("a.txt", 10, ""),
        ("b.exe", 10, "Такие файлы не берём"),
        ("c.txt", 2000, "This file is larger than allowed"),
    ],
)
def test_files_go_at_once_or_say_why_not(desk: Page, name: str, size: int, shows: str) -> None:
    desk.locator("#file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": b"x" * size})
    row = desk.locator(".uploads li")
    expect(row).to_contain_text(name)
    if shows:
        expect(row).to_contain_text(said(shows))
        expect(row.locator("input")).to_have_count(0)
    else:
        expect(row.locator("input[name=files]")).to_have_value("41")
    row.get_by_role("button").click()
    expect(row).to_have_count(0)
