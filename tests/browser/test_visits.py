"""A visit from the dialog to the click of the client, and a change that another person approves, in a real browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets import letters
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Change, Ticket, Visit
from tests.browser.conftest import press_russian

type Desk = Callable[..., Any]


def open_ticket(page: Any, ticket: Ticket, tab: str) -> None:
    page.goto(f"/tickets/{ticket.number}/?view=mine&card={tab}")
    page.wait_for_selector("#reply-text")


@pytest.fixture
def window(ticket: Ticket) -> tuple[str, str]:
    """Tomorrow, two hours, as the fields of the dialog have it."""
    starts = timezone.localtime(clock.now() + timedelta(days=1), letters.zone_of(ticket)).replace(minute=0)
    return f"{starts:%Y-%m-%dT%H:%M}", f"{starts + timedelta(hours=2):%Y-%m-%dT%H:%M}"


def test_a_visit_is_planned_told_refused_by_the_client_and_done(
    at_desk: Desk, anna: User, ticket: Ticket, window: tuple[str, str]
) -> None:
    page = at_desk(anna)
    open_ticket(page, ticket, "visits")
    press_russian(page, "V", shift=True)
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=place]").fill("Самара, Садовая, 5")
    for name, value in zip(("starts", "ends"), window, strict=True):
        dialog.locator(f"[name={name}]").fill(value)
    dialog.locator("[type=submit]").click()
    shown = page.locator("#card .visit")
    expect(shown).to_contain_text("Самара, Садовая, 5")
    expect(page.locator("#strip")).to_contain_text("выезд")

    page.goto(f"/request/{sign(ticket)}/#visit")
    page.get_by_role("button", name="Время не подходит").click()
    expect(page.locator("#visit")).to_contain_text("подберём другое")

    open_ticket(page, ticket, "visits")
    expect(shown).to_contain_text("Время не подходит клиенту")
    shown.locator("a[href*='/done/']").click()
    dialog.locator("[name=result]").fill("Заменили роутер")
    dialog.locator("[type=submit]").click()
    expect(shown).to_contain_text("Заменили роутер")
    assert Visit.objects.get().state == "done"


def test_a_change_is_asked_for_by_one_and_approved_by_another(
    at_desk: Desk, anna: User, boris: User, ticket: Ticket
) -> None:
    page = at_desk(anna)
    open_ticket(page, ticket, "changes")
    press_russian(page, "C", shift=True)
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=what]").fill("Перенести маршрут")
    dialog.locator("[name=why]").fill("Оператор уходит")
    dialog.locator("[name=ask]").check()
    dialog.locator("[type=submit]").click()
    shown = page.locator("#card .visit")
    expect(shown).to_contain_text("ждёт согласования")
    expect(shown.locator("a[href*='/approved/']")).to_have_count(0)

    lead = at_desk(boris)
    open_ticket(lead, ticket, "changes")
    lead.locator("#card .visit a[href*='/approved/']").click()
    lead.locator("dialog[open] [type=submit]").click()
    expect(lead.locator("#card .visit")).to_contain_text("согласовано")
    assert Change.objects.get().decided_by == boris


def test_a_list_of_visits_on_paper_has_only_what_is_read(at_desk: Desk, anna: User) -> None:
    page = at_desk(anna)
    page.goto("/board/visits/")
    expect(page.locator("nav.side")).to_be_visible()
    page.emulate_media(media="print")
    for left_out in ("nav.side", ".head-acts"):
        expect(page.locator(left_out)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("main").evaluate("main => main.getBoundingClientRect().left") < 40, "the menu leaves no hole"
