"""What the card says is confirmed by one key, on the Russian layout, beside the request."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Confirmation, Contact
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_key_says_that_the_card_is_still_true(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, pavel: Contact, anna: User
) -> None:
    Contact.objects.filter(pk=pavel.pk).update(address_as="Павел Ильич", time_zone="Europe/Samara", literacy=4)
    page = at_desk(anna)
    page.goto(f"{live_app.url}/tickets/{ticket.number}/", wait_until="load")
    line = page.locator("#still-true")
    expect(line).to_contain_text("Не подтверждено: Обращение, Часовой пояс, Техника")

    press_russian(page, "Y", shift=True)

    expect(line).to_contain_text("Подтверждено сегодня")
    assert set(Confirmation.objects.of(pavel)) == {"address_as", "time_zone", "literacy"}
    expect(line.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Анна Белова")
