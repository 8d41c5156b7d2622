"""The living style page: nothing to complain about for a screen reader, a phone or a strict policy."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from tests.fixtures.browser import settle

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def opened(chromium: Browser, site: str, path: str, theme: str, width: int) -> tuple[Page, list[str]]:
    size = {"width": width, "height": 900}
    page = chromium.new_page(base_url=site, viewport=size, color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path)
    return page, said


def violations(page: Page) -> list[tuple[str, str]]:
    settle(page)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/ui/?lang=ru", "/desk/"])
def test_pages_are_open_to_everybody(chromium: Browser, site: str, path: str, theme: str, width: int) -> None:
    page, said = opened(chromium, site, path, theme, width)
    page.wait_for_load_state()
    assert said == []
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("path", ["/ui/?lang=ru", "/ui/?lang=en", "/desk/"])
def test_nothing_sticks_out_sideways(chromium: Browser, site: str, path: str) -> None:
    page, _ = opened(chromium, site, path, "light", 1440)
    for width in (320, 390, 768, 1024, 1280, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_layers_are_open_to_everybody(chromium: Browser, site: str, width: int) -> None:
    page, _ = opened(chromium, site, "/desk/", "light", width)
    for opener in (
        lambda: page.keyboard.press("Control+k"),
        lambda: page.keyboard.press("?"),
        lambda: menu(page),
    ):
        opener()
        assert violations(page) == []
        page.keyboard.press("Escape")
    page.close()


def menu(page: Page) -> None:
    page.locator("[popovertarget=me]:visible, [popovertarget=more]:visible").click()


def test_the_first_tab_leads_to_the_content(desk: Page) -> None:
    desk.keyboard.press("Tab")
    expect(desk.locator(".skip")).to_be_focused()
    expect(desk.locator(".skip")).to_be_in_viewport()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"#main$"))


def test_the_language_of_the_page_can_be_switched(chromium: Browser, site: str) -> None:
    page, _ = opened(chromium, site, "/ui/?lang=en", "light", 1440)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Kit of parts")
    page.close()
