"""Reading at the desk: what arrives appears by itself, nothing moves under the hand, the way back is kept."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from otklik.front.workspace.queries import counts
from tests.browser.conftest import hears, press_russian
from tests.fixtures.browser import NARROW, stand_still
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


@pytest.fixture
def listening(anna: User) -> Callable[[Any], None]:
    """Waits until Anna's page has its list and its stream."""

    def wait(page: Any) -> None:
        page.wait_for_selector("#queue[data-queue]")
        hears(anna)

    return wait


def test_a_letter_shows_up_within_two_seconds_without_a_reload(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, listening: Any, wait_until: Any
) -> None:
    """Two seconds of the page's own clock, from the news on: what the machine takes is not counted."""
    page = at_desk(anna)
    page.goto("/")
    listening(page)
    page.locator("#rows").hover()
    page.evaluate("document.body.addEventListener('live:ticket', () => { window.heard = true })")
    stand_still(page)

    ticket = writes("Пропал звук", subject="Нет звука")
    wait_until(lambda: page.evaluate("window.heard"))
    page.clock.run_for(2000)

    expect(page.locator("#newcomers")).to_be_visible()
    assert page.locator(f"#t{ticket.number}").count() == 0, "while the hand is in the list nothing moves"
    page.locator("#newcomers").click()
    page.locator(f"#t{ticket.number}").wait_for()


@pytest.mark.parametrize("tab", ["the first tab", "another tab"])
def test_a_letter_that_comes_while_the_page_is_on_its_way_shows_up(
    at_desk: Desk, anna: User, ilya: User, pavel: Contact, writes: Write, wait_until: Any, tab: str
) -> None:
    others = at_desk(ilya)
    others.goto("/")
    hears(ilya)
    page = at_desk(anna)
    if tab == "another tab":
        page.goto("/")
        hears(anna)
        page = page.context.new_page()
    scripts, held = threading.Event(), list[Any]()
    page.route("**/*.js", lambda route: route.continue_() if scripts.is_set() else held.append(route))
    page.goto("/", wait_until="commit")
    page.locator("#queue").wait_for()

    ticket = writes("Пропал звук", subject="Нет звука")
    expect(others.locator(f"#t{ticket.number}")).to_be_visible()
    scripts.set()
    for route in held:
        route.continue_()

    expect(page.locator(f"#t{ticket.number}")).to_be_visible()


@pytest.mark.parametrize("before", ["a full list", "an empty list"])
def test_what_came_while_the_line_was_down_enters_when_it_is_back(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, before: str
) -> None:
    """Nobody tells the page of it any more: the news has passed while it did not hear."""
    stood = [writes("Первое")] if before == "a full list" else []
    page = at_desk(anna)
    page.route("**/live", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/live")):
        page.goto("/")
    page.mouse.move(1000, 500)
    expect(page.locator("#rows li[data-ticket]")).to_have_count(len(stood))

    came = writes("Пропал звук", subject="Нет звука")
    page.unroute("**/live")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(f"#t{came.number}")).to_be_visible(timeout=20_000)
    expect(page.locator("#rows li[data-ticket]")).to_have_count(len(stood) + 1)


def test_a_storm_without_a_pause_does_not_put_the_list_off(
    at_desk: Desk, anna: User, pavel: Contact, ticket: Ticket, writes: Write
) -> None:
    """News every twentieth of a second, as in a storm of mail: the list asks meanwhile, not after it."""
    page = at_desk(anna)
    page.goto("/")
    page.wait_for_selector("#queue[data-queue]")
    with page.expect_response("**/rows/?**"):
        page.evaluate(
            """id => { window.storm = setInterval(() =>
                document.body.dispatchEvent(new CustomEvent("live:ticket", { detail: { id } })), 50); }""",
            ticket.number,
        )
    page.evaluate("clearInterval(window.storm)")


def test_newcomers_enter_by_themselves_when_the_hand_rests(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, listening: Any
) -> None:
    first = writes("Первое")
    page = at_desk(anna)
    page.goto("/")
    listening(page)
    page.mouse.move(1000, 500)

    second = writes("Второе")

    page.locator(f"#t{second.number}").wait_for()
    order = page.locator("#rows li").evaluate_all("rows => rows.map(row => row.dataset.ticket)")
    assert order == [str(first.number), str(second.number)]


def test_rows_change_in_their_place_and_those_that_left_fade(
    at_desk: Desk, anna: User, ilya: User, pavel: Contact, writes: Write, listening: Any
) -> None:
    taken, other = writes("Первое"), writes("Второе")
    page = at_desk(anna)
    page.goto("/")
    listening(page)

    taken.take(by=ilya)
    page.locator(f"#t{taken.number}[data-gone]").wait_for()
    other.refresh_from_db()
    other.take(by=anna)
    page.locator(f"#t{other.number} .own.none").wait_for(state="detached")

    assert page.locator("#rows li").count() == 2
    page.locator(f"#t{other.number} a").click()
    page.locator(f"#t{taken.number}").wait_for(state="detached")


