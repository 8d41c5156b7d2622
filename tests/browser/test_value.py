"""The head looks at the value of clients and says the margin: the same figure is told by it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Product, Subscription
from otklik.team.value.counting import count_all
from tests.fixtures.browser import NARROW

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_margin_changes_what_a_client_is_worth(at_desk: Callable[..., Any], head: User) -> None:
    product, today = Product.objects.create(name="Уроки"), clock.today()
    for number in range(8):
        client = Client.objects.create(name=f"Ученик {number}")
        since = today - timedelta(days=800 + number)
        Subscription.objects.create(client=client, product=product, plan="Группа", starts_on=since, amount=1000)
    count_all()
    page = at_desk(head, viewport=NARROW)
    page.goto("/board/value/", wait_until="load")
    expect(page.locator(".strip")).to_contain_text("24 000")
    expect(page.locator(".callout")).to_contain_text("Маржа неизвестна")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"

    page.get_by_role("link", name="Маржа и дисконт").click()
    page.get_by_label("маржа, % от выручки").fill("150")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_label("маржа, % от выручки")).to_have_value("150")
    page.get_by_label("маржа, % от выручки").fill("50")
    page.get_by_role("button", name="Сохранить").click()

    expect(page.locator(".strip")).to_contain_text("12 000")
    expect(page.locator(".strip")).to_contain_text("по марже 50")
    page.locator("#example summary").click()
    expect(page.locator("#example")).to_contain_text("6 510 рублей")
