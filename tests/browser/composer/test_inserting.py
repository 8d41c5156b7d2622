"""Fields and numbers by sign, by key and by button; bold, italic and a link by keys."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import open_ticket
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]
OPTIONS = "#offered [role=option]"


@pytest.fixture
def page(at_desk: Desk, anna: User, request_: Ticket) -> Any:
    page = at_desk(anna)
    open_ticket(page, request_)
    return page


def chosen(field: Any) -> str:
    return str(field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)"))


def mark_words(field: Any, start: int, end: int) -> None:
    field.focus()
    field.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, end])


def test_a_field_is_its_value_at_once_by_the_sign(page: Any, request_: Ticket) -> None:
    field = page.locator("#reply-text")
    field.click()
    page.keyboard.type("Передал ==кому")
    expect(page.locator(OPTIONS).first).to_contain_text("Павлу Демидову")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Передал Павлу Демидову")
    page.keyboard.type(" ==номер")
    expect(page.locator(OPTIONS).first).to_contain_text(f"№ {request_.number}")
    page.keyboard.press("Enter")
    expect(field).to_have_value(f"Передал Павлу Демидову № {request_.number}")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Передал Павлу Демидову ==номер")


def test_the_key_and_the_button_open_the_list_and_escape_leaves_nothing(page: Any) -> None:
    field = page.locator("#reply-text")
    field.fill("Здравствуйте,")
    page.keyboard.press("Escape")
    press_russian(page, "S", shift=True)
    expect(page.locator(OPTIONS).first).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#offered")).to_have_count(0)
    expect(field).to_have_value("Здравствуйте,")

    page.locator("[data-mode=reply] [data-sign='==']").click()
    page.keyboard.type("организ")
    expect(page.locator(OPTIONS).first).to_contain_text("Волга")
    page.locator(OPTIONS).first.click()
    expect(field).to_have_value("Здравствуйте, Волга")


def test_where_nothing_is_known_the_place_is_typed_over_and_asked_for_before_it_leaves(
    page: Any, pavel: Contact, wait_until: Any
) -> None:
    field = page.locator("#reply-text")
    page.locator("label:has(#n-wait)").first.click()
    field.click()
    page.keyboard.type("Срок: ==обещан")
    first = page.locator(OPTIONS).first
    expect(first.locator("small.c-soon")).to_have_text("ничего не известно")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Срок: {{срок}}")
    expect(page.locator("#announce")).to_contain_text("напишите сами")
    wait_until(lambda: chosen(field) == "{{срок}}")
    page.locator(".split [data-key=send]").click()
    expect(page.locator("#doubts")).to_contain_text("{{срок}}")


def test_a_request_is_named_by_its_sign_on_both_layouts(page: Any, request_: Ticket, writes: Write) -> None:
    other = writes("И ещё", subject="Второе дело")
    field = page.locator("#reply-text")
    field.click()
    page.keyboard.type(f"Смотрите №{other.pk}")
    expect(page.locator(OPTIONS).first).to_contain_text("Второе дело")
    page.keyboard.press("Enter")
    expect(field).to_have_value(f"Смотрите № {other.pk} ")

    page.locator("label:has(#m-note)").first.click()
    note = page.locator("#note-text")
    note.click()
    page.keyboard.type("Как в #второе")
    expect(page.locator(OPTIONS).first).to_contain_text("Второе дело")
    page.keyboard.press("Tab")
    expect(note).to_have_value(f"Как в [№ {other.pk}](https://desk.test/tickets/{other.pk}/) ")


def test_signs_that_mean_nothing_are_left_alone(page: Any) -> None:
    field = page.locator("#reply-text")
    field.click()
    page.keyboard.type("a==b === x №")
    expect(page.locator(OPTIONS).first).to_be_visible()  # the last of them is one
    page.keyboard.type(" ==нетакогополя")
    expect(page.locator("#offered")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(field).to_have_value("a==b === x № ==нетакогополя\n")


def test_marks_by_keys_are_undone_and_seen_in_the_preview(page: Any) -> None:
    field = page.locator("#reply-text")
    field.fill("важно очень тут")
    mark_words(field, 0, 5)
    page.keyboard.press("Control+b")
    expect(field).to_have_value("**важно** очень тут")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("важно очень тут")
    page.keyboard.press("Control+Shift+z")
    expect(field).to_have_value("**важно** очень тут")
    mark_words(field, 10, 15)
    page.keyboard.press("Control+i")
    expect(field).to_have_value("**важно** _очень_ тут")
    mark_words(field, 18, 21)
    page.keyboard.press("Control+u")
    expect(field).to_have_value("**важно** _очень_ [тут](https://)")
    page.keyboard.type("help.test")
    page.locator("[data-preview=reply-look]").click()
    look = page.locator("#reply-look")
    expect(look.locator("strong")).to_have_text("важно")
    expect(look.locator("em")).to_have_text("очень")
    expect(look.locator("a[href='https://help.test']")).to_have_text("тут")


def test_the_keys_of_marks_mean_the_note_too_and_nothing_outside_of_a_text(page: Any) -> None:
    reply = page.locator("#reply-text")
    reply.fill("слова")
    reply.blur()
    page.keyboard.press("Control+b")
    page.keyboard.press("Control+i")
    page.locator("label:has(#m-note)").first.click()
    note = page.locator("#note-text")
    note.fill("мысль")
    mark_words(note, 0, 5)
    page.keyboard.press("Control+b")
    expect(note).to_have_value("**мысль**")
    expect(reply).to_have_value("слова")
    note.blur()
    page.keyboard.press("?")
    sheet = page.locator(".keysheet")
    expect(sheet).to_contain_text("Полужирный")
    expect(sheet).to_contain_text("Вставить поле")
