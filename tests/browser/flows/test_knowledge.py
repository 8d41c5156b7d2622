"""An answer by an article, an article of a solved request, and a client who finds it without writing to anybody."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.knowledge.models import Article, ArticleUse, Section
from otklik.care.knowledge.states import Audience, How
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write
from tests.fixtures.live import wait_until

type Desk = Callable[..., Any]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def known(anna: User) -> Article:
    section = Section.objects.create(name="Номера")
    told = {"by": anna, "section": section, "audience": Audience.PUBLIC}
    made = Article.objects.begin(title="Как перенести номер", text="Номер переносится за восемь дней.", **told)
    made.publish(by=anna)
    return made


def test_an_answer_by_an_article_and_an_article_of_an_answer(
    at_desk: Desk, new_page: Any, anna: User, pavel: Contact, writes: Write, known: Article
) -> None:
    ticket = writes("Когда перенесут?", subject="Переносите номера?")
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?view=mine", wait_until="load")
    page.wait_for_selector("#reply-text")
    page.keyboard.press("Escape")
    press_russian(page, "F", shift=True)
    box = page.locator("dialog[data-article-picker]")
    expect(box.locator("[role=option]")).to_have_count(1)  # it fits the subject
    box.locator("#article-find").press_sequentially("перенес")
    expect(box.locator("mark").first).to_be_visible()
    box.locator("#article-find").press("Enter")
    link = f"[Как перенести номер](https://desk.test/kb/{known.number}/)"
    expect(page.locator("#reply-text")).to_have_value(link)
    assert not ArticleUse.objects.exists(), "it counts when it is sent"

    words = f"Добрый день!\nНомер 8-800 тоже переносим: {link}"
    Ticket.objects.get(pk=ticket.pk).reply(words, by=anna, then=Resolve())
    assert ArticleUse.objects.get(ticket=ticket).how == How.LINKED
    page.goto(f"/tickets/{ticket.number}/", wait_until="load")
    page.wait_for_selector("#composer")
    press_russian(page, "W", shift=True)
    expect(page.locator("#id_title")).to_have_value("Переносите номера?")
    page.locator("#id_title").fill("Переносится ли номер 8-800")
    page.locator("#id_section").select_option(label="Номера")
    page.get_by_label("и клиенты").check(force=True)
    page.locator("button[name=publish]").click()
    expect(page.locator("h1")).to_have_text("Переносится ли номер 8-800")
    made = Article.objects.get(title="Переносится ли номер 8-800")
    assert made.is_public and ArticleUse.objects.filter(ticket=ticket, article=made, how=How.MADE).exists()

    client = new_page(user_agent=FIREFOX)  # a browser of the tests says that it is one
    client.goto("/kb/", wait_until="load")
    client.locator("#kb-q").fill("переносе 8-800")
    client.locator("#kb-q").press("Enter")
    client.locator(".kbhits a").first.click()
    expect(client.locator("h1")).to_have_text("Переносится ли номер 8-800")
    wait_until(lambda: made.days.filter(views=1).exists())
    client.get_by_role("button", name="Да, помогло").click()
    expect(client.locator("#helped")).to_contain_text("Рады слышать")
    assert made.opinions.get().helped


def test_two_question_marks_become_the_text_of_an_article(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, known: Article
) -> None:
    ticket = writes("Когда перенесут?", subject="Когда переедем?")
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?view=mine", wait_until="load")
    field = page.locator("#reply-text")
    field.press_sequentially("Добрый день! ??")
    box = page.locator("dialog[data-article-picker]")
    find = box.locator("#article-find")
    expect(find).to_be_focused()
    find.press_sequentially("номер")
    expect(box.locator("mark").first).to_be_visible()
    expect(box.locator("#article-look")).to_contain_text("Номер переносится")
    find.press("Control+Enter")

    expect(field).to_have_value("Добрый день! Номер переносится за восемь дней.")
    expect(field).to_be_focused()
    wait_until(lambda: ArticleUse.objects.filter(ticket=ticket, how=How.CHOSEN).exists())
