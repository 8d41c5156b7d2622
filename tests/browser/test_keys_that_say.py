"""A key never does nothing in silence: it acts, says why not, or leads where it can be done."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Confirmation, Contact
from otklik.desk.tickets.layouts import Kind
from otklik.desk.tickets.models import Layout, Ticket
from otklik.desk.tickets.steps import Resolve
from tests.browser.conftest import press_russian
from tests.fixtures.browser import stand_still
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_what_cannot_be_done_with_an_ended_request_says_why(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    ticket.reply("Готово", by=anna, then=Resolve("Перезагрузка"))
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.wait_for_selector("#queue[data-queue]")
    press_russian(page, "L")
    said = page.locator("#toasts .toast", has_text="Обращение завершено. Сначала откройте его снова.")
    expect(said).to_be_visible()
    expect(page.locator("dialog[open]")).to_have_count(0)

    page.keyboard.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    page.locator("#palette input").fill("передать на другую")
    option = page.locator("#palette [role=option]", has_text="Передать на другую линию")
    expect(option).to_have_attribute("aria-disabled", "true")
    expect(option).to_contain_text("Сначала откройте его снова")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("?")
    sheet = page.locator("dialog[open]")
    expect(sheet).to_contain_text("Ответить")
    expect(sheet).not_to_contain_text("Передать на другую линию")


def test_a_request_with_an_owner_is_not_taken_in_silence(at_desk: Desk, anna: User, ilya: User, ticket: Ticket) -> None:
    ticket.assign(anna, by=anna)
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    press_russian(page, "I")
    expect(page.locator("#toasts .toast", has_text="За него уже кто-то отвечает")).to_be_visible()


def test_keys_of_quoting_and_undoing_say_what_they_miss(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    press_russian(page, "Q")
    expect(page.locator("#toasts .toast", has_text="Сначала выделите слова")).to_be_visible()
    press_russian(page, "Z")
    expect(page.locator("#toasts .toast", has_text="Отменять нечего")).to_be_visible()


def test_the_key_of_a_block_that_the_layout_leaves_out_leads_to_the_card(
    at_desk: Desk, anna: User, admin: User, ticket: Ticket, pavel: Contact
) -> None:
    Layout.objects.of(Kind.ORDINARY).set_plan([], [], ["client.sure"])
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?card=client")
    expect(page.locator("#still-true")).to_have_count(0)
    press_russian(page, "Y", shift=True)
    page.wait_for_url(f"**/clients/contact/{pavel.pk}/#still-true")
    expect(page.locator("#still-true")).to_be_attached()


def test_the_key_opens_the_tab_and_unfolds_the_card_that_hide_its_button(
    at_desk: Desk, anna: User, ticket: Ticket, pavel: Contact, wait_until: Any
) -> None:
    Contact.objects.filter(pk=pavel.pk).update(address_as="Павел Ильич")
    User.objects.filter(pk=anna.pk).update(card_folded=True)
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?card=facts")
    expect(page.locator("#card")).to_be_hidden()
    with page.expect_response("**/card/client/**") as tab:
        press_russian(page, "Y", shift=True)
    assert tab.value.ok
    button = page.locator("#still-true [data-key=still-true]")
    expect(button).to_be_visible()
    press_russian(page, "Y", shift=True)
    expect(page.locator("#still-true")).to_contain_text("Подтверждено сегодня")
    assert set(Confirmation.objects.of(pavel)) == {"address_as"}
    press_russian(page, "Y", shift=True)
    expect(page.locator("#toasts .toast", has_text="Подтверждено сегодня")).to_be_visible()


def test_a_new_request_is_a_key_away_on_every_page(at_desk: Desk, anna: User) -> None:
    page = at_desk(anna)
    page.goto("/clients/")
    press_russian(page, "C")
    page.wait_for_url("**/tickets/new/")


@pytest.mark.parametrize(
    ("letter", "address"), [("U", "/queue/unowned/"), ("A", "/queue/mine/?seg=aside"), ("V", "/queue/promises-today/")]
)
def test_lists_of_the_queue_are_two_keys_away_on_every_page(
    at_desk: Desk, anna: User, letter: str, address: str
) -> None:
    page = at_desk(anna)
    page.goto("/clients/")
    stand_still(page)  # the letter has a second
    press_russian(page, "G")
    expect(page.locator(".gohint")).to_be_visible()
    press_russian(page, letter)
    page.wait_for_url(lambda url: url.endswith(address))


def test_arrows_walk_through_the_list(at_desk: Desk, anna: User, ticket: Ticket, writes: Write) -> None:
    writes("Другое дело", subject="Второе")
    page = at_desk(anna)
    page.goto("/queue/mine/")
    press_russian(page, "J")
    rows = page.locator("#rows [data-row] a.qrow")
    expect(rows).to_have_count(2)
    expect(rows.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(rows.first).to_be_focused()
