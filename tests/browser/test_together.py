"""Two specialists on one request: asked by a key, told at once, both see who writes."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import open_ticket
from tests.browser.conftest import hears, press_russian

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_a_colleague_of_another_line_is_asked_comes_and_both_see_who_writes(
    at_desk: Desk, anna: User, vera: User, ticket: Ticket
) -> None:
    ticket.take(by=anna)
    annas, veras = at_desk(anna), at_desk(vera)
    veras.goto("/tasks/")
    open_ticket(annas, ticket)
    hears(anna, vera)

    press_russian(annas, "A", shift=True)
    annas.locator(f"dialog [name=user][value='{vera.pk}']").check()
    annas.locator("dialog [name=shown]").check()
    annas.locator("dialog [type=submit].primary").click()
    expect(annas.locator("#head-words .chip", has_text="Вера Лис")).to_be_visible()

    toast = veras.locator(".toast[data-tone]")
    expect(toast).to_contain_text("Анна Белова зовёт вас")
    toast.locator("a").click()
    veras.wait_for_url(f"**/tickets/{ticket.pk}/**")
    veras.locator("#reply-text").click()
    veras.keyboard.type("Смотрю маршруты")

    expect(annas.locator("#presence")).to_contain_text("Вера отвечает", timeout=15_000)
    assert Ticket.objects.get(pk=ticket.pk).owner == anna
