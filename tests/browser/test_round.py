"""The whole round of a request as an agent lives it: by mouse, then by keyboard alone on the Russian layout."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import sent
from tests.browser.conftest import hears, press_russian
from tests.fixtures.cast import Paper, Write

type Desk = Callable[..., Any]


def leave_the_house() -> None:
    """The undo window is over and the worker has sent what is due."""
    with clock.at(clock.now() + timedelta(minutes=1)):
        outbox.send_due()


def test_from_the_first_mail_to_the_solution_by_mouse(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, paper: Paper, wait_until: Any
) -> None:
    page = at_desk(anna)
    page.goto("/")
    page.wait_for_selector("#queue")
    hears(anna)
    ticket = writes("Пропал звук в филиале.", subject="Нет звука")

    page.get_by_text("Нет звука").first.click()
    page.wait_for_url(f"**/tickets/{ticket.number}/**")
    page.fill("#reply-text", "Проверим маршрут и вернёмся с ответом.")
    page.locator(".next [data-for=vow] .date").nth(1).click()
    page.locator("[data-key=send]:visible").click()
    sent(page)

    page.locator(".sentbar [data-key=undo]").click()
    expect(page.locator("#reply-text")).to_have_value("Проверим маршрут и вернёмся с ответом.")
    page.locator("[data-key=send]:visible").click()
    sent(page)
    leave_the_house()
    ticket.refresh_from_db()
    assert (ticket.next_step, ticket.owner) == ("keep_promise", anna)
    assert "Проверим маршрут" in bytes(paper.sent[-1].raw).decode()

    ours = Message.objects.get(direction="out", automatic="", taken_back_at=None)
    writes("Звук появился, спасибо!", references=[ours.external_id])
    page.locator("#timeline").get_by_text("Звук появился, спасибо!").wait_for()
    page.goto(f"/tickets/{ticket.number}/")
    page.fill("#reply-text", "Рады, что всё работает!")
    page.locator("label:has(#n-done)").click()
    page.fill("#summary", "выключен SIP ALG")
    page.locator("[data-key=send]:visible").click()
    sent(page)

    ticket.refresh_from_db()
    assert ticket.status == "resolved" and ticket.resolutions.get().summary == "выключен SIP ALG"
    assert [promise.is_kept for promise in ticket.promises.filter(taken_back_at=None)] == [True]


def test_the_round_by_keyboard_alone_on_the_russian_layout(
    at_desk: Desk, anna: User, ilya: User, line_two: Team, pavel: Contact, writes: Write, wait_until: Any
) -> None:
    first, second, third = (writes(text, subject=text) for text in ("Первое", "Второе", "Третье"))
    page = at_desk(anna)
    key = page.keyboard
    page.goto("/")
    page.wait_for_selector("[data-row]")

    press_russian(page, "N", shift=True)  # take next
    page.wait_for_url(f"**/tickets/{first.number}/**")
    assert Ticket.objects.get(pk=first.pk).owner == anna

    page.wait_for_selector("#reply-text")
    press_russian(page, "R")
    expect(page.locator("#reply-text")).to_be_focused()
    key.type("Вернусь с ответом.")
    key.press("Control+Enter")
    sent(page)
    press_russian(page, "Z")
    expect(page.locator("#reply-text")).to_have_value("Вернусь с ответом.")
    expect(page.locator("#reply-text")).to_be_focused()
    key.press("Control+Shift+Enter")
    page.wait_for_url(f"**/tickets/{second.number}/**")
    expect(page.locator("[data-undo-toast]")).to_be_visible()  # it can be undone from the next page too

    press_russian(page, "I")
    expect(page.locator("#announce")).to_have_text("Обращение ваше")
    assert Ticket.objects.get(pk=second.pk).owner == anna
    press_russian(page, "H")
    expect(page.locator("dialog[open] [name=aside_what]")).to_be_focused()
    key.type("узнать у склада")
    key.press("Tab")  # to who does it: we do
    key.press("Tab")  # to the dates
    key.press("ArrowRight")
    key.press("Tab")  # to the tick
    key.press("Tab")  # to "cancel"
    key.press("Tab")
    expect(page.locator("[type=submit]:focus")).to_be_visible()
    key.press("Enter")
    wait_until(lambda: Ticket.objects.get(pk=second.pk).status == "scheduled")
    page.wait_for_selector("dialog[open]", state="detached")

    press_russian(page, "N")
    expect(page.locator("#note-text")).to_be_focused()
    key.type("Спросила у склада.")
    key.press("Control+Enter")
    wait_until(lambda: Message.objects.filter(direction="note").exists())

    page.goto(f"/tickets/{third.number}/")
    page.wait_for_selector("#reply-text")
    press_russian(page, "A")
    page.wait_for_selector("dialog[open]")
    page.get_by_role("radio", name="Илья Соколов").focus()
    key.press("Space")
    key.press("Enter")
    wait_until(lambda: Ticket.objects.get(pk=third.pk).owner == ilya)
    page.wait_for_selector("dialog[open]", state="detached")

    press_russian(page, "E")
    expect(page.locator("#n-done")).to_be_checked()
    expect(page.locator("#reply-text")).to_be_focused()
    key.type("Готово.")
    key.press("Control+Enter")
    sent(page)
    assert Ticket.objects.get(pk=third.pk).status == "resolved"
    key.press("Escape")
    press_russian(page, "U")
    page.wait_for_url("**/queue/mine/**")
