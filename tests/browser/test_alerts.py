"""The head watches a figure: tried on the past, saved, and told when the figure leaves its bound."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.alerts.looking import look_at_all
from otklik.team.alerts.models import Alert
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)


def test_defined_tried_on_the_past_and_rung(at_desk: Callable[..., Any], head: User, writes: Write) -> None:
    for back, times in ((12, 4), (5, 1), (1, 3)):
        for number in range(times):
            with clock.at(clock.now() - timedelta(days=back)):
                writes(sender=f"{back}-{number}@else.test")
    count_facts()
    page = at_desk(head, viewport=NARROW)
    page.goto("/board/alerts/new/?metric=arrivals", wait_until="load")
    page.get_by_label("Имя").fill("Слишком много писем")
    expect(page.locator("[name=weeks]")).to_be_hidden()
    page.get_by_role("button", name="Проверить на прошлом").click()
    expect(page.locator(".err")).to_contain_text("за какой цифрой")
    page.locator("[name=bound]").fill("2")
    page.get_by_role("button", name="Проверить на прошлом").click()

    expect(page.locator("#trial")).to_contain_text("прозвучал бы 2 раза")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("h1")).to_have_text("Слишком много писем")
    expect(page.locator("main")).to_contain_text("Пока не звучал.")
    assert page.evaluate("location.hash") == "", "who has tried and saved lands at the head of the page"

    assert look_at_all() == 1
    page.goto("/notices/", wait_until="load")
    page.get_by_text("Слишком много писем: Поступило обращений: 3, граница 2").first.click()
    page.wait_for_url("**/board/alerts/*/")
    expect(page.locator("main")).to_contain_text("звучит, началось сегодня")
    page.locator("td a[href*='/requests/']").first.click()
    expect(page.locator("h1")).to_have_text("Из чего: 3")
    page.goto(f"/board/alerts/{Alert.objects.get().pk}/", wait_until="load")
    page.get_by_role("button", name="Убрать").press("Enter")
    dialog = page.get_by_role("dialog", name="Убрать «Слишком много писем»?")
    expect(dialog.get_by_role("button", name="Оставить")).to_be_focused()
    dialog.get_by_role("button", name="Убрать").press("Enter")
    expect(page.locator("#toasts")).to_contain_text("больше не следит")
    assert not Alert.objects.in_use().exists()
