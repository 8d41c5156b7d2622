"""Menus are placed by a script: what is drawn anew around them neither moves them nor breaks the content policy."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import SavedList, Ticket
from tests.browser.composer.moves import open_ticket
from tests.browser.conftest import hears, press_russian
from tests.fixtures.browser import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
PLACE = "menu => [menu.matches(':popover-open'), menu.getBoundingClientRect().x, menu.getBoundingClientRect().y]"


def test_an_open_menu_stays_where_it_is_when_news_come(at_desk: Desk, anna: User, ilya: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    open_ticket(page, ticket)
    hears(anna)
    press_russian(page, "S")
    menu = page.locator("#acts-menu")
    expect(menu).to_be_visible()
    before = menu.evaluate(PLACE)

    ticket.note("Уже звонили", by=ilya)

    expect(page.locator("#timeline")).to_contain_text("Уже звонили")
    assert menu.evaluate(PLACE) == before and before[0]


def test_a_list_whose_menu_was_open_is_drawn_anew_without_a_word_of_the_content_policy(
    at_desk: Desk, anna: User, ticket: Ticket
) -> None:
    """Its pages fail on any line of the console: a style may not be copied from the old list to the new one."""
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.locator(".view-name").click()
    expect(page.locator("#views a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#views")).to_be_hidden()
    page.locator("#segments a").nth(1).click()
    expect(page.locator("#segments a").nth(1)).to_have_attribute("aria-current", "true")
    assert page.locator("#views").get_attribute("style") is None


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_menu_longer_than_the_window_ends_in_it_and_is_scrolled(
    at_desk: Desk, anna: User, ticket: Ticket, viewport: dict[str, int]
) -> None:
    for number in range(24):
        SavedList.objects.keep(
            anna, f"Клиенты, которые ждут ответа дольше двух рабочих дней {number}", "line", "status:open"
        )
    page = at_desk(anna, viewport=viewport)
    page.goto("/queue/line/")
    page.locator(".view-name").click()
    menu = page.locator("#views")
    expect(menu.locator(".saved-list")).to_have_count(24)
    bottom, inside = menu.evaluate(
        "(menu) => [menu.getBoundingClientRect().bottom - innerHeight, menu.scrollHeight > menu.clientHeight]"
    )
    assert bottom <= 0 and inside
    last = menu.locator("a[download]").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
