"""Along the list by a key: the next request is there before it is asked for, and is as the desk knows it."""

import itertools
import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.presence import Seen
from tests.browser.conftest import hears
from tests.fixtures.cast import Write
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
type Desk = Callable[..., Any]
PAINTED = """([key, subject]) => new Promise((done) => {
    const began = performance.now();
    const drawn = new MutationObserver(() => {
        if (document.querySelector("#head-words h2")?.textContent.trim() !== subject) return;
        drawn.disconnect();
        requestAnimationFrame(() => {
            const told = new MessageChannel(); // a task of its own comes behind the frame
            told.port1.onmessage = () => done(performance.now() - began);
            told.port2.postMessage(null);
        });
    });
    drawn.observe(document.body, { subtree: true, childList: true, characterData: true });
    const code = { "[": "BracketLeft", "]": "BracketRight" }[key];
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }));
})"""
"""Milliseconds from a key of the list to the frame that shows the request with that subject."""
NEVER_AHEAD = """
const asks = window.fetch;
window.fetch = (address, how) => (how?.headers?.["X-Ahead"] ? Promise.reject(Error("not now")) : asks(address, how));
"""


@pytest.fixture
def three(writes: Write, pavel: Contact) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(3)]


@pytest.fixture
def page(at_desk: Desk, anna: User, three: list[Ticket]) -> Any:
    """Anna has gone from the first request to the second one, and the third has come ahead."""
    page = at_desk(anna)
    page.goto(f"/tickets/{three[0].number}/?view=line")
    page.wait_for_selector("#queue[data-queue]")
    hears(anna)
    with come_ahead(page, three[2]):
        page.keyboard.press("]")
    expect(page.locator("#head-words h2")).to_have_text("Дело 1")
    return page


def ahead(request: Any) -> bool:
    return "x-ahead" in request.headers


def come_ahead(page: Any, ticket: Ticket) -> Any:
    """Until the page of a request has come ahead, to its last byte."""
    address = f"/tickets/{ticket.number}/?"
    return page.expect_request_finished(lambda request: address in request.url and ahead(request))


def opened(page: Any) -> list[str]:
    """Addresses of requests that are opened from now on."""
    addresses: list[str] = []

    def note(request: Any) -> None:
        if re.search(r"/tickets/\d+/(\?|$)", request.url) and not ahead(request):
            addresses.append(request.url)

    page.on("request", note)
    return addresses


def test_the_next_one_is_shown_without_being_asked_for_and_is_opened_then(
    page: Any, three: list[Ticket], anna: User
) -> None:
    assert not Seen.objects.filter(ticket=three[2]).exists()
    asked, news = opened(page), []
    page.on("request", lambda request: news.append(request.url) if "/timeline/" in request.url else None)
    page.keyboard.press("]")

    expect(page.locator("#head-words h2")).to_have_text("Дело 2")
    expect(page.locator(f"#composer[data-number='{three[2].number}']")).to_be_visible()
    wait_until(lambda: Seen.objects.filter(ticket=three[2], user=anna, opened_at__isnull=False).exists())
    assert asked == []
    expect(page.locator("#talk[data-ahead]")).to_have_count(0)
    for _look in range(4):  # each longer than news are gathered for
        page.evaluate("() => fetch('/livez').then(() => new Promise((done) => setTimeout(done, 150)))")
    assert len(news) == 1 and "opens=1" in news[0]
    page.wait_for_url(f"**/tickets/{three[2].number}/**")


def test_what_has_changed_since_is_asked_for_anew(page: Any, three: list[Ticket], ilya: User) -> None:
    asked = opened(page)
    with page.expect_event("console", lambda message: message.text == "heard"):
        page.evaluate("document.body.addEventListener('live:ticket', () => console.log('heard'), { once: true })")
        three[2].note("Уже звонили", by=ilya)
    page.keyboard.press("]")

    expect(page.locator("#timeline")).to_contain_text("Уже звонили")
    assert [address for address in asked if f"/tickets/{three[2].number}/" in address]


@pytest.mark.parametrize("is_fetched_ahead", [True, False], ids=["fetched-ahead", "asked-for"])
def test_how_soon_the_next_one_is_painted(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, request: pytest.FixtureRequest, is_fetched_ahead: bool
) -> None:
    """Flow 17 asks for 100 ms on a quiet machine: `-s` prints what it took here, beside what it takes without."""
    walked = [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(9)]
    page = at_desk(anna)
    if not is_fetched_ahead:
        page.add_init_script(NEVER_AHEAD)
    page.goto(f"/tickets/{walked[0].number}/?view=line")
    page.wait_for_selector("#queue[data-queue]")
    hears(anna)
    asked, took = opened(page), []
    for now, then in itertools.pairwise(walked[1:]):
        with come_ahead(page, then) if is_fetched_ahead else nullcontext():
            took.append(page.evaluate(PAINTED, ["]", now.subject]))
        expect(page.locator(f"#composer[data-number='{now.number}']")).to_be_visible()
    assert len(asked) == (1 if is_fetched_ahead else len(took))  # the first step of a walk is asked for
    name = f"next request painted, {request.node.callspec.id}, ms"
    request.node.user_properties.append((name, sorted(took[1:])[len(took) // 2]))
    print(f"{name}:", [round(one) for one in took[1:]])
