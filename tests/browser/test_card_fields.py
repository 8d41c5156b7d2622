"""A field is made, filled on the card without a mouse, hidden from an agent, and the look is read by the lead."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Contact
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from tests.fixtures.browser import NARROW, WIDE, settle
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def test_a_field_from_its_making_to_the_look_that_is_read(
    live_app: LiveApp,
    at_desk: Callable[..., Any],
    ticket: Ticket,
    pavel: Contact,
    admin: User,
    anna: User,
    boris: User,
) -> None:
    settings = at_desk(admin)
    settings.goto(f"{live_app.url}/settings/card-fields/new/")
    settings.get_by_label("Что известно о клиенте").fill("День рождения")
    settings.get_by_label("Вид ответа").select_option("date")
    settings.get_by_label("Личное").press("Space")
    settings.keyboard.press("Enter")
    settings.get_by_role("link", name="День рождения").wait_for()
    field = CardField.objects.get()
    assert (field.kind, field.is_personal) == ("date", True)

    lead = at_desk(boris)
    lead.goto(f"{live_app.url}/clients/contact/{pavel.pk}/")
    fact = lead.locator(f"#fact-{field.place}")
    fact.get_by_role("link").press("Enter")
    answer = lead.locator(f"#id_{field.place}_value")
    expect(answer).to_be_focused()
    answer.fill("1987-03-14")
    lead.keyboard.press("Enter")
    expect(fact).to_contain_text("14 марта 1987")
    lead.get_by_label("Записывать каждый просмотр").select_option("vip")
    lead.locator("#looks").get_by_role("button", name="Сохранить").press("Enter")
    expect(lead.locator("#looks")).to_contain_text("Пока никто не смотрел")

    page = at_desk(anna)
    page.goto(f"{live_app.url}/tickets/{ticket.number}/?card=client")
    card = page.locator("#card")
    expect(card).to_contain_text("Карточка под учётом: VIP")
    hidden = card.locator(f"#fact-{field.place}")
    expect(hidden).to_contain_text("скрыто")
    assert "1987" not in page.content()
    hidden.get_by_role("link", name="показать").press("Enter")
    reason = page.locator(f"#reason-{field.place}")
    expect(reason).to_be_focused()
    page.keyboard.press("Enter")
    expect(card.get_by_role("alert")).to_contain_text("зачем")
    expect(reason).to_be_focused()
    page.keyboard.type("готовим поздравление")
    page.keyboard.press("Enter")
    expect(hidden).to_contain_text("14 марта 1987")
    page.reload()
    expect(hidden).to_contain_text("скрыто")

    lead.goto(f"{live_app.url}/clients/contact/{pavel.pk}/")
    looks = lead.locator("#looks")
    expect(looks).to_contain_text("День рождения: готовим поздравление")
    expect(looks).to_contain_text("рядом с обращением")
    assert {entry.actor for entry in looks_at(pavel)} == {anna, boris}


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit(
    live_app: LiveApp,
    at_desk: Callable[..., Any],
    ticket: Ticket,
    pavel: Contact,
    admin: User,
    boris: User,
    scheme: str,
    viewport: dict[str, int],
) -> None:
    field = CardField.objects.create(name="Карточка в CRM", kind="link", is_personal=True)
    field.fill(pavel, "https://crm.example/" + "people/" * 20, by=boris)
    pavel.restrict("public", by=boris)
    page = at_desk(admin, color_scheme=scheme, viewport=viewport, bypass_csp=True)
    for address in (
        "/settings/card-fields/",
        f"/settings/card-fields/{field.pk}/",
        "/settings/secrecy/",
        f"/clients/contact/{pavel.pk}/",
        f"/clients/contact/{pavel.pk}/{field.place}/",
    ):
        page.goto(f"{live_app.url}{address}")
        if address == f"/clients/contact/{pavel.pk}/":
            page.locator("#looks").wait_for()
        settle(page)
        found = Axe().run(page, options=WCAG).response["violations"]
        nodes = [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]
        assert (address, nodes) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
