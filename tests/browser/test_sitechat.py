"""A visitor of another site writes in its chat, an agent answers, the visitor marks the answer: in real browsers."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.adapters.sitechat.live import hub, tell
from otklik.adapters.sitechat.models import Chat, Visitor
from otklik.care.surveys.models import Invitation, Score
from otklik.core import recent
from otklik.core.staff.models import Organisation, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import hears
from tests.fixtures.browser import PERSON, watch
from tests.fixtures.live import PATIENCE, wait_until

type Desk = Callable[..., Any]
NARROW = {"width": 390, "height": 844}
LOOKS = """
    Object.defineProperty(document, "visibilityState", { get: () => "%s", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
"""


@pytest.fixture
def shop(live_app: Any) -> Iterator[Any]:
    """Another site: `shop.shows(chat)` puts the chat into its page; returns the page's address."""

    class Site(BaseHTTPRequestHandler):
        line = ""

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", f"script-src {live_app.url}; frame-src {live_app.url}")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Лавка</title><h1>Лавка</h1>{Site.line}".encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, Site
    server.shutdown()
    server.server_close()


@pytest.fixture
def chat(live_app: Any, line_one: Team, shop: Any) -> Chat:
    server, site = shop
    Organisation.objects.update(undo_seconds=0)
    recent.forget()
    channel = Channel.objects.create(kind="chat", name="Чат", address="лавка", team=line_one, acknowledges=False)
    made = Chat.objects.create(channel=channel, sites=[f"http://localhost:{server.server_port}"], language="ru")
    site.line = f'<script src="{live_app.url}/chat/{made.key}/widget.js" async></script>'
    return made


@pytest.fixture
def visitor(browser: Any, live_app: Any, chat: Chat) -> Iterator[Any]:
    """A page on the other site; beside that site and us it asks nobody, and nothing fails in it."""
    context, troubles = browser.new_context(**{**PERSON, "viewport": NARROW}), list[str]()
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    watch(page, live_app.url, troubles)
    yield page
    context.close()
    assert [trouble for trouble in troubles if chat.sites[0] not in trouble] == []


def test_from_the_first_word_to_the_mark(at_desk: Desk, visitor: Any, chat: Chat, worker: None, anna: User) -> None:
    page = visitor
    page.goto(chat.sites[0], wait_until="load")
    page.get_by_role("button", name="Напишите нам").click()
    window = page.frame_locator("iframe")
    field = window.get_by_label("Ваше сообщение")
    expect(field).to_be_focused()
    expect(window.locator("#state")).to_contain_text("Мы на связи")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Напишите нам")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.type("Не приходят письма")
    page.keyboard.press("Enter")
    expect(window.locator("#said .theirs")).to_contain_text("Не приходят письма")
    expect(field).to_have_value("")
    wait_until(lambda: Ticket.objects.exists() and Visitor.objects.get().pk in hub.windows)

    ticket = Ticket.objects.get()
    desk = at_desk(anna)
    desk.goto(f"/tickets/{ticket.number}/", wait_until="load")
    expect(desk.locator("#composer")).to_contain_text("Клиент сейчас в чате")
    expect(desk.locator("#hello[hx-get]")).to_have_count(0)  # the opening line has come: news would break that off
    desk.fill("#reply-text", "Починили, **проверьте**")
    desk.locator("#composer input[name=next][value=resolve]").check(force=True)
    desk.fill("#summary", "Почта снова приходит")
    desk.locator("#reply-text").focus()
    desk.keyboard.press("Control+Enter")
    wait_until(lambda: ticket.conversation.messages.filter(direction="out", author=anna).exists())
    expect(window.locator("#said .ours strong")).to_have_text("проверьте", timeout=30_000)
    expect(desk.locator(".htmx-request")).to_have_count(0)
    desk.close()

    window.get_by_role("button", name="Завершить чат").click()
    mark = window.get_by_role("button", name="5: отлично")
    mark.click(timeout=30_000)
    expect(window.locator("[aria-pressed=true]")).to_contain_text("5", timeout=30_000)
    assert Score.objects.get().value == 5 and Invitation.objects.get().source == "chatend"
    page.reload(wait_until="load")
    page.get_by_role("button", name="Напишите нам").click()
    expect(window.locator("#said article:not(.welcome)")).to_have_count(3)


def test_a_page_that_nobody_looks_at_is_nobody_there(visitor: Any, live_app: Any, chat: Chat, worker: None) -> None:
    page = visitor
    page.clock.install()
    page.goto(f"{live_app.url}/chat/{chat.key}/?lang=ru", wait_until="load")
    page.get_by_label("Ваше сообщение").fill("Не приходят письма")
    page.keyboard.press("Enter")
    expect(page.locator("#said .theirs")).to_contain_text("Не приходят письма")
    wait_until(lambda: hub.open() == [Visitor.objects.get().pk])

    visitor_id = Visitor.objects.get().pk
    page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=10))  # what the machine takes is no time of the page
    page.evaluate(LOOKS % "hidden")
    for seconds in (20, 20, 19):
        with page.expect_response("**/said/**"):
            tell(visitor_id)  # a stream that is silent for 35 seconds is begun anew
        page.clock.fast_forward(1000 * seconds)
    assert hub.open(), "whoever looks elsewhere for less than a minute is there"

    page.clock.fast_forward(2_000)
    wait_until(lambda: not hub.open())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward(120_000)
    with page.expect_request("**/robots.txt"):
        page.evaluate("() => void fetch('/robots.txt')")
    assert [url for url in asked if "/live/" in url] == []

    page.evaluate(LOOKS % "visible")
    wait_until(lambda: hub.open() == [visitor_id])


def test_each_side_sees_that_the_other_writes(
    at_desk: Desk, visitor: Any, chat: Chat, worker: None, anna: User
) -> None:
    page = visitor
    page.goto(chat.sites[0], wait_until="load")
    page.get_by_role("button", name="Напишите нам").click()
    window = page.frame_locator("iframe")
    field = window.get_by_label("Ваше сообщение")
    expect(field).to_be_focused()
    page.keyboard.type("Не приходят письма")
    page.keyboard.press("Enter")
    expect(window.locator("#standing")).to_have_text("Ваше место в очереди: 1")
    wait_until(lambda: Ticket.objects.exists() and Visitor.objects.get().pk in hub.windows)
    ticket = Ticket.objects.get()
    desk = at_desk(anna)
    desk.goto(f"/tickets/{ticket.number}/", wait_until="load")
    hears(anna)

    page.keyboard.type("Ещё")
    expect(desk.locator("#client-types")).to_contain_text("клиент пишет")
    desk.locator("#reply-text").press_sequentially("Сейчас")

    expect(window.locator("#standing")).to_have_text("Пишем вам ответ…")
