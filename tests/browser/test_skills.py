"""A lead says by keyboard what the line needs and how good somebody is, and reads who would be missed."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from otklik.core.staff.models import Ability, Requirement, User

type Desk = Callable[..., Any]


def test_the_matrix_from_nothing_to_who_carries_it_alone(at_desk: Desk, boris: User, anna: User, ilya: User) -> None:
    page = at_desk(boris)
    page.goto("/board/skills/")
    expect(page.locator("main")).to_contain_text("не названо ни одного умения")
    page.get_by_role("link", name="Что нужно линии").click()
    page.locator("[name=name]").fill("SIP-транки")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("нужно 2 с уровнем 2")

    page.get_by_role("link", name=anna.name).click()
    level = page.locator("select").first
    level.focus()
    page.keyboard.press("End")
    expect(level).to_have_value("4")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("держится на одном человеке")
    assert Ability.objects.get().level == 4 and Requirement.objects.get().people == 2

    page.get_by_role("link", name=ilya.name).click()
    page.locator("select").first.select_option("3")
    page.locator("[data-key=send]").click()
    expect(page.locator("h1")).to_contain_text("ничто не держится на одном человеке")
