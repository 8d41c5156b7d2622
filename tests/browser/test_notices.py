"""What the desk tells is seen and heard on pages that are open already."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.notices.models import PersonChoice
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import menu
from tests.browser.conftest import COUNTS_CHOICES, hears, settled
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
COUNTS_TONES = """
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function () { window.tones += 1; return start.call(this); };
"""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    menu.forget()


def tell(person: User, kind: NoticeKind = NoticeKind.DUE, **about: Any) -> Notice:
    return Notice.objects.tell([person.pk], "Скоро срок", kind=kind, **about)[0]


def test_the_figure_comes_to_open_pages_and_goes_when_another_tab_looks(
    at_desk: Desk, anna: User, ticket: Ticket
) -> None:
    page = at_desk(anna)
    page.goto("/tasks/")
    figure = page.locator("[data-nav=notices] .n")
    expect(figure).to_have_count(0)
    hears(anna)

    tell(anna, about="ticket", about_id=ticket.pk)
    expect(figure).to_have_text("1")

    second = page.context.new_page()
    second.goto("/notices/")
    second.get_by_role("button", name=re.compile("Скоро срок")).click()
    second.wait_for_url(f"**/tickets/{ticket.number}/**")
    expect(figure).to_have_count(0)


def test_the_title_of_any_page_counts_what_is_mine(at_desk: Desk, anna: User, ilya: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto("/tasks/")
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    hears(anna)

    ticket.assign(ilya, by=anna)
    expect(page).not_to_have_title(re.compile(r"^\("))

    ticket.assign(anna, by=ilya)
    tell(anna, NoticeKind.ASSIGNED, about="ticket", about_id=ticket.pk)
    expect(page).to_have_title(re.compile(r"^\(1\) "))


def test_a_tone_is_heard_in_one_tab_by_whom_it_was_chosen(at_desk: Desk, anna: User, wait_until: Any) -> None:
    PersonChoice.objects.create(person=anna, routes={"due": ["desk", "sound"]})
    page = at_desk(anna)
    page.context.add_init_script(COUNTS_TONES + COUNTS_CHOICES)
    page.goto("/tasks/")
    second = page.context.new_page()
    second.goto("/tasks/")
    hears(anna)

    tell(anna, NoticeKind.TASK)
    for one in (page, second):
        expect(one.locator("[data-nav=notices] .n")).to_have_text("1")
    assert [one.evaluate("[choices, tones]") for one in (page, second)] == [[0, 0], [0, 0]]

    tell(anna)
    expect(second.locator("[data-nav=notices] .n")).to_have_text("2")
    settled(page, second)
    wait_until(lambda: any(one.evaluate("tones") for one in (page, second)))
    assert sum(one.evaluate("tones") for one in (page, second)) == 1


def test_a_chat_is_heard_on_any_page_once_and_never_off_shift(
    at_desk: Desk, anna: User, writes: Write, wait_until: Any
) -> None:
    PersonChoice.objects.create(person=anna, routes={"answer": ["desk", "sound"]})
    first, second = writes("Раз", subject="Первое"), writes("Два", subject="Второе")
    page = at_desk(anna)
    page.context.add_init_script(COUNTS_TONES)
    page.goto("/clients/")
    hears(anna)

    chat(first, anna)
    tell(anna, NoticeKind.TASK)
    wait_until(lambda: page.evaluate("tones") == 1)

    tell(anna, NoticeKind.TASK)
    expect(page.locator("[data-nav=notices] .n")).to_have_text("2")
    page.goto("/me/hotkeys/")
    hears(anna)
    tell(anna, NoticeKind.TASK)
    expect(page.locator("[data-nav=notices] .n")).to_have_text("3")
    assert page.evaluate("tones") == 0, "it was heard on another page"

    User.objects.filter(pk=anna.pk).update(availability="off")
    chat(second, anna, minutes=9)
    with page.expect_response("**/figures/") as told:
        tell(anna, NoticeKind.TASK)
    assert told.value.json()["chat"] == 0


def chat(ticket: Ticket, owner: User, minutes: int = 5) -> None:
    """It becomes a live chat of theirs, whose client waits."""
    since = clock.now() - timedelta(minutes=minutes)
    Ticket.objects.filter(pk=ticket.pk).update(owner=owner, channel_kind="chat", due_from=since, status="open")
