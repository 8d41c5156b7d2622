"""Addresses of a client on their card: added, refused, removed and put back without leaving the request."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_agent_keeps_the_addresses_of_a_client(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, pavel: Contact, anna: User, writes: Write
) -> None:
    writes("Здравствуйте", sender="olga@volga.test", sender_name="Ольга")
    page = at_desk(anna)
    page.goto(f"{live_app.url}/tickets/{ticket.number}/")
    section = page.locator("#addresses")
    section.get_by_role("link", name=re.compile("Добавить")).click()
    typed = section.locator("#address-new")
    expect(typed).to_be_focused()

    typed.fill("olga@volga.test")
    page.keyboard.press("Enter")
    trouble = section.get_by_role("alert")
    trouble.wait_for()
    expect(trouble.get_by_role("link")).to_have_text("Ольга")
    expect(typed).to_have_value("olga@volga.test")
    expect(typed).to_be_focused()

    typed.fill("pavel@home.test")
    page.keyboard.press("Enter")
    mine = section.get_by_role("listitem").filter(has_text="pavel@home.test")
    mine.wait_for()
    mine.get_by_role("button", name="Подтвердить").click()
    mine.get_by_text(anna.name).wait_for()

    mine.get_by_role("button", name="Удалить").click()
    section.get_by_role("button", name="Вернуть").press("Enter")
    mine.wait_for()

    section.get_by_role("link", name="Готово").click()
    section.get_by_role("link", name=re.compile("Добавить")).wait_for()
    assert set(pavel.identities.values_list("value", flat=True)) >= {"pavel@home.test"}
    assert page.url.endswith(f"/tickets/{ticket.number}/")
