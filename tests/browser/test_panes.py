"""The panes of the desk: as wide as the person wants them, on every computer they sit down at."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.browser import NARROW, WIDE

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
REM = 16


def width(page: Any) -> int:
    return round(page.locator("#queue").bounding_box()["width"] / REM)


def test_the_list_is_drawn_wider_and_stays_so(at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.wait_for_selector("#queue[data-queue]")
    box = page.locator("#splitter").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, 400, steps=4)
    page.mouse.up()
    drawn = width(page)

    assert drawn > 24
    wait_until(lambda: User.objects.get(pk=anna.pk).list_width == drawn)
    page = at_desk(anna)
    page.goto("/")
    assert width(page) == drawn
    expect(page.locator("#splitter")).to_have_attribute("aria-valuenow", str(drawn))


def test_the_width_by_keys_and_back_to_the_usual_one(
    at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any
) -> None:
    page = at_desk(anna)
    page.goto("/")
    usual = page.locator("#queue").bounding_box()["width"]
    splitter = page.get_by_role("separator", name="Ширина списка")
    splitter.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert width(page) == 24
    page.keyboard.press("Home")
    assert width(page) == 18
    page.keyboard.press("ArrowLeft")
    assert width(page) == 18
    wait_until(lambda: User.objects.get(pk=anna.pk).list_width == 18)

    splitter.dblclick()

    assert page.locator("#queue").bounding_box()["width"] == usual
    wait_until(lambda: User.objects.get(pk=anna.pk).list_width is None)


def test_two_choices_in_one_stroke_are_both_kept(at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#splitter").focus()
    page.keyboard.press("Home")
    press_russian(page, "O")

    wait_until(lambda: User.objects.filter(pk=anna.pk, card_folded=True, list_width=18).exists())


def test_a_wide_list_leaves_room_for_the_conversation(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    User.objects.filter(pk=anna.pk).update(list_width=32)
    for across in (900, 1250):
        page = at_desk(anna, viewport={"width": across, "height": 800})
        page.goto(f"/tickets/{ticket.number}/")
        assert page.locator("#talk").bounding_box()["width"] >= 24 * REM
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_finger_meets_no_splitter(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna, viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True)
    page.goto(f"/tickets/{ticket.number}/")

    assert page.locator("#splitter").is_hidden()


def test_the_card_folds_by_its_key_and_stays_folded(at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    talk = page.locator("#talk").bounding_box()["width"]
    expect(page.locator(".card-door")).to_have_attribute("aria-expanded", "true")

    press_russian(page, "O")

    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator(".card-door")).to_have_attribute("aria-expanded", "false")
    assert page.locator("#talk").bounding_box()["width"] > talk + 300
    wait_until(lambda: User.objects.get(pk=anna.pk).card_folded)
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    expect(page.locator("#card")).to_be_hidden()
    page.locator(".card-door").click()
    expect(page.locator("#card")).to_be_visible()
    wait_until(lambda: not User.objects.get(pk=anna.pk).card_folded)


def test_on_a_middling_screen_the_card_slides_over_though_it_is_folded_elsewhere(
    at_desk: Desk, anna: User, ticket: Ticket
) -> None:
    User.objects.filter(pk=anna.pk).update(card_folded=True)
    page = at_desk(anna, viewport={"width": 1000, "height": 800})
    page.goto(f"/tickets/{ticket.number}/")

    for is_open in (True, False):
        press_russian(page, "O")
        expect(page.locator("#card")).to_be_visible(visible=is_open)


def test_the_tab_of_the_card_is_fetched_keeps_the_focus_and_stays(
    at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any
) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    door = page.get_by_role("link", name="Обещание и следующий шаг")
    door.focus()

    page.keyboard.press("Enter")

    expect(page.locator("#card h3").first).to_have_text("Что дальше")
    expect(door).to_be_focused()
    wait_until(lambda: User.objects.get(pk=anna.pk).card_tab == "step")
    page.reload()
    expect(page.locator("#card h3").first).to_have_text("Что дальше")


@pytest.mark.parametrize("across", [390, 1000])
def test_where_the_card_is_open_by_its_address_a_tab_leaves_it_open(
    at_desk: Desk, anna: User, ticket: Ticket, across: int
) -> None:
    page = at_desk(anna, viewport={"width": across, "height": 844})
    page.goto(f"/tickets/{ticket.number}/#card")

    page.locator("[data-card-tab=facts]").click()

    expect(page.locator("#card h3").first).to_have_text("Обращение")
    expect(page.locator("#card")).to_be_visible()


MIDDLES = "chips => chips.map((one) => one.getBoundingClientRect()).map((box) => box.y + box.height / 2)"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_chips_below_the_subject_stand_on_one_line_with_and_without_an_icon(
    at_desk: Desk, anna: User, ticket: Ticket, viewport: Any
) -> None:
    ticket.plan(["перезвонить"], by=anna)
    Ticket.objects.filter(pk=ticket.pk).update(returned="reopened", priority=4)
    page = at_desk(anna, viewport=viewport)
    page.goto(f"/tickets/{ticket.number}/")

    middles = page.locator(".talk-head .titles .chip").evaluate_all(MIDDLES)
    assert len(middles) == 3 and max(middles) - min(middles) < 0.5


def test_what_a_row_shows_follows_the_person(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto("/queue/line/")
    face = page.locator(f"#t{ticket.pk} > a > .ava")
    expect(face).to_be_visible()
    page.locator(".view-name").click()
    with page.expect_response("**/me/preferences/"):
        page.get_by_label("Значок клиента").uncheck()
    expect(face).to_be_hidden()
    page.reload()
    expect(page.locator(f"#t{ticket.pk}")).to_be_visible()
    expect(face).to_be_hidden()
    page.locator(".view-name").click()
    expect(page.get_by_label("Значок клиента")).not_to_be_checked()
