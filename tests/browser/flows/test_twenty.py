"""An agent of the demo company handles twenty requests without a mouse."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.config.demo import load
from otklik.core.staff.models import User
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Visit
from tests.browser.flows.hands import Hands

MANY = 20
ENDS = ("reply", "wait", "solved", "refused")
KEYS = {"reply": "R", "wait": "R", "solved": "E", "refused": "Shift+R"}
STOPS = ("#stale", "#doubts", "#unfilled", "#trouble", "#composer .dates input", "#composer [aria-invalid=true]")
STOPPED = ", ".join(f"{place}:focus" for place in STOPS)
LETTER = """From: Клиент <c{number}@new.example>
To: {to}
Subject: Вопрос {number}
Message-ID: <{number}@new.example>
Content-Type: text/plain; charset=utf-8

Как подключить ещё один номер?
"""


@pytest.fixture
def marina(transactional_db: None) -> User:
    """The demo company, and some letters of this minute: at some hours fewer of its requests wait."""
    load()
    door = Channel.objects.filter(kind="email").order_by("pk")[0]
    for number in range(3):
        raw = LETTER.format(number=number, to=door.address).encode()
        inbox.accept(door, raw, external_id=f"{number}@new.example", content_hash=hashlib.sha256(raw).hexdigest())
    inbox.work_all()
    return User.objects.get(login="marina")


@pytest.mark.slow
def test_twenty_requests_by_keyboard_alone(at_desk: Callable[..., Any], marina: User) -> None:
    hands = Hands(at_desk(marina), "russian")
    hands.page.goto("/")
    done: set[str] = set()

    for name in ("Все открытые", "Ожидают"):
        into(hands, name)
        while len(done) < MANY and (number := open_next(hands, done)):
            if Visit.objects.filter(ticket=number, over_at=None).exists():
                leave_a_note(hands, f"Ответ {len(done)}")  # somebody is on the way: the client waits for them
            else:
                answer(hands, ENDS[len(done) % len(ENDS)], f"Ответ {len(done)}")
            done.add(number)

    assert answered_by(marina) == done
    assert len(done) == MANY


def into(hands: Hands, name: str) -> None:
    """A list by the palette, and its first row open."""
    hands.press("Escape")
    hands.press("Control+k")
    hands.page.wait_for_selector(".palette:popover-open input:focus")
    hands.write(name)
    hands.page.wait_for_selector(f".palette [aria-selected=true]:has-text('{name}')")
    hands.press("Enter")
    hands.page.wait_for_url("**/queue/**")
    hands.press("J")
    hands.page.wait_for_selector("[data-row] a:focus")
    hands.press("Enter")
    hands.page.wait_for_url("**/tickets/**")


def open_next(hands: Hands, done: set[str]) -> str:
    """Down the rows to one that is not answered yet and may be; "" at the end of the list."""
    page = hands.page
    while True:
        number = str(page.url.partition("/tickets/")[2].partition("/")[0])
        page.wait_for_selector(f"#open[data-ticket='{number}'] #composer")
        page.wait_for_selector("#queue[data-queue]")
        if number not in done and page.locator("#reply-text").count():
            return number
        if page.locator("#rows li[data-ticket]").last.get_attribute("data-ticket") == number:
            return ""
        hands.press("J")
        page.wait_for_selector(f"#rows li:not([data-ticket='{number}']) a:focus")
        hands.press("Enter")
        page.wait_for_url(lambda url, number=number: f"/tickets/{number}/" not in url)


def answered_by(person: User) -> set[str]:
    told = Message.objects.filter(author=person, direction__in=("out", "note"), text__startswith="Ответ ")
    return {str(number) for number in told.values_list("conversation__ticket__pk", flat=True)}


def leave_a_note(hands: Hands, text: str) -> None:
    hands.press("N")
    hands.page.wait_for_selector("#note-text:focus")
    hands.write(text)
    with hands.page.expect_response(lambda answer: answer.url.endswith("/note/")):
        hands.press("Control+Enter")
    expect(hands.page.locator("#timeline")).to_contain_text(text)
    expect(hands.page.locator("#note-text")).to_have_value("")


def answer(hands: Hands, end: str, text: str) -> None:
    """Write, choose what follows, send, and put right what the page asks for."""
    hands.press(KEYS[end])
    hands.page.wait_for_selector("#reply-text:focus")
    hands.write(text)
    if end == "wait":
        rather_wait(hands)
    for _stop in range(8):
        if send(hands):
            return
        put_right(hands)
    raise AssertionError(f"still not sent: {hands.page.url}")


def send(hands: Hands) -> bool:
    """The answer of the server has come and is drawn: the bar, or what is to be put right."""
    page = hands.page
    with page.expect_response(lambda answer: answer.url.endswith("/reply/")):
        hands.press("Control+Enter")
    page.wait_for_selector("#composer:not([data-busy])")
    page.wait_for_selector(f".sentbar, {STOPPED}")
    return bool(page.locator(".sentbar").count())


def rather_promise(hands: Hands) -> None:
    hands.press("Escape")
    hands.press("D")
    hands.page.wait_for_selector("[name=promise_until]:focus")


def rather_wait(hands: Hands) -> None:
    rather_promise(hands)
    hands.press("Shift+Tab")
    hands.page.wait_for_selector("#n-vow:focus")
    hands.press("ArrowLeft")
    hands.page.wait_for_selector("#n-wait:focus:checked")


def put_right(hands: Hands) -> None:
    """A field is filled in; a soft stop is read, and the same key sends over it."""
    page = hands.page
    if page.locator("#unfilled:focus").count():
        hands.press("Tab")
        hands.press("Enter")
        page.wait_for_selector("dialog[open] :is(input, select, textarea):focus")
        fill(hands, page.locator(":focus"))
        hands.press("Control+Enter")
        page.wait_for_selector("dialog[open]", state="detached")
    elif page.locator("#trouble:focus, .dates input:focus, [name=next]:focus").count():
        rather_promise(hands)  # it cannot end yet, or something is promised earlier than we would wait
    elif (field := page.locator("#composer [aria-invalid=true]:focus")).count():
        fill(hands, field)


def fill(hands: Hands, field: Any) -> None:
    if field.evaluate("field => field.matches('select')"):
        hands.press("ArrowDown")
    elif field.evaluate("field => field.matches('[type=email]')"):
        hands.write("client@new.example")  # somebody who only called told it
    else:
        hands.write("Так договорились с клиентом")
