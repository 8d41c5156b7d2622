"""What clients do on their pages, in a real browser: answer and rate."""

from typing import Any

import pytest

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


def test_one_click_in_the_letter_stores_the_score(
    live_app: LiveApp, page: Any, ticket: Ticket, anna: User, paper: Paper, settings: Any
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    secret = bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0]

    page.goto(f"{live_app.url}/survey/{secret}/?score=5")

    page.get_by_role("status").wait_for()
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
