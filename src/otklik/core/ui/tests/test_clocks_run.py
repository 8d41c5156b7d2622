"""Clocks in the page run from the server's deadline and say what the server would say."""

import pytest
from django.utils import translation
from playwright.sync_api import Page, expect

from otklik.core.ui import words
from tests.fixtures.browser import stand_still

PUT = """([due, soon, start]) => { document.querySelector("h1").insertAdjacentHTML("afterend",
    `<p><span class="sla" id="clock" data-s="calm" data-due="${due}" data-soon="${soon}"
    data-start="${start}"><svg><circle class="left"/></svg><span class="sr">осталось </span>
    <span data-left>?</span></span></p>`) }"""


def test_a_clock_turns_from_calm_to_near_to_late(desk: Page) -> None:
    stand_still(desk)
    desk.goto("/desk/")
    now = int(desk.evaluate("Date.now()") / 1000)
    desk.evaluate(PUT, [now + 120, now + 60, now - 120])
    clock = desk.locator("#clock")
    for step, state in ((0, "calm"), (65, "soon"), (60, "breach")):
        desk.clock.run_for((step + 16) * 1000 if not step else step * 1000)
        expect(clock).to_have_attribute("data-s", state)
    expect(clock).to_contain_text("−")


@pytest.mark.parametrize("seconds", [0, 5, 59, 60, 3599, 3600, 3905, 86399, 86400, 90000, 300000, 604800, 999999])
def test_script_and_server_use_the_same_words(desk: Page, seconds: int) -> None:
    said = desk.evaluate("seconds => import('/static/ui/js/timers.js').then(m => m.span(seconds))", seconds)
    with translation.override("ru"):
        assert said == words.span(seconds)
