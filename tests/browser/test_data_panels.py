"""A data panel from its making to the agent who reads it, and back when its program fails: without a mouse."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels.kept import answers
from otklik.desk.automation.tests.source import Source, source
from otklik.desk.tickets.models import Ticket
from tests.fixtures.browser import NARROW, WIDE, settle
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def program(settings: Any) -> Iterator[Source]:
    answers.forget()
    with source() as server:
        settings.EGRESS_ALLOW = [server.place]
        yield server


def test_from_its_making_to_the_reader_and_through_a_failure(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, admin: User, anna: User, program: Source
) -> None:
    office = at_desk(admin)
    office.goto("/settings/panels/new/")
    office.get_by_label("Название панели").fill("Биллинг")
    office.get_by_label("Адрес", exact=True).fill(program.at())
    office.get_by_label("имя клиента").press("Space")
    office.get_by_role("button", name="Сохранить").press("Enter")
    expect(office.locator("[data-secret]")).to_contain_text("otd_")
    office.get_by_role("link", name="Секрет сохранён").press("Enter")
    sample = office.get_by_label("Номер обращения")
    sample.fill(str(ticket.number))
    sample.press("Enter")
    expect(office.locator(".dp-tried")).to_contain_text("Ответ как договорились")
    expect(office.locator(".dp-tried")).to_contain_text("Счёт не оплачен")
    settle(office)
    assert Axe().run(office, options=WCAG).response["violations"] == []

    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?card=client")
    fold = page.locator(".dpanel > summary")
    expect(fold).to_contain_text("Биллинг")
    panel = page.locator(".dpanel .dp")
    asked = len(program.got)
    with page.expect_response(lambda answer: "/panels/" in answer.url):
        fold.press("Enter")
    expect(panel).to_contain_text("Счёт не оплачен")
    expect(panel).to_contain_text("<script>alert(1)</script>")
    expect(panel.get_by_role("link", name="Открыть счёт")).to_have_attribute("rel", "noopener noreferrer")
    assert len(program.got) == asked + 1, "nothing was asked before it was unfolded"
    settle(page)
    assert Axe().run(page, context="#card", options=WCAG).response["violations"] == []

    asked = len(program.got)
    with page.expect_response("**/card/client/**") as drawn:
        page.locator("[data-card-tab=client]").press("Enter")
    assert drawn.value.ok
    expect(page.locator("#card")).to_have_attribute("aria-label", "Клиент")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Счёт не оплачен")
    expect(panel).not_to_have_attribute("hx-get", re.compile("panels"))
    assert len(program.got) == asked, "the card drawn anew neither folds it nor asks again"

    program.status = 500
    panel.get_by_role("button", name="Спросить «Биллинг» снова").press("Enter")
    expect(panel).to_contain_text("«Биллинг» сейчас не отвечает.")
    again = panel.get_by_role("button", name="Попробовать снова")
    expect(again).to_be_focused()
    program.status = 200
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("Счёт не оплачен")
    expect(panel).to_be_focused()


@pytest.mark.parametrize("place", ["contact", "organisation"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_panel_that_is_unfolded_fits_the_card(
    live_app: LiveApp,
    at_desk: Callable[..., Any],
    ticket: Ticket,
    anna: User,
    program: Source,
    viewport: dict[str, int],
    place: str,
) -> None:
    made = Panel(name="Очень длинное название " * 3, url=program.at(), opens=True, on_organisations=True)
    made.renew_secret()
    page = at_desk(anna, viewport=viewport)
    ticket.contact.belong_to("Волга", by=anna)
    of = {"contact": ticket.contact_id, "organisation": ticket.contact.client_id}
    page.goto(f"/clients/{place}/{of[place]}/")
    page.locator(".dpanel").scroll_into_view_if_needed()
    panel = page.locator(".dpanel .dp")
    expect(panel).to_contain_text("Счёт не оплачен")
    settle(page)
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    assert Axe().run(page, context=".dpanel", options=WCAG).response["violations"] == []
