"""The story of a client: narrowed and searched by hand, kept in the address; notes pinned, a guessed clock set."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Advice, Contact, Identity
from otklik.desk.tickets.models import Ticket
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_agent_reads_what_happened_to_a_client(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, pavel: Contact, anna: User
) -> None:
    Advice(contact=pavel, text="Вход по коду").put(by=anna)
    Identity.objects.create(contact=pavel, kind="phone", value="+73832223344")
    page = at_desk(anna)
    page.goto(f"{live_app.url}/clients/contact/{pavel.pk}/")
    story = page.locator("#story")
    expect(story).to_contain_text("Клиент написал")
    expect(story).to_contain_text("Вход по коду")

    page.get_by_label("Что", exact=True).select_option("advice")
    expect(story).not_to_contain_text("Клиент написал")
    expect(page).to_have_url(re.compile(r"kind=advice"))
    page.get_by_label("Слова из этой истории").fill("сурикат")
    expect(story).to_contain_text("Ничего такого не было")
    page.get_by_label("Слова из этой истории").fill("коды")
    expect(story).to_contain_text("Вход по коду")
    expect(page).to_have_url(re.compile(r"q=%D0%BA"))
    page.reload()
    expect(page.get_by_label("Слова из этой истории")).to_have_value("коды")
    expect(story).not_to_contain_text("Клиент написал")

    notes = page.locator("#rows-notes")
    notes.get_by_role("link", name="Написать заметку").click()
    written = notes.get_by_label("Заметка карточки")
    expect(written).to_be_focused()
    written.fill("Говорит тихо")
    notes.get_by_role("button", name="Сохранить").click()
    notes.get_by_role("button", name=re.compile("Закрепить")).press("Enter")
    expect(notes.get_by_role("button", name=re.compile("Открепить"))).to_be_visible()

    page.get_by_role("button", name="Установить").click()
    expect(page.locator("#fact-time_zone")).to_contain_text("Новосибирск")
    expect(page.get_by_role("button", name="Установить")).to_have_count(0)
    pavel.refresh_from_db()
    assert (pavel.time_zone, pavel.note) == ("Asia/Novosibirsk", "Говорит тихо")
