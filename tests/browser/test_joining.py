"""Two requests become one and two again, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Relocation, Ticket
from tests.browser.conftest import hears, press_russian
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


@pytest.fixture
def pair(pavel: Contact, writes: Write) -> tuple[Ticket, Ticket]:
    return writes("Пропал звук.", subject="Нет звука"), writes("Звука всё нет.", subject="Опять нет звука")


def open_ticket(page: Any, ticket: Ticket) -> None:
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.wait_for_selector("#reply-text")


def test_joined_by_one_key_on_the_russian_layout_and_taken_back_at_once(
    at_desk: Desk, anna: User, pair: tuple[Ticket, Ticket]
) -> None:
    older, newer = pair
    page = at_desk(anna)
    open_ticket(page, newer)

    press_russian(page, "M")
    expect(page.locator("dialog[open]")).to_contain_text("Нет звука")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/tickets/{older.number}/**")
    expect(page.locator("#timeline")).to_contain_text("Звука всё нет.")
    toast = page.locator("[data-toast]")
    expect(toast).to_contain_text(f"№ {newer.number}")
    toast.locator("[data-key=undo]").click()

    page.wait_for_url(f"**/tickets/{newer.number}/**")
    expect(page.locator("#timeline")).to_contain_text("Звука всё нет.")
    expect(page.locator("#reply-text")).to_be_visible()
    assert Ticket.objects.open().count() == 2


def test_joined_from_the_line_on_top_and_taken_back_from_the_story(
    at_desk: Desk, anna: User, pair: tuple[Ticket, Ticket]
) -> None:
    older, newer = pair
    page = at_desk(anna)
    open_ticket(page, older)
    page.locator("#bond [type=submit]").click()
    expect(page.locator("#timeline .ev, #timeline .evs").last).to_contain_text(f"№ {newer.number}")

    page.goto(f"/tickets/{newer.number}/")
    expect(page.locator("#bond")).to_contain_text(f"№ {older.number}")
    page.locator("#bond [type=submit]").click()
    expect(page.locator("#reply-text")).to_be_visible()
    assert Relocation.objects.standing().count() == 0


def test_whoever_looks_at_it_meanwhile_sees_the_letters_come_and_keeps_the_text(
    at_desk: Desk, anna: User, ilya: User, pair: tuple[Ticket, Ticket], wait_until: Any
) -> None:
    older, newer = pair
    page = at_desk(ilya)
    open_ticket(page, older)
    hears(ilya)
    page.fill("#reply-text", "Проверяю маршрут")
    wait_until(lambda: Draft.objects.filter(text="Проверяю маршрут").exists())

    Ticket.objects.get(pk=newer.pk).merge_into(Ticket.objects.get(pk=older.pk), by=anna)

    expect(page.locator("#timeline")).to_contain_text("Звука всё нет.")
    assert page.input_value("#reply-text") == "Проверяю маршрут"


def test_a_letter_becomes_a_request_of_its_own(
    at_desk: Desk, anna: User, pair: tuple[Ticket, Ticket], writes: Write
) -> None:
    older, _newer = pair
    writes("И смените тариф.", token=older.conversation.token)
    page = at_desk(anna)
    open_ticket(page, older)

    letter = page.locator("#timeline .msg", has_text="И смените тариф.")
    letter.locator(".about summary").click()
    letter.locator("a[href$='how=new']").click()
    page.fill("#d-subject", "Смена тарифа")
    page.locator("dialog [type=submit]").click()

    expect(page.locator("#head-words h2")).to_have_text("Смена тарифа")
    expect(page.locator("#timeline")).to_contain_text("И смените тариф.")
    begun = Ticket.objects.get(subject="Смена тарифа")
    assert (begun.follows, begun.team) == (None, older.team)


def test_somebody_in_copy_is_let_in_by_one_press(at_desk: Desk, anna: User, pavel: Contact, writes: Write) -> None:
    ticket = writes("Пропал звук.", subject="Нет звука", cc=["olga@volga.test"])
    page = at_desk(anna)
    open_ticket(page, ticket)
    page.fill("#reply-text", "Смотрим")
    page.locator("#company [name=let_in]").click()

    expect(page.locator("#company [data-standing=in]")).to_contain_text("olga@volga.test")
    page.locator("#company [data-standing=in] [type=submit]").click()
    expect(page.locator("#company [data-standing=out]")).to_contain_text("olga@volga.test")
    expect(page.locator("#people [name=cc]")).to_have_count(0)
    assert page.input_value("#reply-text") == "Смотрим"
