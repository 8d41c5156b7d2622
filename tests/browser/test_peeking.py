"""Space looks inside a request from the list: it is shown, and nobody has opened it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.presence import Presence, Seen
from tests.fixtures.cast import Write
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(writes: Write, pavel: Contact) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(2)]


@pytest.fixture
def page(at_desk: Callable[..., Any], anna: User, two: list[Ticket]) -> Any:
    """Anna stands in the list, on the first row, and has looked inside."""
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.wait_for_selector("#queue[data-queue]")
    page.keyboard.press("j")
    expect(row(page, two[0])).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#head-words h2")).to_have_text("Дело 0")
    expect(page.locator("#open[data-peeked]")).to_be_visible()
    return page


def row(page: Any, ticket: Ticket) -> Any:
    return page.locator(f"#t{ticket.number} a.qrow")


def has_opened(user: User, ticket: Ticket) -> bool:
    return Seen.objects.filter(ticket=ticket, user=user, opened_at__isnull=False).exists()


def test_the_list_keeps_the_focus_and_the_request_stays_unread(page: Any, anna: User, two: list[Ticket]) -> None:
    expect(row(page, two[0])).to_be_focused()
    expect(row(page, two[0])).to_have_attribute("data-unread", "")
    page.keyboard.press("j")
    expect(row(page, two[1])).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("#head-words h2")).to_have_text("Дело 1")
    expect(page.locator("#open[data-peeked]")).to_be_visible()

    assert not Seen.objects.filter(user=anna).exists()
    assert not Presence.objects.filter(user=anna).exists()


def test_who_goes_in_has_opened_it(page: Any, anna: User, two: list[Ticket]) -> None:
    page.locator("#head-words").click()

    expect(row(page, two[0])).not_to_have_attribute("data-unread", "")
    wait_until(lambda: has_opened(anna, two[0]))
    wait_until(lambda: Presence.objects.filter(user=anna, ticket=two[0]).exists())


def test_enter_opens_it(page: Any, anna: User, two: list[Ticket]) -> None:
    page.keyboard.press("Enter")

    expect(page.locator("#open[data-peeked]")).to_have_count(0)
    wait_until(lambda: has_opened(anna, two[0]))


def test_a_key_of_the_request_opens_it_and_does_its_act(page: Any, anna: User, two: list[Ticket]) -> None:
    page.keyboard.press("r")

    expect(page.locator("#composer [data-mode=reply] textarea[name=text]").first).to_be_focused()
    wait_until(lambda: has_opened(anna, two[0]))
