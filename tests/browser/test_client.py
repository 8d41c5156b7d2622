"""What clients do on their pages, in a real browser: answer and rate."""

from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.surveys.models import Invitation, Score
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Paper
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_client_answers_on_the_page(live_app: LiveApp, page: Any, ticket: Ticket, anna: User) -> None:
    ticket.reply("Проверьте, **пожалуйста**", by=anna, then=Resolve())
    page.goto(f"{live_app.url}/request/{sign(ticket)}/")
    assert page.locator(".msg strong").inner_text() == "пожалуйста"

    page.fill("#text", "Не помогло")
    page.click("form[action$='/answer/'] button[type=submit]")

    page.locator(".msg", has_text="Не помогло").wait_for()
    ticket.refresh_from_db()
    assert ticket.is_open


@pytest.fixture
def question(live_app: LiveApp, ticket: Ticket, anna: User, paper: Paper, settings: Any) -> str:
    """The page behind the links of the letter."""
    settings.SURVEY_DELAY_SECONDS = 0
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    secret = bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0]
    return f"{live_app.url}/survey/{secret}/"


def test_PUBLIC_2_a_scanner_that_runs_scripts_and_moves_a_mouse_does_not_vote(page: Any, question: str) -> None:
    for score in (5, 4, 3, 2, 1):
        page.goto(f"{question}?score={score}", wait_until="load")
        expect(page.get_by_role("button")).to_be_visible()
        page.mouse.move(20, 20)
        page.mouse.move(300, 400, steps=5)
        page.mouse.wheel(0, 500)
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert not Score.objects.exists()


@pytest.mark.parametrize("by", ["pointer", "keyboard", "no script"])
def test_the_link_of_the_letter_and_one_press_store_the_score(new_page: Any, question: str, by: str) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=by != "no script")
    page.goto(f"{question}?score=5")
    button = page.get_by_role("button", name="Отправить эту оценку")
    if by == "keyboard":
        button.focus()
        page.keyboard.press("Enter")
    else:
        button.click()

    expect(page.get_by_role("status")).to_contain_text("Оценка сохранена")
    assert Score.objects.get().value == 5


def test_one_click_says_that_it_is_not_solved(live_app: LiveApp, page: Any, ticket: Ticket, anna: User) -> None:
    """From the letter's link, and from the page itself."""
    ticket.reply("Готово", by=anna, then=Resolve("Перезагрузили роутер"))
    page.goto(f"{live_app.url}/request/{sign(ticket)}/not-solved/")
    page.get_by_text("Перезагрузили роутер").wait_for()
    page.get_by_role("button", name="Не решено").click()
    page.locator(".msg", has_text="Вопрос не решён").wait_for()
    ticket.refresh_from_db()
    assert ticket.is_open and ticket.owner == anna

    ticket.reply("Теперь готово", by=anna, then=Resolve())
    page.reload()
    page.get_by_role("button", name="Не решено").click()
    page.locator(".msg", has_text="Вопрос не решён").nth(1).wait_for()
    ticket.refresh_from_db()
    assert ticket.is_open and ticket.reopened == 2
