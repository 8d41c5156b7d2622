"""One stream per browser; news reach every tab and wake what listens."""

import json

import pytest
from playwright.sync_api import Page, expect

from otklik.core.ui.tests.urls import HEARD, tell
from tests.fixtures.browser import stand_still
from tests.fixtures.live import wait_until

HEARS = """kind => {
    const heard = document.body.appendChild(document.createElement("output"));
    heard.id = "heard";
    document.body.addEventListener(kind, event => heard.append(`${event.detail?.id ?? "again"} `));
}"""


def hears(page: Page, text: str) -> None:
    expect(page.locator("#heard")).to_have_text(text)


def news(kind: str, number: int, **detail: object) -> None:
    tell(f"id: {number}\nevent: {kind}\ndata: {json.dumps({'id': number, **detail})}\n\n")


@pytest.fixture(autouse=True)
def the_stream_is_open(desk: Page) -> None:
    reads_again(1)


def reads_again(times: int) -> None:
    """Wait until the stream was opened that often."""
    wait_until(lambda: HEARD["streams"] >= times)


def test_news_wake_what_listens_and_leave_the_rest(desk: Page) -> None:
    news("ticket", 5)
    expect(desk.locator("#news")).not_to_have_text("0")
    expect(desk.locator("#other")).to_have_text("-")
    news("ticket", 99)
    expect(desk.locator("#other")).not_to_have_text("-")


def test_a_swapped_fragment_listens_again(desk: Page) -> None:
    news("ticket", 5)
    expect(desk.locator("#news")).not_to_have_text("0")
    first = desk.locator("#news").text_content() or ""
    news("ticket", 6)
    expect(desk.locator("#news")).not_to_have_text(first)


def test_two_tabs_share_one_stream_and_both_hear(desk: Page) -> None:
    second = desk.context.new_page()
    second.goto("/desk/")
    second.evaluate(HEARS, "live:ticket")
    desk.evaluate(HEARS, "live:ticket")
    news("ticket", 7)
    for page in (desk, second):
        hears(page, "7")
    assert HEARD["streams"] == 1


def test_when_the_reading_tab_closes_another_goes_on_from_the_last_id(desk: Page) -> None:
    second = desk.context.new_page()
    second.goto("/desk/")
    second.evaluate(HEARS, "live:ticket")
    news("ticket", 41)
    hears(second, "41")
    desk.close()
    reads_again(2)
    news("ticket", 42)
    hears(second, "41 42")
    assert HEARD["last_ids"][-1] == "41"


def test_a_broken_stream_comes_back_and_says_so(desk: Page) -> None:
    news("ticket", 3)
    expect(desk.locator("#news")).not_to_have_text("0")
    desk.evaluate(HEARS, "live:connected")
    tell("end")
    hears(desk, "again")
    assert HEARD["last_ids"] == ["", "3"]


def test_silence_is_shown_and_its_end_announced(desk: Page) -> None:
    desk.clock.install()
    desk.goto("/desk/")
    reads_again(2)
    stand_still(desk)
    desk.evaluate(HEARS, "live:ticket")
    news("ticket", 8)
    hears(desk, "8")  # from here the silence is counted
    HEARD["down"] = True
    tell("end")
    wait_until(lambda: 2 in HEARD["ended"])
    desk.evaluate("fetch('/search/?q=')")  # what the stream said before is heard by now
    desk.clock.fast_forward(15_000)
    expect(desk.locator(".offline")).to_have_count(0)
    desk.clock.fast_forward(10_000)
    expect(desk.locator(".offline")).to_be_visible()
    HEARD["down"] = False
    desk.clock.resume()
    expect(desk.locator(".offline")).to_have_count(0, timeout=30_000)
    expect(desk.locator("#announce")).not_to_be_empty()


def test_the_parser_takes_a_stream_in_any_pieces(desk: Page) -> None:
    text = "id: 1\nevent: a\ndata: x\ndata: y\n\n: ping\n\ndata:z\r\n\r\n"
    script = """async ([text, size]) => {
        const { parser } = await import("/static/ui/js/sse.js");
        const heard = [], feed = parser(({ name, data, id }) => heard.push([name, data, id]));
        for (let at = 0; at < text.length; at += size) feed(text.slice(at, at + size));
        return heard;
    }"""
    for size in (1, 2, 3, 7, 100):
        assert desk.evaluate(script, [text, size]) == [["a", "x\ny", "1"], ["message", "z", ""]]
