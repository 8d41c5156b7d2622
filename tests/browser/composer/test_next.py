"""What comes next is chosen with the answer, and what it lacks is said in its place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import answers, send, sent
from tests.browser.conftest import press_russian

type Desk = Callable[..., Any]


def test_the_date_that_the_words_promise_is_the_one_on_record(page: Any, request_: Ticket) -> None:
    first = page.locator(".next [data-for=vow] [name=promise_until]:checked").input_value()
    page.fill("#reply-text", "Вернусь с ответом через два часа")
    page.locator("#reply-text").blur()
    expect(page.locator("[data-offered] input")).to_be_checked()
    expect(page.locator("[data-offer]")).to_be_hidden()

    page.fill("#reply-text", "Проверяем")
    page.locator("#reply-text").blur()
    expect(page.locator(f"[name=promise_until][value='{first}']")).to_be_checked()
    expect(page.locator("[data-offered]")).to_have_count(0)

    page.fill("#reply-text", "Вернусь с ответом через два часа")
    page.locator("#reply-text").blur()
    expect(page.locator("[data-offered] input")).to_be_checked()
    send(page)
    sent(page)
    assert_in_two_hours(request_)


def test_what_was_chosen_by_hand_stays_and_the_date_of_the_words_is_one_press_away(page: Any, request_: Ticket) -> None:
    page.locator("label:has(#n-wait)").click()
    page.fill("#reply-text", "Вернусь с ответом через два часа")
    page.locator("#reply-text").blur()
    page.locator("[data-take-offer]").click()
    send(page)
    sent(page)
    assert_in_two_hours(request_)


def assert_in_two_hours(ticket: Ticket) -> None:
    ticket.refresh_from_db()
    assert ticket.due_at
    assert timedelta(hours=1, minutes=55) < ticket.due_at - answers().get().at < timedelta(hours=2, minutes=6)


def test_a_day_that_is_chosen_already_is_not_offered_again(page: Any) -> None:
    """«Завтра» agrees with "tomorrow by 12:00"; a written hour that differs does not."""
    tomorrow = f"{timezone.localtime(clock.now(), ZoneInfo('Europe/Moscow')) + timedelta(days=1):%Y-%m-%d}"
    second = page.locator(".next [data-for=vow] .date input").nth(1)
    second.evaluate(f"radio => (radio.value = '{tomorrow}T12:00:00+03:00')")
    second.check()
    page.fill("#reply-text", "Вернусь завтра")
    page.locator("#reply-text").blur()
    expect(page.locator("[data-draft-state]")).to_have_text("Черновик сохранён")
    expect(page.locator("[data-offer]")).to_be_hidden()

    page.fill("#reply-text", "Вернусь завтра до 23:45")
    page.locator("#reply-text").blur()
    expect(page.locator("[data-offer]")).to_be_visible()


def test_the_button_tells_the_consequence(page: Any) -> None:
    button = page.locator(".split [data-key=send]")
    dates = page.locator(".next [data-for=vow] .date input")
    first = button.inner_text()
    dates.nth(1).check()
    assert button.inner_text() != first and dates.nth(1).get_attribute("data-short") in button.inner_text()

    said = set()
    for outcome in ("n-wait", "n-vow", "n-done", "n-no"):
        page.locator(f"label:has(#{outcome})").click()
        said.add(button.inner_text())
    assert len(said) == 4


def test_a_refusal_is_led_to_what_it_lacks(page: Any, request_: Ticket) -> None:
    page.fill("#reply-text", "Здравствуйте!")
    page.locator("label:has(#n-no)").click()
    for field in ("reason", "explanation", "alternatives"):
        send(page)
        page.wait_for_selector(f"#e-{field}")
        if field == "reason":
            page.select_option("#reason", "outside")
        elif field == "explanation":
            page.fill("#explanation", "Роутер обслуживает ваш провайдер.")
        else:
            page.locator("[name=alternatives]").first.fill("Созвонимся втроём")
            page.locator("[data-add-offer]").click()
            page.locator("[name=alternatives]").last.fill("Привезём свой роутер")
    assert not answers().exists()

    send(page)
    sent(page)
    request_.refresh_from_db()
    assert request_.refusals.get().alternatives == ["Созвонимся втроём", "Привезём свой роутер"]


def test_what_is_put_right_is_no_mistake_any_more(page: Any) -> None:
    send(page)
    expect(page.locator("#e-text")).to_be_visible()

    page.locator("#reply-text").press_sequentially("Н")

    expect(page.locator("#e-text")).to_have_count(0)
    expect(page.locator("#reply-text")).not_to_have_attribute("aria-invalid", "true")


def test_the_keys_of_what_next_bring_the_answer_back_from_a_note(page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    press_russian(page, "E")

    expect(page.locator("#m-reply")).to_be_checked()
    expect(page.locator("#n-done")).to_be_checked()
    expect(page.locator("#reply-text")).to_be_focused()
