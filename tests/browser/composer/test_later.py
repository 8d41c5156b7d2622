"""A letter that leaves at a moment: planned, seen by others, moved, taken back, stopped by news, gone at its time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.departing import send_due
from tests.browser.composer.moves import answers, first_letter, open_ticket
from tests.browser.conftest import hears
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]
TEXT = "Доброе утро, Павел!"
MOSCOW = ZoneInfo("Europe/Moscow")


def choose(page: Any, text: str = TEXT) -> None:
    """The text stands there, and that it leaves later is chosen; nothing is sent."""
    page.locator("#reply-text").fill(text)
    page.locator("label:has(#n-wait)").click()
    expect(page.locator("#leave-at")).to_be_hidden()
    page.locator("[popovertarget=send-menu]").click()
    page.locator("#send-menu label[for=n-later]").click()
    expect(page.locator("#leave-at")).to_be_visible()
    expect(page.locator("#send-menu")).to_be_hidden()


def hand_in(page: Any) -> None:
    """Its line stands over an empty form."""
    page.locator(".split [data-key=send]").click()
    expect(page.locator("#later .waits")).to_contain_text("Ваше письмо уйдёт")
    expect(page.locator("#reply-text")).to_have_value("")


def at(hour: int, minute: int) -> str:
    """Tomorrow, as the field of a moment has it."""
    day = timezone.localtime(clock.now(), MOSCOW) + timedelta(days=1)
    return f"{day:%Y-%m-%d}T{hour:02}:{minute:02}"


def leaves() -> str:
    moment = Draft.objects.get(mode="later").leave_at
    assert moment is not None
    return f"{timezone.localtime(moment, MOSCOW):%Y-%m-%dT%H:%M}"


def its_moment_comes() -> int:
    Draft.objects.filter(mode="later").update(leave_at=clock.now() - timedelta(seconds=1))
    return send_due()


def test_the_moment_is_chosen_mended_changed_and_taken_back(page: Any) -> None:
    choose(page)
    moment = page.locator("#leave-at")
    expect(page.locator(".split [data-key=send]")).to_contain_text("Отправить в это время")
    moment.fill("2020-01-01T09:00")
    page.locator(".split [data-key=send]").click()
    expect(page.locator("#e-leave_at")).to_be_visible()
    expect(page.locator("#reply-text")).to_have_value(TEXT)
    assert not Draft.objects.filter(mode="later").exists()

    moment.fill(at(10, 30))
    hand_in(page)
    assert leaves() == at(10, 30) and not answers().exists()
    expect(page.locator("#n-later")).to_have_count(0)  # a second one would answer the first

    page.locator("#later .waits").get_by_role("button").click()
    expect(page.locator("#later .waits")).to_have_count(0)
    expect(page.locator("#reply-text")).to_have_value(TEXT)
    choose(page)
    moment.fill(at(11, 45))
    hand_in(page)
    assert leaves() == at(11, 45) and not answers().exists()


def test_whoever_changes_their_mind_before_sends_at_once(page: Any) -> None:
    choose(page)
    page.locator(".later label.btn[for=n-later]").click()
    expect(page.locator("#leave-at")).to_be_hidden()
    page.locator(".split [data-key=send]").click()
    page.wait_for_selector("#composer:not([data-busy]) .sentbar")
    assert answers().count() == 1 and not Draft.objects.filter(mode="later").exists()


def test_a_colleague_sees_it_come_and_stops_it_and_loses_nothing_of_their_own(
    page: Any, at_desk: Desk, anna: User, ilya: User, request_: Ticket
) -> None:
    other = at_desk(ilya)
    open_ticket(other, request_)
    hears(anna, ilya)
    choose(page)
    hand_in(page)

    letter = other.locator("#later .waits")
    expect(letter).to_contain_text(f"Письмо сотрудника {anna.name} уйдёт")
    expect(letter).to_contain_text(TEXT)
    other.locator("#reply-text").press_sequentially("Я уже пишу")
    letter.get_by_role("button").click()

    expect(letter).to_have_count(0)
    expect(other.locator("#reply-text")).to_have_value("Я уже пишу")
    expect(page.locator("#later .waits")).to_have_count(0)
    page.reload()
    expect(page.locator("#reply-text")).to_have_value(TEXT)
    assert not answers().exists()


def test_at_its_moment_it_leaves_and_what_was_begun_since_stays(page: Any) -> None:
    choose(page)
    hand_in(page)
    page.locator("#reply-text").press_sequentially("Ещё одно")

    assert its_moment_comes() == 1

    expect(page.locator("#timeline .msg[data-from=us]")).to_contain_text(TEXT)
    expect(page.locator("#later .waits")).to_have_count(0)
    expect(page.locator("#reply-text")).to_have_value("Ещё одно")
    assert answers().get().text.startswith(TEXT)


def test_a_letter_over_which_somebody_wrote_stays_and_its_author_reads_why(
    page: Any, request_: Ticket, writes: Write
) -> None:
    choose(page)
    hand_in(page)
    writes("Уже заработало", references=[first_letter(request_)])
    expect(page.locator("#timeline")).to_contain_text("Уже заработало")

    assert its_moment_comes() == 0

    expect(page.locator("#timeline")).to_contain_text("Письмо не ушло")
    expect(page.locator("#later .waits")).to_have_count(0)
    page.reload()
    expect(page.locator("#reply-text")).to_have_value(TEXT)
    assert not answers().exists()


def test_it_is_planned_and_taken_back_by_keys(page: Any) -> None:
    page.locator("#reply-text").fill(TEXT)
    page.locator("label:has(#n-wait)").click()
    page.locator("[popovertarget=send-menu]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#send-menu button").first).to_be_focused()
    page.locator("#n-later").focus()
    page.keyboard.press("Space")
    expect(page.locator("#leave-at")).to_be_visible()
    page.locator("#reply-text").focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#later .waits")).to_contain_text("Ваше письмо уйдёт")
    page.locator("#later .waits button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value(TEXT)


def test_on_a_phone_the_line_of_it_fits(at_desk: Desk, anna: User, request_: Ticket) -> None:
    page = at_desk(anna, viewport=NARROW)
    open_ticket(page, request_)
    choose(page)
    hand_in(page)
    wide, sticks = page.evaluate(
        """() => [document.documentElement.scrollWidth - document.documentElement.clientWidth,
                  [...document.querySelectorAll("#later .waits, #later .waits button")]
                      .filter((one) => one.getBoundingClientRect().right > innerWidth).length]"""
    )
    assert (wide, sticks) == (0, 0)