def test_the_open_talk_grows_while_a_reply_is_being_typed(
    at_desk: Desk, anna: User, ilya: User, ticket: Ticket, writes: Write, listening: Any, tomorrow: Any
) -> None:
    ours = ticket.reply("Какой телефон?", by=ilya, then=Wait(tomorrow))
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    listening(page)
    page.fill("#reply-text", "Начал писать")
    page.evaluate("() => document.getElementById('reply-text').setSelectionRange(3, 3)")

    writes("Городской", references=[ours.external_id])
    page.locator("#timeline").get_by_text("Городской").wait_for()
    ticket.refresh_from_db()
    ticket.note("Проверил роутер", by=ilya)
    page.locator("#timeline").get_by_text("Проверил роутер").wait_for()

    assert page.input_value("#reply-text") == "Начал писать"
    assert page.evaluate("() => [document.activeElement.id, document.activeElement.selectionStart]") == [
        "reply-text",
        3,
    ]
    assert page.locator("#timeline").get_by_text("Городской").count() == 1


def test_the_list_is_walked_by_keys_on_a_russian_keyboard(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, listening: Any
) -> None:
    first, second, third = (writes(f"Дело {number}") for number in range(3))
    page = at_desk(anna)
    page.goto("/")
    listening(page)

    press_russian(page, "J")
    press_russian(page, "J")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{second.number}/**")
    page.wait_for_selector(f"#open[data-ticket='{second.number}']")
    press_russian(page, "]")
    page.wait_for_selector(f"#open[data-ticket='{third.number}']")
    press_russian(page, "[")
    page.wait_for_selector(f"#open[data-ticket='{second.number}']")
    page.go_back()
    page.wait_for_selector(f"#open[data-ticket='{third.number}']")

    expect(page.locator(f"#t{third.number} a[aria-current=true]")).to_have_count(1)
    expect(page.locator(f"#t{first.number} a[aria-current=true]")).to_have_count(0)


def test_keys_mean_the_row_that_has_the_focus(at_desk: Desk, anna: User, ticket: Ticket, writes: Write) -> None:
    other = writes("Другое дело", subject="Второе")
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.locator(f"#t{other.number} a").focus()
    press_russian(page, "A")

    expect(page.locator("dialog[open]")).to_be_visible()
    assert f"/tickets/{other.number}/assign/" in str(page.locator("dialog[open] form").get_attribute("action"))
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator(f"#t{ticket.number} a").focus()
    press_russian(page, "R")
    expect(page.locator("#reply-text")).to_be_focused()
    expect(page.locator("#open")).to_have_attribute("data-ticket", str(ticket.number))


@pytest.mark.parametrize(("letter", "place"), [("I", "incident"), ("O", "problem"), ("U", "complaint"), ("D", "call")])
def test_keys_with_shift_mean_the_row_as_well(
    at_desk: Desk, anna: User, ticket: Ticket, writes: Write, letter: str, place: str
) -> None:
    """Else a request would become a part of an incident because another one happens to be open."""
    other = writes("Другое дело", subject="Второе")
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.locator(f"#t{other.number} a").focus()
    press_russian(page, letter, shift=True)

    expect(page.locator("#open")).to_have_attribute("data-ticket", str(other.number))
    expect(page.locator(f"dialog[open] form[action*='/tickets/{other.number}/{place}/']").first).to_be_visible()


def test_the_sheet_names_only_keys_that_do_something_here(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto("/queue/mine/")
    page.keyboard.press("?")

    sheet = page.locator("dialog[open]")
    expect(sheet).to_contain_text("Следующее в списке")
    expect(sheet).to_contain_text("Расширить выбор")
    expect(sheet).not_to_contain_text("Пауза")
    page.goto("/tickets/new/")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(sheet).not_to_contain_text("Следующее в списке")
    expect(sheet).not_to_contain_text("Расширить выбор")


def test_the_tab_says_how_many_wait(at_desk: Desk, anna: User, ticket: Ticket, writes: Write) -> None:
    page = at_desk(anna)
    page.goto("/queue/mine/")
    expect(page).to_have_title(re.compile(r"^\(1\) "))

    page.locator(f"#t{ticket.number} a").click()

    expect(page).to_have_title(re.compile(rf"^\(1\) № {ticket.number} "))


def test_large_figures_find_room_beside_long_words(
    at_desk: Desk, anna: User, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = dict.fromkeys(("ours", "client", "aside", "late", "today"), counts.CAP)
    monkeypatch.setattr(counts, "of_segments", lambda *_: many)
    page = at_desk(anna)
    page.goto("/queue/mine/")

    segments = page.locator("#segments a")
    expect(segments.first).to_contain_text("999+")
    boxes = [segments.nth(at).evaluate("one => [one.clientWidth, one.scrollWidth]") for at in range(3)]
    assert all(needed <= room + 1 for room, needed in boxes), boxes


def test_a_letter_takes_the_place_of_the_list_on_a_phone(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna, viewport=NARROW)
    page.goto("/mail/sent/")
    page.locator(".post-row").first.click()

    expect(page.locator(".letter-page")).to_be_visible()
    expect(page.locator(".post-list")).to_be_hidden()


def test_reload_shows_the_same_request_and_list(at_desk: Desk, anna: User, ticket: Ticket, listening: Any) -> None:
    page = at_desk(anna)
    page.goto("/queue/all/")
    listening(page)
    page.locator(f"#t{ticket.number} a").click()
    page.wait_for_selector("#open[data-ticket]")
    page.reload()
    listening(page)

    expect(page.locator("#queue[data-queue=all]")).to_have_count(1)
    expect(page.locator(f"#t{ticket.number} a[aria-current=true]")).to_have_count(1)


def test_the_talk_begins_at_the_first_unread_message(
    at_desk: Desk, anna: User, ticket: Ticket, writes: Write, wait_until: Any
) -> None:
    start = clock.now() - timedelta(days=1)
    Message.objects.bulk_create(
        Message(conversation=ticket.conversation, direction="in", contact=ticket.contact, author_name="Павел",
                text="Длинное слово. " * 60, new_text="Длинное слово. " * 60, at=start + timedelta(minutes=number))
        for number in range(30)
    )  # fmt: skip
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.goto("/mail/sent/")
    ours = Message.objects.filter(direction="out").latest("id")
    for number in range(8):
        writes(f"Новое {number}. " + "И ещё длинное слово. " * 60, references=[ours.external_id])
    page.goto(f"/tickets/{ticket.number}/")

    def begins() -> float:
        return float(page.locator("#fresh").bounding_box()["y"] - page.locator("#flow").bounding_box()["y"])

    wait_until(lambda: -5 <= begins() <= 120)


def test_a_phone_shows_one_pane_and_keeps_the_place(
    at_desk: Desk, anna: User, pavel: Contact, writes: Write, listening: Any
) -> None:
    tickets = [writes(f"Дело {number}", sender=f"p{number}@volga.test") for number in range(15)]
    page = at_desk(anna, viewport=NARROW)
    page.goto("/")
    listening(page)
    last = page.locator(f"#t{tickets[-1].number} a")
    last.scroll_into_view_if_needed()
    place = page.evaluate("() => scrollY")

    last.click()
    page.wait_for_selector("#talk #timeline")
    expect(page.locator("#queue")).to_be_hidden()
    page.locator("[data-key=client]").click()
    expect(page.locator("#card")).to_be_visible()
    expect(page.locator("#timeline")).to_be_hidden()
    page.locator(".back-to-talk").click()
    expect(page.locator("#timeline")).to_be_visible()
    page.go_back()
    page.go_back()
    page.go_back()
    page.wait_for_selector("#queue", state="visible")

    page.wait_for_function("place => Math.abs(scrollY - place) < 60", arg=place)
    assert place > 200


def test_a_fact_of_the_client_is_changed_in_its_place(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#fact-address_as .edit").click()
    page.locator("#fact-address_as input[type=text]").fill("Павел Андреевич")
    page.locator("#fact-address_as button[type=submit]").click()
    page.locator("#fact-address_as .val", has_text="Павел Андреевич").wait_for()

    assert Contact.objects.get().address_as == "Павел Андреевич"


def test_the_menu_of_lists_tells_how_many(at_desk: Desk, anna: User, ticket: Ticket, listening: Any) -> None:
    page = at_desk(anna)
    page.goto("/")
    listening(page)
    page.locator(".view-name").click()

    expect(page.locator("#views a[href='/queue/unowned/'] .n")).to_have_text("1")
    expect(page.locator("#views a[href='/queue/no-next-step/'] .n")).to_have_text("0")


def test_search_finds_from_anywhere_by_the_palette(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto("/mail/sent/")
    page.keyboard.press("Control+k")
    page.keyboard.type("работает")
    page.locator("#palette [role=option]", has_text="Звонок").click()

    page.wait_for_url(f"**/tickets/{ticket.number}/**")


def test_without_scripts_the_queue_and_the_talk_are_read(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna, java_script_enabled=False)
    page.goto("/")
    page.locator(f"#t{ticket.number} a").click()

    expect(page.get_by_text("Не работает звонок").first).to_be_visible()
    expect(page.locator("#queue a[href='/queue/mine/']")).to_have_count(1)
