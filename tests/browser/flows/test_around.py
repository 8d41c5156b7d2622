"""Flows 10 to 12, 14 and 18: together, after a crash, at the end of a shift, from a number, without a network."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate
from tests.browser.composer.moves import answers, open_ticket, sent, without_network
from tests.browser.flows.hands import Hands
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


def test_FLOW_10_the_second_of_two_answers_is_stopped_and_loses_no_letter(
    at_desk: Desk, anna: User, ilya: User, ticket: Ticket
) -> None:
    annas, ilyas = at_desk(anna), at_desk(ilya)
    for page, text in ((annas, "Уже смотрю"), (ilyas, "Перезагрузите роутер")):
        open_ticket(page, ticket)
        page.locator("#reply-text").press_sequentially(text)

    annas.keyboard.press("Control+Enter")
    sent(annas)
    ilyas.keyboard.press("Control+Enter")

    stale = ilyas.locator("#stale")
    expect(stale).to_be_focused()
    expect(stale).to_contain_text("Уже смотрю")
    expect(ilyas.locator("#reply-text")).to_have_value("Перезагрузите роутер")
    assert answers().count() == 1


def test_FLOW_11_the_text_is_back_after_the_server_died(
    at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any
) -> None:
    """What was typed while nobody answers is in the browser, what was typed before is on the server."""
    page = at_desk(anna)
    open_ticket(page, ticket)
    page.locator("#reply-text").press_sequentially("Проверяем")
    wait_until(lambda: Draft.objects.filter(text="Проверяем").exists())
    page.route("**/draft/", lambda route: route.abort())
    page.locator("#reply-text").press_sequentially(" маршрут")
    state = page.locator("[data-draft-state]")
    expect(state).to_have_text(str(state.get_attribute("data-local")))

    page.unroute("**/draft/")
    page.reload()

    expect(page.locator("#reply-text")).to_have_value("Проверяем маршрут")


@pytest.mark.parametrize("words", ["уйти со", "eqnb cj", "leave the", "дуфму еру"])
def test_FLOW_12_who_leaves_the_shift_leaves_nobody_waiting(
    at_desk: Desk, anna: User, ilya: User, writes: Write, words: str
) -> None:
    """By a command in words, in either language and on either layout; every press is counted."""
    soon = writes("Сейчас", subject="Сейчас")
    later = writes("Потом", subject="Потом", sender="olga@else.test")
    soon.take(by=anna)
    later.refresh_from_db()
    later.reply("Вернусь с ответом", by=anna, then=PromiseDate(clock.now() + timedelta(days=3)))
    page = at_desk(anna)
    page.goto("/")
    hands = Hands(page, "latin")

    hands.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    hands.write(words)
    expect(page.locator("#palette [role=option][aria-selected=true]")).to_have_text("Уйти со смены")
    hands.press("Enter")
    page.wait_for_url("**/my/leaving/")
    expect(page.locator("[name=ids]:checked")).to_have_value(str(soon.pk))
    expect(page.locator("[type=submit]:focus")).to_have_text("Передать и уйти")
    hands.press("Enter")

    page.wait_for_url("**/my/")
    assert hands.presses == 3, "the palette, its line, the list of what waits"
    owners = dict(Ticket.objects.values_list("pk", "owner"))
    assert owners == {soon.pk: None, later.pk: anna.pk}
    assert all(ticket.due_at for ticket in Ticket.objects.all())
    assert User.objects.get(pk=anna.pk).availability == "off"


def test_FLOW_14_a_number_of_the_board_opens_its_rows_by_one_click(
    at_desk: Desk, anna: User, head: User, writes: Write
) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        tickets = [writes(f"Дело {n}", subject=f"Дело {n}", sender=f"c{n}@else.test") for n in range(7)]
        for ticket in tickets:
            ticket.refresh_from_db()
            ticket.reply("Вернусь с ответом", by=anna, then=PromiseDate(clock.now() + timedelta(hours=3)))
    page = at_desk(head)
    page.goto("/board/dates/")
    number = page.locator("a[href*='show=broken']").first
    said = "".join(letter for letter in number.inner_text() if letter.isdigit())

    number.click()

    page.wait_for_url("**show=broken**")
    expect(page.locator("main .table tbody tr").filter(has=page.locator("a[href^='/tickets/']"))).to_have_count(7)
    assert said == "7"
    with page.expect_download() as taken:
        page.locator("main a[download]", has_text="CSV").click()
    assert taken.value.path().read_text(encoding="utf-8-sig").strip().count("\n") == 7, "a head and seven rows"


def test_FLOW_18_without_a_network_nothing_is_lost_and_nothing_leaves_twice(
    at_desk: Desk, anna: User, ticket: Ticket
) -> None:
    page = at_desk(anna)
    open_ticket(page, ticket)
    without_network(page)
    page.context.set_offline(True)
    page.locator("#reply-text").press_sequentially("Проверяем маршрут")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-notice=offline]")).to_be_visible()
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/reply/")):
        page.keyboard.press("Control+Enter")
    expect(page.locator("[data-notice=offline]")).to_be_visible()  # the second try is over as well
    expect(page.locator("#composer")).not_to_have_attribute("data-busy", "")
    expect(page.locator("#reply-text")).to_have_value("Проверяем маршрут")

    page.context.set_offline(False)
    page.locator("#reply-text").press_sequentially(".")
    expect(page.locator("[data-notice=online]")).to_be_visible()
    page.keyboard.press("Control+Enter")
    sent(page)

    assert answers().get().new_text == "Проверяем маршрут."
