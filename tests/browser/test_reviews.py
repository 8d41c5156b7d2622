"""A client lets us show their words, the lead looks through them, the person answers, everybody reads it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.surveys.models import Invitation, PublicPage, PublicPages
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_tick_of_the_client_to_the_answer_of_the_person(
    at_desk: Callable[..., Any],
    new_page: Any,
    ticket: Ticket,
    anna: User,
    boris: User,
    paper: Paper,
    settings: Any,
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    PublicPages.objects.create(pk=1, is_on=True)
    PublicPage.objects.create(user=anna, slug="anna", shown_name="Анна", bio="Пять лет в поддержке", is_on=True)
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    outbox.send_due()
    secret = bytes(paper.sent[-1].raw).decode().split("/survey/")[1].split("/")[0]

    client = new_page(viewport=NARROW)
    client.goto(f"/survey/{secret}/", wait_until="load")
    client.locator("label:has([name=score][value='5'])").click()
    client.locator("#comment").fill("Помогли за пять минут")
    client.get_by_label("Мои слова можно показать").check()
    client.get_by_label("с моим именем").check()
    client.get_by_role("button", name="Отправить").click()
    expect(client.locator("main")).to_contain_text("Спасибо")

    lead = at_desk(boris)
    lead.goto("/my-page/reviews/", wait_until="load")
    lead.locator("li", has_text="Помогли за пять минут").get_by_role("button", name="Показать", exact=True).click()
    expect(lead.locator(".chip")).to_have_text("показан")

    own = at_desk(anna)
    own.goto("/my-page/", wait_until="load")
    own.get_by_label("Ваш ответ").fill("Рада, что всё работает")
    own.get_by_role("button", name="Ответить").click()
    expect(own.locator(".reply")).to_have_text("Рада, что всё работает")

    client.goto("/people/anna/", wait_until="load")
    expect(client.locator(".reviews li")).to_contain_text("Помогли за пять минут")
    expect(client.locator(".reviews .reply")).to_contain_text("Рада, что всё работает")
    assert client.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"
