"""The queue narrowed by a field of the company's own, and kept under a name."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Field, SavedList
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_by_the_form_live_saved_and_opened_again(at_desk: Desk, anna: User, writes: Write) -> None:
    contract = Field.objects.create(name="Договор")
    ours, other = writes("Дело 1", subject="Дело 1"), writes("Дело 2", subject="Дело 2")
    ours.fill({contract.pk: "12-44"}, by=anna)
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.locator("#queue a[href$='/narrow/']").click()
    page.locator("dialog [name=field]").select_option(label="Договор")
    page.locator("dialog [name=value]").fill("12-44")
    page.locator("dialog [type=submit]").click()

    expect(page.locator(".parts .chip")).to_contain_text("Договор = 12-44")
    expect(page.locator(f"#t{ours.pk}")).to_be_visible()
    expect(page.locator(f"#t{other.pk}")).to_have_count(0)

    page.wait_for_load_state("load")  # before its scripts are there a link leads to a page of its own
    page.get_by_role("link", name="Сохранить список").click()
    page.locator("dialog [name=name]").fill("Договор Волги")
    page.locator("dialog [type=submit]").click()
    expect(page.locator(".toast")).to_contain_text("Список сохранён")
    assert SavedList.objects.get().query == f"field:{contract.pk}=12-44"

    page.locator(".parts .chip").click()
    expect(page.locator(f"#t{other.pk}")).to_be_visible()
    page.locator("[popovertarget=views]").click()
    expect(page.locator("#views")).to_be_visible()
    page.locator("#views a", has_text="Договор Волги").click()
    expect(page.locator(f"#t{other.pk}")).to_have_count(0)
    expect(page.locator(f"#t{ours.pk}")).to_be_visible()


def test_a_menu_opened_before_its_scripts_came_fills_when_they_do(at_desk: Desk, anna: User) -> None:
    SavedList.objects.keep(anna, "Договор Волги", "line", "tag:vpn")
    page = at_desk(anna)
    scripts = threading.Event()
    held: list[Any] = []
    page.route("**/*.js", lambda route: route.continue_() if scripts.is_set() else held.append(route))
    page.goto("/queue/line/", wait_until="commit")
    page.locator("[popovertarget=views]").click()
    expect(page.locator("#views")).to_be_visible()

    scripts.set()
    for route in held:
        route.continue_()

    expect(page.locator("#views .saved-list")).to_contain_text("Договор Волги")


def test_a_lead_gives_a_list_to_the_line_renames_it_and_takes_it_away(
    at_desk: Desk, anna: User, boris: User, line_one: Team, writes: Write
) -> None:
    ours, other = writes("Дело 1", subject="Дело 1"), writes("Дело 2", subject="Дело 2")
    ours.tag(["vpn"], by=anna)
    leads, theirs = at_desk(boris), at_desk(anna)
    leads.goto("/queue/line/?q=tag:vpn")
    leads.wait_for_load_state("load")
    leads.get_by_role("link", name="Сохранить список").click()
    leads.locator("dialog [name=name]").fill("Сеть")
    leads.locator("dialog [name=for]").select_option(label=line_one.name)
    leads.locator("dialog [type=submit]").click()
    expect(leads.locator(".toast")).to_contain_text("Список сохранён")

    theirs.goto("/queue/line/")
    theirs.wait_for_load_state("load")
    theirs.locator(".view-name").click()
    door = theirs.locator("#views .saved-list a", has_text="Сеть")
    expect(door.locator(".n")).to_have_text("1")
    expect(theirs.locator("#views .saved-list .btn")).to_have_count(0)
    door.click()
    expect(theirs.locator(f"#t{ours.pk}")).to_be_visible()
    expect(theirs.locator(f"#t{other.pk}")).to_have_count(0)

    leads.wait_for_load_state("load")
    leads.locator(".view-name").click()
    leads.get_by_role("link", name="Изменить список «Сеть»").click()
    leads.locator("dialog [name=name]").fill("Сеть и VPN")
    leads.locator("dialog footer [type=submit]").click()
    expect(leads.locator(".toast")).to_contain_text("Список изменён")
    theirs.goto("/queue/line/")
    theirs.wait_for_load_state("load")
    theirs.locator(".view-name").click()
    expect(theirs.locator("#views .saved-list")).to_contain_text("Сеть и VPN")

    leads.wait_for_load_state("load")
    leads.locator(".view-name").click()
    leads.get_by_role("link", name="Изменить список «Сеть и VPN»").click()
    leads.locator("dialog").get_by_role("button", name="Ниже в меню").click()
    expect(leads.locator(".toast").last).to_contain_text("Список переставлен")
    leads.wait_for_load_state("load")
    leads.locator(".view-name").click()
    leads.get_by_role("link", name="Изменить список «Сеть и VPN»").click()
    leads.locator("dialog").get_by_role("button", name="Убрать список").click()
    expect(leads.locator(".toast").last).to_contain_text("Список убран")
    assert not SavedList.objects.exists()
