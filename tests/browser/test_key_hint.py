"""Once a week "my day" names the key of what was pressed by mouse most often."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
A_WEEK_AGO = """() => {
    const kept = JSON.parse(localStorage.getItem("otklik:pressed"));
    localStorage.setItem("otklik:pressed", JSON.stringify({ ...kept, week: kept.week - 1 }));
}"""


def test_what_is_pressed_by_mouse_is_counted_here_and_named_in_the_week_after(
    at_desk: Callable[..., Any], anna: User, ticket: Ticket
) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    for _ in range(6):
        page.locator("[data-key=assign]").first.click()
        page.locator("dialog[open]").wait_for()
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    for _ in range(8):  # by its key is no reason to name the key
        page.keyboard.press("h")
        page.locator("dialog[open]").wait_for()
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)

    page.goto("/my/")
    expect(page.locator("[data-keyhint]")).to_be_hidden()
    page.evaluate(A_WEEK_AGO)
    page.reload()
    expect(page.locator("[data-keyhint]")).to_contain_text("Назначить (6×). Клавиша: A/Ф")
