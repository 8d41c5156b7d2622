"""A letter that leaves at a moment; chosen words for a note and for an article."""

from typing import Any

from playwright.sync_api import expect

from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import answers


def test_a_letter_waits_for_its_moment_and_is_stopped(page: Any, request_: Ticket) -> None:
    page.locator("#reply-text").fill("Доброе утро, Павел!")
    page.locator("label:has(#n-wait)").click()
    field = page.locator("#leave-at")
    expect(field).to_be_hidden()
    page.locator("[popovertarget=send-menu]").click()
    page.locator("#send-menu label[for=n-later]").click()
    expect(field).to_be_visible()
    send = page.locator(".split [data-key=send]")
    expect(send).to_contain_text("Отправить в это время")
    with page.expect_response("**/reply/") as told:
        send.click()
    assert told.value.status == 200
    letter = page.locator("#composer .waits")
    expect(letter).to_contain_text("Ваше письмо уйдёт")
    expect(page.locator("#reply-text")).to_have_value("")
    assert Draft.objects.get(mode="later").text == "Доброе утро, Павел!" and not answers().exists()

    with page.expect_response("**/stop/") as told:
        letter.get_by_role("button").click()
    assert told.value.status == 200
    expect(letter).to_have_count(0)
    expect(page.locator("#reply-text")).to_have_value("Доброе утро, Павел!")
    assert Draft.objects.get().mode == "reply"


def test_chosen_words_go_into_a_note_and_into_an_article(page: Any, request_: Ticket) -> None:
    body = page.locator("#timeline .msg .body").first
    choose = """body => {
        const words = document.createTreeWalker(body, NodeFilter.SHOW_TEXT).nextNode();
        getSelection().setBaseAndExtent(words, 0, words, words.length);
    }"""
    body.evaluate(choose)
    page.locator("#note-it").click()
    expect(page.locator("#note-text")).to_be_focused()
    expect(page.locator("#note-text")).to_have_value("Павел Демидов, " + words_of(page) + ":\n> Пропал звук.\n\n")
    expect(page.locator("#note-it")).to_be_hidden()
    body.evaluate(choose)
    page.locator("#article-it").click()
    page.wait_for_url("**/knowledge/**")
    expect(page.locator("[name=text]")).to_have_value("## Вопрос\n\nНет звука\n\n## Что помогает\n\nПропал звук.")


def words_of(page: Any) -> str:
    """When it was written, as the head of the message says."""
    return str(page.locator("#timeline .msg header time").first.inner_text()).strip()
