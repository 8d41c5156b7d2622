"""A command in words: found by the palette, looked at, done by one press and taken back by one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


@pytest.fixture
def two(ticket: Ticket, writes: Write) -> list[Ticket]:
    return [ticket, writes("Ещё", subject="Второе дело")]


def of(user: User) -> int:
    return Ticket.objects.filter(owner=user).count()


@pytest.mark.parametrize("words", ["владелец:нет кому:Белова", "owner:none to:Белова"], ids=["russian", "english"])
def test_a_lead_gives_work_in_words_by_keys_and_takes_it_back(
    at_desk: Desk, anna: User, boris: User, two: list[Ticket], words: str
) -> None:
    page = at_desk(boris)
    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette input")).to_be_focused()
    page.keyboard.type(words)
    option = page.locator("#palette [role=option][href*='/queue/command/']")
    expect(option).to_contain_text("2 обращения")
    expect(option).to_contain_text(anna.name)
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    page.wait_for_url("**/queue/command/**")
    expect(page.locator("#command")).to_have_value(words)
    expect(page.locator("main .todo li")).to_have_count(2)
    expect(page.locator("main .todo")).to_contain_text("Второе дело")
    assert of(anna) == 0, "nothing is done before the press"
    page.get_by_role("button", name="Отдать 2 обращения").press("Enter")

    done = page.locator("main [role=status]")
    expect(done).to_be_visible()
    assert of(anna) == 2
    done.get_by_role("button").press("Enter")
    page.wait_for_url(lambda address: "/queue/command/" not in address)
    expect(page.locator("main#main")).to_be_visible()
    assert of(anna) == 0


def test_what_is_not_understood_is_said_and_mended_on_the_page(
    at_desk: Desk, anna: User, boris: User, two: list[Ticket]
) -> None:
    page = at_desk(boris)
    page.goto("/queue/command/?c=владелец:нет кому:Никого")
    expect(page.locator("#e-command")).to_contain_text("Никого")
    expect(page.locator("#command")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("main form [name=ids]")).to_have_count(0)
    page.fill("#command", "владелец:нет кому:anna")
    page.locator("#command").press("Enter")
    page.wait_for_url("**anna**")
    expect(page.locator("#e-command")).to_have_count(0)
    expect(page.locator("main .todo li")).to_have_count(2)


def test_to_an_agent_the_palette_offers_no_command(at_desk: Desk, anna: User, two: list[Ticket]) -> None:
    page = at_desk(anna)
    page.goto("/")
    page.keyboard.press("Control+k")
    with page.expect_response("**/palette/?q=*"):
        page.locator("#palette input").fill("владелец:нет кому:Белова")
    expect(page.locator("#palette [role=option]").last).to_be_visible()
    expect(page.locator("#palette [href*='/queue/command/']")).to_have_count(0)
