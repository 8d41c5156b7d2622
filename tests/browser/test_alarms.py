"""A moment of a service clock comes: one calm line on the page, in one tab."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.sla import due
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import COUNTS_CHOICES, hears, settled

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_the_owner_reads_one_line_in_one_tab_and_goes_to_the_request(
    at_desk: Desk, anna: User, ilya: User, ticket: Ticket, wait_until: Any
) -> None:
    ticket.take(by=anna)
    page, others = at_desk(anna), at_desk(ilya)
    page.context.add_init_script(COUNTS_CHOICES)
    page.goto("/tasks/")
    second = page.context.new_page()
    second.goto("/tasks/")
    others.goto("/tasks/")
    hears(anna, ilya)

    with clock.at(ticket.opened_at + timedelta(minutes=46)):
        due.tell_all()

    both = [page.locator(".toast[data-tone]"), second.locator(".toast[data-tone]")]
    settled(page, second)
    wait_until(lambda: any(one.count() for one in both))
    assert sum(one.count() for one in both) == 1
    assert others.locator(".toast[data-tone]").count() == 0

    shown = next(one for one in both if one.count())
    expect(shown).to_have_attribute("role", "status")
    expect(shown).to_contain_text("Мало времени: первый ответ")
    shown.locator("a").click()
    shown.page.wait_for_url(f"**/tickets/{ticket.number}/**")
