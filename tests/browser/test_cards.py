"""The card of an organisation, by keyboard: a person is added, a product changed and ended, a mistake is mended."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Membership, Opener, Product, Subscription
from otklik.desk.tickets.models import Ticket
from tests.fixtures.browser import NARROW, WIDE, settle
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LONG = "Общество с ограниченной ответственностью «Волжскоградостроительпроектмонтажавтоматика»"


@pytest.fixture
def bakery(ticket: Ticket, pavel: Contact, volga: Client, anna: User) -> Client:
    Membership(contact=pavel, client=volga, position="директор", roles=["decision", "technical"]).put(by=anna)
    product = Product.objects.create(name="Виртуальная АТС")
    Subscription(client=volga, product=product, plan="Бизнес", amount=32_400).put(by=anna)
    return volga


def test_a_card_is_kept_without_a_mouse(
    live_app: LiveApp, at_desk: Callable[..., Any], bakery: Client, anna: User
) -> None:
    page = at_desk(anna)
    page.goto(f"{live_app.url}/clients/?show=organisations&q=вол")
    page.get_by_role("link", name="Волга").press("Enter")
    page.wait_for_url("**/clients/organisation/**")
    people = page.locator("#rows-people")
    people.get_by_role("link", name="Добавить человека").press("Enter")
    address = people.locator("#row_address")
    expect(address).to_be_focused()

    page.keyboard.type("нет адреса")
    page.keyboard.press("Enter")
    people.locator("[data-s=error]").wait_for()
    expect(address).to_be_focused()
    expect(address).to_have_value("нет адреса")
    address.fill("zoya@volga.test")
    people.locator("#row_name").fill("Зоя Кравец")
    people.get_by_label("деньги и документы").press("Space")
    page.keyboard.press("Enter")
    people.get_by_role("link", name="Зоя Кравец", exact=True).wait_for()
    assert Membership.objects.get(contact__name="Зоя Кравец").roles == ["finance"]

    products = page.locator("#rows-products")
    products.get_by_role("link", name="Изменить: Виртуальная АТС · Бизнес").press("Enter")
    products.get_by_role("button", name="Закончился").press("Enter")
    products.get_by_text("завершено").wait_for()
    assert Subscription.objects.get().state == "ended"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_cards_are_accessible_and_fit(
    live_app: LiveApp,
    at_desk: Callable[..., Any],
    bakery: Client,
    pavel: Contact,
    anna: User,
    scheme: str,
    viewport: dict[str, int],
) -> None:
    bakery.change("name", LONG, by=anna)
    page = at_desk(anna, color_scheme=scheme, viewport=viewport, bypass_csp=True)
    for address in (
        "/clients/",
        "/clients/?show=organisations",
        "/clients/?q=nobody",
        f"/clients/organisation/{bakery.pk}/",
        f"/clients/contact/{pavel.pk}/",
        f"/clients/contact/{pavel.pk}/rows/organisations/?edit=new",
    ):
        page.goto(f"{live_app.url}{address}")
        settle(page)
        found = Axe().run(page, options=WCAG).response["violations"]
        nodes = [(each["id"], node["html"][:120]) for each in found for node in each["nodes"]]
        assert (address, nodes) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address


@pytest.mark.parametrize("zone", ["", "Asia/Novosibirsk"])
def test_nothing_moves_when_the_first_lines_come(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, pavel: Contact, anna: User, zone: str
) -> None:
    """They are asked for after the page, and their place is kept free."""
    Opener.objects.create(situation="first", text="Здравствуйте, {name}! Спасибо, что написали нам.")
    Contact.objects.filter(pk=pavel.pk).update(time_zone=zone)
    page = at_desk(anna)
    held: list[Any] = []
    page.route("**/hello/**", lambda route: held.append(route))
    page.goto(f"{live_app.url}/tickets/{ticket.pk}/")
    page.locator("#hello[hx-get]").wait_for()
    page.wait_for_function("() => document.querySelector('#hello').classList.contains('htmx-request')")
    below = page.locator("#hello + section")
    before = below.bounding_box()

    held[0].continue_()
    page.locator("#hello .say").first.wait_for()

    assert before and below.bounding_box() == before
