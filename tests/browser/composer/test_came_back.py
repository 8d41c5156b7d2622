"""A refusal that was overtaken is a draft again while its author has the composer open: it is drawn, or asked about."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Habits, Ticket
from otklik.desk.tickets.steps import Refuse, Wait
from tests.browser.composer.moves import open_ticket
from tests.browser.conftest import hears

WHY = "скидки даёт только договор"


@pytest.fixture
def page(at_desk: Any, anna: User, boris: User, request_: Ticket) -> Any:
    """Anna at a request whose refusal, without a greeting, waits for a lead; her composer is empty."""
    Habits.objects.create(team=request_.team, approved_reasons=["rules"])
    step = Refuse("rules", WHY, ["пересчитаем тариф"], True)
    request_.ask_to_refuse("", by=anna, step=step, to=["pavel@volga.test"])
    page = at_desk(anna)
    recent.forget()
    open_ticket(page, request_)
    hears(anna)
    expect(page.locator("[name=explanation]")).to_have_value("")
    return page


def overtake(ticket: Ticket, by: User) -> None:
    Ticket.objects.get(pk=ticket.pk).reply("Смотрим", by=by, then=Wait(clock.now() + timedelta(days=2)))


def is_drawn(page: Any) -> None:
    expect(page.locator("[name=explanation]")).to_have_value(WHY)
    expect(page.locator("[name=next][value=refuse]")).to_be_checked()
    expect(page.locator("[name=base]")).not_to_have_value("")


def test_an_untouched_composer_is_drawn_anew(page: Any, ilya: User, request_: Ticket) -> None:
    overtake(request_, ilya)
    is_drawn(page)


def test_whoever_has_typed_meanwhile_is_asked_and_keeps_both(
    page: Any, anna: User, ilya: User, request_: Ticket, wait_until: Any
) -> None:
    page.route("**/newer/**", lambda route: route.fulfill(status=503, body=""))  # no news comes to this window
    overtake(request_, ilya)
    field = page.locator("#reply-text")
    field.press_sequentially("Павел, пришлите договор")
    field.blur()
    expect(page.locator("[data-notice=conflict]")).to_contain_text(WHY)
    kept = Draft.objects.get(author=anna, mode="reply")
    assert kept.form["explanation"] == WHY and not kept.text

    page.locator("[data-keep-both]").click()

    is_drawn(page)
    expect(page.locator("#reply-text")).to_have_value("Павел, пришлите договор")
    expect(page.locator("[data-notice=conflict]")).to_be_hidden()
    wait_until(lambda: Draft.objects.filter(author=anna, text="Павел, пришлите договор").exists())
    assert Draft.objects.get(author=anna, mode="reply").form["explanation"] == WHY


def test_whoever_takes_that_one_has_all_of_it(page: Any, ilya: User, request_: Ticket) -> None:
    page.route("**/newer/**", lambda route: route.fulfill(status=503, body=""))
    overtake(request_, ilya)
    field = page.locator("#reply-text")
    field.press_sequentially("Павел")
    field.blur()
    expect(page.locator("[data-notice=conflict]")).to_be_visible()

    page.locator("[data-take-theirs]").click()

    is_drawn(page)
    expect(page.locator("#reply-text")).to_have_value("")
