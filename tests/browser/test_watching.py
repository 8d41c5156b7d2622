"""`W` watches a request and leaves it again."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket, Watch
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_by_its_key_on_the_russian_layout_and_back(at_desk: Callable[..., Any], anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    expect(page.locator("#watchers")).to_have_count(0)

    press_russian(page, "W")

    expect(page.locator("#watchers")).to_contain_text("вы следите")
    expect(page.locator("#watchers")).to_have_attribute("title", f"Следят: {anna.name}")
    expect(page.locator("#acts-menu [name=watch]")).to_contain_text("Не следить")
    page.locator(".view-name").click()
    page.locator("#views a", has_text="Под наблюдением").click()
    expect(page.locator("#queue .qrow")).to_have_count(1)

    page.locator("#queue .qrow").click()
    expect(page.locator("#watchers")).to_be_visible()
    press_russian(page, "W")

    expect(page.locator("#watchers")).to_have_count(0)


def test_colleagues_are_asked_to_watch_what_was_ticked_and_it_comes_back(
    at_desk: Callable[..., Any], anna: User, ilya: User, writes: Write
) -> None:
    tickets = [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(2)]
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.wait_for_selector("#queue[data-queue]")
    page.keyboard.press("Shift+X")
    expect(page.locator("#bulk [data-selected]")).to_have_text("2")

    press_russian(page, "W")
    dialog = page.locator("dialog", has_text="Попросить следить")
    dialog.get_by_label(ilya.name).check()
    dialog.locator("footer .primary").click()
    toast = page.locator("[data-toast]")
    expect(toast).to_contain_text("у 2 обращений новые наблюдатели")
    assert Watch.objects.filter(user=ilya, ticket__in=tickets).count() == 2

    toast.get_by_role("button").first.click()
    wait_until(lambda: not Watch.objects.exists())
