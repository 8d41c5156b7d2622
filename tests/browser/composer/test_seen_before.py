"""What is seen before it is done: the letter of a refusal, who does what is put aside, how a macro would go here."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.automation.models import Application, Macro
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

APPEAL = "Если вы не согласны с отказом"


def test_a_refusal_shows_how_to_appeal_and_the_eye_the_whole_letter(page: Any, boris: User) -> None:
    page.locator("#reply-text").fill("Здравствуйте, Павел!")
    page.locator("label:has(#n-no)").click()
    expect(page.locator("#appeal-words blockquote")).to_contain_text(APPEAL)

    page.locator("#reason").select_option("rules")
    page.locator("#explanation").fill("Скидку даёт только договор")
    page.locator("[name=alternatives]").first.fill("Пересчитаем тариф")
    page.locator("[data-preview=reply-look]").click()
    look = page.locator("#reply-look")
    for part in ("Здравствуйте, Павел!", "Скидку даёт только договор", "Пересчитаем тариф", APPEAL):
        expect(look).to_contain_text(part)
    page.locator("[data-preview=reply-look]").click()
    expect(page.locator("#reply-text")).to_have_value("Здравствуйте, Павел!")


def test_the_words_stay_when_something_is_still_missing(page: Any, boris: User) -> None:
    page.locator("label:has(#n-no)").click()
    expect(page.locator("#appeal-words blockquote")).to_contain_text(APPEAL)
    page.locator("#explanation").fill("Так нельзя")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#e-reason")).to_be_visible()
    page.locator("#appeal-ask, #appeal-words").scroll_into_view_if_needed()
    expect(page.locator("#appeal-words blockquote")).to_contain_text(APPEAL)
    expect(page.locator("#explanation")).to_have_value("Так нельзя")


def test_who_does_it_is_chosen_by_keys_on_a_russian_keyboard(page: Any, request_: Ticket) -> None:
    page.keyboard.press("Escape")
    press_russian(page, "H")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("#d-what")).to_be_focused()
    page.keyboard.type("узнать у склада")
    expect(dialog.locator("#d-whom")).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(dialog.locator("[name=aside_who][value=third]")).to_be_checked()
    expect(dialog.locator("#d-whom")).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog.locator("#e-aside_whom")).to_contain_text("Напишите, кого ждём")

    dialog.locator("#d-whom").fill("Поставщик")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    wait_until(lambda: Ticket.objects.get(pk=request_.pk).waits_for == "Поставщик")
    assert Ticket.objects.get(pk=request_.pk).due_at > clock.now() + timedelta(minutes=1)  # type: ignore[operator]


def test_a_macro_says_how_it_would_go_here(page: Any, anna: User, request_: Ticket) -> None:
    acts = [{"act": "tag", "tags": "узел"}, {"act": "priority", "priority": "2"}]
    Macro.objects.create(name="Авария на узле", acts=acts)
    page.keyboard.press("Escape")
    press_russian(page, "V")
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Авария на узле")

    dialog.locator("[data-look]").click()

    expect(dialog.locator("[role=status]")).to_contain_text("ничего ещё не сделано")
    expect(dialog.locator("[role=status]")).to_contain_text("так уже было")
    assert not Application.objects.exists() and Ticket.objects.get(pk=request_.pk).tags == []
    dialog.locator("footer button.primary").click()
    expect(dialog).to_have_count(0)
    wait_until(lambda: Ticket.objects.get(pk=request_.pk).tags == ["узел"])
