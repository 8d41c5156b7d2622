"""The lead's board by mouse, by keys and live."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import hears, press_russian
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


@pytest.fixture
def four(writes: Write) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}", sender=f"c{number}@else.test") for number in range(4)]


def owners() -> list[str]:
    return [ticket.owner.login if ticket.owner else "" for ticket in Ticket.objects.order_by("pk")]


def test_ticked_ones_are_dragged_onto_a_person_and_come_back_by_one_undo(
    at_desk: Desk, boris: User, anna: User, four: list[Ticket]
) -> None:
    page = at_desk(boris)
    page.goto("/board/shift/")
    for ticket in four[:2]:
        page.locator(f"#r{ticket.pk} [name=ids]").check()
    expect(page.locator("#moves [data-selected]")).to_have_text("2")

    page.locator(f"#r{four[0].pk}").drag_to(page.locator(f"[data-drop=owner][data-pk='{anna.pk}']"))

    expect(page.locator(".toast")).to_contain_text("2 передано")
    assert owners() == ["anna", "anna", "", ""]
    expect(page.locator("#moves [data-selected]")).to_have_text("0")
    expect(page.locator(f"#r{four[0].pk} .own")).to_contain_text("Анна")

    page.locator(".toast button[type=submit]").click()
    expect(page.locator(".toast").last).to_contain_text("2 возвращено как было")
    assert owners() == ["", "", "", ""]


def test_the_same_by_keys(at_desk: Desk, boris: User, ilya: User, four: list[Ticket]) -> None:
    page = at_desk(boris)
    page.goto("/board/shift/")
    press_russian(page, "J")
    press_russian(page, "X")
    press_russian(page, "J", shift=True)
    press_russian(page, "A")
    page.locator(f"dialog [name=owner][value='{ilya.pk}']").check()
    page.locator("dialog [type=submit]").click()

    expect(page.locator(".toast")).to_contain_text("2 передано")
    assert owners() == ["ilya", "ilya", "", ""]
    press_russian(page, "Z")
    expect(page.locator(".toast").last).to_contain_text("2 возвращено как было")


def test_the_key_takes_back_the_last_act_and_then_the_one_before(
    at_desk: Desk, boris: User, anna: User, four: list[Ticket]
) -> None:
    page = at_desk(boris)
    page.goto("/board/shift/")
    person = page.locator(f"[data-drop=owner][data-pk='{anna.pk}']")
    for ticket in four[:2]:
        page.locator(f"#r{ticket.pk}").drag_to(person)
        expect(page.locator(f"#r{ticket.pk} .own")).to_contain_text("Анна")
    undos = page.locator("#toasts [data-undo]")
    expect(undos).to_have_count(2)

    press_russian(page, "Z")
    expect(undos).to_have_count(1)
    assert owners() == ["anna", "", "", ""]
    press_russian(page, "Z")
    expect(undos).to_have_count(0)
    assert owners() == ["", "", "", ""]


def test_news_are_drawn_by_themselves_and_ticks_stay(
    at_desk: Desk, boris: User, anna: User, four: list[Ticket], writes: Write
) -> None:
    page = at_desk(boris)
    page.goto("/board/shift/")
    hears(boris)
    page.locator(f"#r{four[1].pk} [name=ids]").check()

    Ticket.objects.get(pk=four[0].pk).take(by=anna)
    fifth = writes("Дело 5", subject="Дело 5", sender="c5@else.test")

    expect(page.locator(f"#r{fifth.pk}")).to_be_visible()
    expect(page.locator(f"#r{four[0].pk} .own")).to_contain_text("Анна")
    expect(page.locator(f"#r{four[1].pk} [name=ids]")).to_be_checked()
    expect(page.locator("#moves [data-selected]")).to_have_text("1")


def test_nothing_moves_under_a_hand_that_drags(
    at_desk: Desk, boris: User, anna: User, ilya: User, four: list[Ticket], wait_until: Any
) -> None:
    page = at_desk(boris)
    page.goto("/board/shift/")
    hears(boris)
    held: list[Any] = []
    page.route("**/board/shift/**", lambda route: route.continue_() if held else held.append(route))
    Ticket.objects.get(pk=four[0].pk).take(by=anna)
    wait_until(lambda: page.evaluate("true") and held)

    page.locator(f"#r{four[1].pk}").hover()
    page.mouse.down()
    person = page.locator(f"[data-drop=owner][data-pk='{ilya.pk}']").bounding_box()
    page.mouse.move(person["x"] + 30, person["y"] + 10, steps=5)
    expect(page.locator("#shift")).to_have_attribute("data-dragging", "")
    with page.expect_event("requestfinished", lambda request: request == held[0].request):
        held[0].continue_()
    page.evaluate("fetch('/livez').then(() => new Promise(requestAnimationFrame))")
    expect(page.locator(f"#r{four[0].pk} .own")).not_to_contain_text("Анна")
    page.mouse.up()

    expect(page.locator(".toast")).to_contain_text("1 передано")
    expect(page.locator(f"#r{four[0].pk} .own")).to_contain_text("Анна")
    assert owners() == ["anna", "ilya", "", ""]


def test_on_a_phone_a_finger_gives_work_and_nothing_runs_over_the_edge(
    at_desk: Desk, boris: User, anna: User, four: list[Ticket]
) -> None:
    page = at_desk(boris, viewport=NARROW, has_touch=True, is_mobile=True)
    page.goto("/board/shift/")
    page.locator(f"#r{four[0].pk} [name=ids]").tap()
    page.locator("#moves [data-key=assign]").tap()
    page.locator(f"dialog [name=owner][value='{anna.pk}']").check()
    page.locator("dialog [type=submit]").tap()

    expect(page.locator(".toast")).to_contain_text("1 передано")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_lead_whispers_in_a_live_chat_and_takes_it_over(
    at_desk: Desk, boris: User, anna: User, four: list[Ticket]
) -> None:
    chat = four[0]
    chat.take(by=anna)
    Ticket.objects.filter(pk=chat.pk).update(channel_kind="chat")
    page = at_desk(boris)
    page.goto("/board/shift/")
    row = page.locator("section[aria-labelledby=chats-name] tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("link", name="Подсказать").click()
    page.wait_for_url(f"**/tickets/{chat.pk}/?compose=note")
    expect(page.locator("#note-text")).to_be_visible()

    page.goto("/board/shift/")
    row.get_by_role("button", name="Забрать").click()
    page.wait_for_url(f"**/tickets/{chat.pk}/**")
    chat.refresh_from_db()
    assert chat.owner == boris
