"""Saved replies by key, by typing and by button, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message, SavedReply
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import sent
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


@pytest.fixture
def texts(anna: User) -> list[SavedReply]:
    told = [
        ("Обрыв связи", "обрыв", "Здравствуйте, {{клиент}}!\n\nПричина обрыва: {{причина}}.\n\n{{сотрудник}}"),
        ("Просим документы", "док", "Пришлите, пожалуйста, договор."),
        ("Спасибо за ожидание", "", "Спасибо, что подождали."),
    ]
    return [SavedReply.objects.create(name=name, shortcut=short, text=text) for name, short, text in told]


@pytest.fixture
def page(at_desk: Desk, anna: User, pavel: Contact, writes: Write, texts: list[SavedReply]) -> Any:
    ticket = writes("Пропал звук.", subject="Нет звука")
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.wait_for_selector("#reply-text")
    return page


def chosen(page: Any) -> str:
    return str(page.evaluate("(f => f.value.slice(f.selectionStart, f.selectionEnd))(document.activeElement)"))


def test_the_key_opens_the_list_on_the_russian_layout_and_the_text_stands_at_the_caret(page: Any) -> None:
    field = page.locator("#reply-text")
    field.fill("Начало. Конец.")
    field.evaluate("field => field.setSelectionRange(8, 8)")
    page.keyboard.press("Escape")
    press_russian(page, "T")
    find = page.locator("#saved-find")
    expect(find).to_be_focused()
    find.press_sequentially("lju")  # «дог» on the wrong layout: a word of the text
    expect(page.locator("#saved-list [role=option]:visible")).to_have_count(1)
    expect(page.locator("#saved-look")).to_contain_text("договор")
    find.press("Enter")

    expect(field).to_have_value("Начало. Пришлите, пожалуйста, договор.Конец.")
    expect(field).to_be_focused()
    page.keyboard.press("Control+z")
    expect(field).to_have_value("Начало. Конец.")


def test_the_preview_follows_the_arrows_and_the_open_place_is_typed_over(page: Any, wait_until: Any) -> None:
    page.keyboard.press("t")
    expect(page.locator("dialog[open] #saved-find")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#saved-look")).to_contain_text("договор")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#saved-look")).to_contain_text("Павел Демидов")
    expect(page.locator("#saved-look .hole")).to_have_text("причина")
    page.keyboard.press("Enter")

    field = page.locator("#reply-text")
    expect(field).to_have_value("Здравствуйте, Павел Демидов!\n\nПричина обрыва: {{причина}}.\n\nАнна Белова")
    wait_until(lambda: chosen(page) == "{{причина}}")
    page.keyboard.type("авария")
    page.locator(".split [data-key=send]").click()
    sent(page)
    assert "Причина обрыва: авария." in Message.objects.get(direction="out", automatic="").text


@pytest.mark.parametrize("typed", ["::обр", "::j,h", "::Обрыв"])
def test_two_colons_and_a_name_on_both_layouts(page: Any, typed: str) -> None:
    field = page.locator("#reply-text")
    field.fill("Добрый день.\n")
    field.press("End")
    page.keyboard.type(typed)
    first = page.locator("#offered [role=option]").first
    expect(first).to_contain_text("Обрыв связи")
    page.keyboard.press("Enter")

    expect(page.locator("#offered")).to_have_count(0)
    expect(field).to_have_value(
        "Добрый день.\nЗдравствуйте, Павел Демидов!\n\nПричина обрыва: {{причина}}.\n\nАнна Белова"
    )


def test_colons_that_mean_nothing_are_left_alone(page: Any) -> None:
    field = page.locator("#reply-text")
    field.click()
    page.keyboard.type("std::vector ::нетакого")
    expect(page.locator("#offered")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.type("::")
    expect(page.locator("#offered [role=option]")).to_have_count(3)
    page.keyboard.press("Escape")

    expect(page.locator("#offered")).to_have_count(0)
    expect(field).to_have_value("std::vector ::нетакого\n::")
    expect(field).to_be_focused()


def test_the_names_are_asked_for_once_and_a_late_answer_opens_nothing_again(page: Any) -> None:
    held: list[Any] = []
    page.route("**/names/", lambda route: held.append(route))
    page.locator("#reply-text").click()
    with page.expect_request("**/names/"):
        page.keyboard.type("::обр")
    page.keyboard.type(" ")
    assert len(held) == 1
    with page.expect_response("**/names/"):
        held[0].continue_()
    page.keyboard.type("::")
    expect(page.locator("#offered [role=option]")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.locator("#offered")).to_have_count(0)
    assert len(held) == 1


def test_an_open_place_stops_the_sending_softly(page: Any) -> None:
    page.locator("[data-key=template]:visible").click()
    page.locator("#saved-look [type=submit]").click()
    expect(page.locator("#reply-text")).to_have_value(
        "Здравствуйте, Павел Демидов!\n\nПричина обрыва: {{причина}}.\n\nАнна Белова"
    )
    page.locator(".split [data-key=send]").click()
    expect(page.locator("#doubts")).to_contain_text("{{причина}}")
    assert not Message.objects.filter(direction="out", automatic="").exists()

    page.locator("#doubts [name=sure]").click()
    sent(page)


def test_without_scripts_a_text_is_chosen_on_a_page(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, texts: list[SavedReply]
) -> None:
    ticket: Ticket = writes("Пропал звук.")
    page = at_desk(anna, java_script_enabled=False)
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.locator("[data-key=template]").click()
    page.locator("[data-insert] button").first.click()

    expect(page.locator("#reply-text")).to_have_value(re.compile("Здравствуйте, Павел Демидов!"))


def test_a_text_is_written_with_its_places_and_its_sample(at_desk: Desk, anna: User, pavel: Contact) -> None:
    page = at_desk(anna)
    page.goto("/saved/new/")
    page.fill("[name=name]", "Приветствие")
    page.fill("[name=shortcut]", "привет")
    page.fill("[name=text]", "Здравствуйте, !")
    page.locator("[name=text]").evaluate("field => field.setSelectionRange(14, 14)")
    page.locator("[data-place='клиент']").click()
    expect(page.locator("[name=text]")).to_have_value("Здравствуйте, {{клиент}}!")
    expect(page.locator("#saved-look")).to_contain_text("Здравствуйте, Анна Петровна!")
    page.locator("[name=text_en]").click()
    page.locator("[data-place='клиент']").click()
    expect(page.locator("[name=text_en]")).to_have_value("{{client}}")
    page.locator(".savebar [type=submit].primary").click()
    page.wait_for_url("**/saved/")

    assert SavedReply.objects.get().text == "Здравствуйте, {{клиент}}!"
