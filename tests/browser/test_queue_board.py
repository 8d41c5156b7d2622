"""A list as a board: from the list and back, walked by keys from column to column, on a phone as well."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.browser.conftest import press_russian
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


@pytest.fixture
def both(writes: Write, anna: User, tomorrow: Any) -> tuple[Ticket, Ticket]:
    """One is our move, the other waits for the client."""
    ours, waits = writes("Пропал звук", subject="Нет звука"), writes("Не звонит", subject="Не звонит телефон")
    waits.reply("Пришлите журнал.", by=anna, then=Wait(tomorrow))
    return ours, waits


def column(page: Any, place: int) -> Any:
    return page.locator(".queue-board section").nth(place)


def test_a_list_is_looked_at_as_a_board_and_a_request_is_opened_by_keys(
    at_desk: Desk, anna: User, both: tuple[Ticket, Ticket]
) -> None:
    ours, waits = both
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("доск")
    expect(page.locator("#palette [role=option]").first).to_contain_text("Доской")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue/line/board/**")
    expect(column(page, 0).locator(".qrow")).to_contain_text("Нет звука")
    expect(column(page, 1).locator(".qrow")).to_contain_text("Не звонит телефон")
    expect(column(page, 2)).to_contain_text("Здесь ничего нет")

    press_russian(page, "J")
    expect(column(page, 0).locator(".qrow")).to_be_focused()
    press_russian(page, "J")
    expect(column(page, 1).locator(".qrow")).to_be_focused()
    press_russian(page, "K")
    expect(column(page, 0).locator(".qrow")).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/tickets/{ours.number}/**")
    expect(page.locator("#head-words h2")).to_have_text("Нет звука")
    page.go_back()
    page.wait_for_url("**/queue/line/board/**")
    column(page, 1).locator(".qrow").click()
    page.wait_for_url(f"**/tickets/{waits.number}/**")
    expect(page.locator("#head-words h2")).to_have_text("Не звонит телефон")


def test_by_line_and_back_to_the_list_it_keeps_what_was_narrowed(
    at_desk: Desk, head: User, line_two: Team, both: tuple[Ticket, Ticket]
) -> None:
    both[0].tag(["звук"], by=head)
    page = at_desk(head)
    page.goto("/queue/all/board/?q=tag:звук")
    expect(page.locator(".queue-board .qrow")).to_have_count(1)
    page.get_by_role("link", name="По линиям").click()
    page.wait_for_url("**by=line**")
    expect(page.locator(".queue-board h2")).to_contain_text(["Первая линия", "Вторая линия"])
    expect(column(page, 0).locator(".qrow")).to_contain_text("Нет звука")
    expect(column(page, 1)).to_contain_text("Здесь ничего нет")
    expect(page.locator(".queue-board .qrow")).to_have_count(1)

    page.get_by_role("link", name="Списком").click()
    page.wait_for_url("**/queue/all/?**")
    expect(page.locator("#queue .qrow")).to_have_count(1)


def test_on_a_phone_the_columns_stand_below_each_other(at_desk: Desk, anna: User, both: tuple[Ticket, Ticket]) -> None:
    page = at_desk(anna, viewport=NARROW)
    page.goto("/queue/line/board/")
    expect(column(page, 1).locator(".qrow")).to_be_visible()
    wide, tops = page.evaluate(
        """() => {
            const columns = [...document.querySelectorAll(".queue-board section")];
            const tops = columns.map((one) => one.getBoundingClientRect().top);
            return [document.documentElement.scrollWidth - innerWidth, tops];
        }"""
    )
    assert wide <= 0 and tops == sorted(set(tops))
    column(page, 1).locator(".qrow").click()
    page.wait_for_url(f"**/tickets/{both[1].number}/**")
