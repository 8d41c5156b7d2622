"""The queue narrowed by a field of the company's own, and kept under a name."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
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

    page.locator(".parts .link").click()
    page.locator("dialog [name=name]").fill("Договор Волги")
    page.locator("dialog [type=submit]").click()
    expect(page.locator(".toast")).to_contain_text("Список сохранён")
    assert SavedList.objects.get().query == f"field:{contract.pk}=12-44"

    page.locator(".parts .chip").click()
    expect(page.locator(f"#t{other.pk}")).to_be_visible()
    page.wait_for_timeout(500)
    page.locator("[popovertarget=views]").click()
    page.locator("#views a", has_text="Договор Волги").click()
    expect(page.locator(f"#t{other.pk}")).to_have_count(0)
    expect(page.locator(f"#t{ours.pk}")).to_be_visible()
