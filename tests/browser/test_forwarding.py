"""A letter goes to a supplier and comes back, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_F_forwards_outside_and_one_press_takes_it_back(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, anna: User
) -> None:
    page = at_desk(anna)
    page.goto(f"{live_app.url}/tickets/{ticket.number}/")
    page.fill("#composer textarea[name=text]", "Начатый ответ")
    page.locator("#flow").focus()
    press_russian(page, "F")
    form = page.locator("dialog .forward")
    form.locator("[name=to_more]").fill("sales@supplier.test")
    form.locator("[name=to_more]").press("Enter")
    form.locator("[name=cc_more]").fill("boss@supplier.test; x@supplier.test")
    with page.expect_response("**/forward/draft/"):
        form.locator("[name=text]").fill("Есть ли такая деталь?")
    form.locator("[name=whole]").check()
    expect(form.locator("[name=messages]:disabled").first).to_be_attached()  # drawn anew: each of them goes along
    expect(form.locator("[name=text]")).to_have_value("Есть ли такая деталь?")
    form.locator("[value=aside]").check()
    form.locator("button[type=submit]").click()

    page.locator("#timeline .msg", has_text="Есть ли такая деталь?").wait_for()
    ticket.refresh_from_db()
    assert ticket.status == "scheduled" and "sales@supplier.test" in ticket.next_note

    with page.expect_response("**/undo/**"):
        page.locator("#toasts button[data-key=undo]").click()
    expect(page.locator("#toasts button[data-key=undo]")).to_have_count(0)
    expect(page.locator("#composer textarea[name=text]")).to_have_value("Начатый ответ")
    said = Message.objects.get(outbound__kind="forward")
    assert (said.to, said.cc) == (["sales@supplier.test"], ["boss@supplier.test", "x@supplier.test"])
    ticket.refresh_from_db()
    assert said.taken_back_at and ticket.status != "scheduled"

    page.locator("#flow").focus()
    press_russian(page, "F")
    expect(form.locator("[name=text]")).to_have_value("Есть ли такая деталь?")
    expect(form.locator("[name=cc]:checked")).to_have_count(2)
    expect(form.locator(".callout")).to_have_count(0)
