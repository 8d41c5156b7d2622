"""An administrator lays the page of complaints out by keys; an agent sees it on a complaint and on nothing else."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from otklik.care.complaints.models import Complaint, Filing
from otklik.core.staff.models import User
from otklik.desk.tickets.layouts import Area, Kind, delivered
from otklik.desk.tickets.models import Layout, Ticket
from tests.fixtures.browser import NARROW, WIDE, settle
from tests.fixtures.cast import Write
from tests.fixtures.live import LiveApp, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def test_a_block_that_an_administrator_moves_is_there_on_a_complaint_alone(
    live_app: LiveApp,
    at_desk: Callable[..., Any],
    ticket: Ticket,
    writes: Write,
    admin: User,
    anna: User,
    head: User,
) -> None:
    Complaint.objects.file(Filing("Долго", "Срок", ticket=ticket), by=anna)
    other = writes("Другой вопрос", sender="olga@kama.test", sender_name="Ольга")
    settings = at_desk(admin)
    settings.goto(f"{live_app.url}/settings/layouts/")
    settings.get_by_role("link", name="Жалоба").press("Enter")
    settings.wait_for_url("**/settings/layouts/complaint/")

    block = settings.locator("#b-client-note")
    up = block.get_by_role("button", name="Выше: Что важно")
    usual = delivered(Kind.COMPLAINT).of(Area.CLIENT)
    assert usual[:2] == ["client.hello", "client.note"]
    up.press("Enter")
    expect(up).to_be_disabled()
    down = block.get_by_role("button", name="Ниже: Что важно")
    expect(down).to_be_focused()  # the way that is left

    folds = settings.locator("#b-client-talk").get_by_role("button", name="свёрнут")
    folds.press("Enter")
    expect(folds).to_have_attribute("aria-pressed", "true")
    expect(folds).to_be_focused()
    expect(settings.locator(".page-picture [data-state=folded]")).to_have_text("Как говорить")
    expect(settings.locator("#changes li").first).to_contain_text("Свёрнуто: Как говорить")

    page = at_desk(anna)
    page.goto(f"{live_app.url}/tickets/{other.number}/?card=client")
    expect(page.locator("#card h3", has_text="Как говорить")).to_be_visible()
    expect(page.locator("[data-block]")).to_have_count(0)

    page.goto(f"{live_app.url}/tickets/{ticket.number}/?card=client")
    fold = page.locator("[data-block='client.talk']")
    summary = fold.locator("summary")
    expect(summary).to_be_visible()
    expect(fold.get_by_text("Обращение", exact=True)).to_be_hidden()
    expect(page.locator("#card section h3").first).to_have_text("Что важно")
    expect(page.locator("#talk > .bond").first).to_have_id("complaint")

    summary.focus()
    with page.expect_response("**/me/preferences/") as kept:
        page.keyboard.press("Enter")
    assert kept.value.status == 204
    expect(fold.get_by_text("Обращение", exact=True)).to_be_visible()
    wait_until(lambda: User.objects.get(pk=anna.pk).card_opened == "client.talk")
    page.reload()
    expect(fold.get_by_text("Обращение", exact=True)).to_be_visible()  # the agent's own word counts

    settings.get_by_role("button", name="Как в поставке").press("Enter")
    expect(settings.locator("#b-client-talk")).to_have_attribute("data-state", "open")
    assert Layout.objects.get(pk=Kind.COMPLAINT).is_delivered
    page.reload()
    expect(page.locator("#card h3", has_text="Как говорить")).to_be_visible()
    expect(page.locator("[data-block]")).to_have_count(0)


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_settings_and_a_folded_panel_fit_and_are_accessible(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, admin: User, viewport: Any, scheme: str
) -> None:
    Layout.objects.of(Kind.ORDINARY).set_plan([], ["client.talk", "client.history"], ["tabs.visits", "client.products"])
    page = at_desk(admin, viewport=viewport, color_scheme=scheme)
    for address in ("settings/layouts/", "settings/layouts/ordinary/", f"tickets/{ticket.number}/?card=client#card"):
        page.goto(f"{live_app.url}/{address}")
        settle(page)
        expect(page.locator("[data-block='client.history']" if "tickets" in address else "h1").first).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
        found = Axe().run(page, options=WCAG)
        assert not found.response["violations"], re.sub(r"\s+", " ", found.generate_report())
