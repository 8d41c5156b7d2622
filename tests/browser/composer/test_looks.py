"""The composer, its dialogs and notices are usable by everybody: no violation of WCAG in any state, light or dark."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.models import Presence, Ticket
from tests.browser.composer.moves import sent
from tests.browser.conftest import hears
from tests.fixtures.browser import NARROW, WIDE, settle
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]

# Its own styles, which axe puts into the page, need the content policy to look away: bypass_csp.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Any) -> list[str]:
    """What axe finds inside of the conversation and open dialogs."""
    settle(page)
    found = Axe().run(
        page, context=".talk, dialog[open]" if page.locator("dialog[open]").count() else ".talk", options=WCAG
    )
    assert found.response["passes"], "axe looked at nothing"
    return [f"{each['id']}: {node['html'][:160]}" for each in found.response["violations"] for node in each["nodes"]]


@pytest.fixture
def long_request(pavel: Contact, writes: Write, ilya: User, line_two: Team) -> Ticket:
    """Long Russian words everywhere, a client far away, a colleague who writes."""
    pavel.address_as, pavel.time_zone = "Павел Андреевич Константинопольский, на «вы»", "Asia/Kamchatka"
    pavel.quiet_hours = "Обед 13–14; с 25-го по 31-е закрытие месяца, только письма"
    pavel.save()
    copies = ["director-of-the-long-named-department@volga.test", "olga@volga.test"]
    ticket = writes("Пропал звук.", subject="Обрываются звонки в филиале на Краснознамённой", cc=copies)
    Presence.objects.beat(ticket, ilya, "writes")
    return ticket


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_state_is_accessible_and_fits(
    at_desk: Desk, anna: User, long_request: Ticket, writes: Write, scheme: str, viewport: dict[str, int]
) -> None:
    page = at_desk(anna, color_scheme=scheme, viewport=viewport, bypass_csp=True)
    page.goto(f"/tickets/{long_request.number}/?view=mine")
    hears(anna)
    found = {"as it opens": violations(page)}

    def look(state: str) -> None:
        found[state] = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{state}: {wide} px stick out"

    page.fill("#reply-text", "Вернусь с ответом к пятнице. " * 6)
    page.locator(".addressees summary").click()
    page.locator("[name=cc]").first.uncheck()
    look("typed, somebody left out")
    page.locator("label:has(#n-no)").click()
    page.locator("[data-key=send]:visible").click()
    page.wait_for_selector("#e-reason")
    look("an incomplete refusal")
    page.locator("label:has(#m-note)").click()
    look("a note")
    page.locator("label:has(#m-reply)").click()
    page.locator("label:has(#n-vow)").click()
    first = long_request.conversation.messages.order_by("id")[0]
    writes("Уже заработало", references=[first.external_id])
    page.wait_for_selector("[data-notice=news]:visible")
    page.locator("[data-key=send]:visible").click()
    page.wait_for_selector("#stale")
    look("stopped by news")
    page.locator("[name=anyway]").click()
    sent(page)
    look("sent")

    assert {state: each for state, each in found.items() if each} == {}


@pytest.mark.parametrize("key", ["a", "l", "h"])
def test_the_dialogs_are_accessible_and_give_the_focus_back(
    at_desk: Desk, anna: User, boris: User, long_request: Ticket, key: str
) -> None:
    page = at_desk(anna, bypass_csp=True)
    page.goto(f"/tickets/{long_request.number}/?view=mine")
    page.wait_for_selector("#reply-text")
    opener = {"a": "assign", "l": "line", "h": "snooze"}[key]
    page.locator(f"[data-acts] [data-key={opener}]").focus()
    page.keyboard.press(key)
    page.wait_for_selector("dialog[open]")

    assert violations(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    expect(page.locator(f"[data-acts] [data-key={opener}]")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_saved_replies_are_accessible_and_fit(
    at_desk: Desk, anna: User, long_request: Ticket, scheme: str, viewport: dict[str, int]
) -> None:
    SavedReply.objects.create(
        name="Авария у вышестоящего оператора, срок восстановления неизвестен",
        shortcut="авария",
        text="Здравствуйте, {{клиент}}!\n\nПричина: {{причина}}.\n\n" + "Достопримечательность. " * 40,
        owner=anna,
    )
    page = at_desk(anna, color_scheme=scheme, viewport=viewport, bypass_csp=True)
    page.goto(f"/tickets/{long_request.number}/?view=mine")
    found = {}

    def look(state: str, context: str) -> None:
        settle(page)
        response = Axe().run(page, context=context, options=WCAG).response
        assert response["passes"], state
        found[state] = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{state}: {wide} px stick out"

    page.locator("#reply-text").click()
    page.locator("[data-key=template]:visible").click()
    expect(page.locator("#saved-look .hole")).to_be_visible()
    look("the list", "dialog[open]")
    page.keyboard.press("Escape")
    page.locator("#reply-text").press_sequentially("::")
    page.wait_for_selector("#offered")
    look("typed", "#composer")
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value(re.compile("Причина"))
    page.locator("[data-key=send]:visible").click()
    page.wait_for_selector("#doubts")
    look("stopped by an open place", "#composer")
    for address in ("/saved/", "/saved/new/", f"/saved/{SavedReply.objects.get().pk}/"):
        page.goto(address)
        look(address, "main")

    assert {state: each for state, each in found.items() if each} == {}


LIE_OVER = """() => {
  const within = [...document.querySelectorAll('.sheet > .bar .seg label, .write > .tools > *')];
  const seen = within.filter((one) => one.checkVisibility() && !one.matches('.menu'));
  const boxes = seen.map((one) => one.getBoundingClientRect());
  const met = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap((one, n) => boxes.slice(n + 1).filter((other) => met(one, other))).length;
}"""


@pytest.mark.parametrize("mode", ["reply", "note"])
@pytest.mark.parametrize("width", [320, 390, 430, 560, 1024, 1440])
def test_the_tools_lie_over_nothing(at_desk: Desk, anna: User, long_request: Ticket, width: int, mode: str) -> None:
    page = at_desk(anna, viewport={"width": width, "height": 844})
    page.goto(f"/tickets/{long_request.number}/?view=mine")
    page.locator("#reply-text").focus()
    page.locator(f"label:has(#m-{mode})").click()
    page.locator(f"#{mode}-text").focus()
    expect(page.locator(f".write[data-mode={mode}] .tools")).to_be_visible()

    assert page.evaluate(LIE_OVER) == 0
