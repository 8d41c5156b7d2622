"""Chosen words for a note and for an article."""

from typing import Any

from playwright.sync_api import expect

from otklik.desk.tickets.models import Ticket


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
