"""A request of somebody else, where the line wants to be asked; and an answer that is stale by the time it is sent."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core import recent
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft, Message
from otklik.desk.tickets.models import Habits, Ticket
from tests.browser.composer.moves import answers, open_ticket, send, sent
from tests.browser.conftest import hears

type Desk = Callable[..., Any]


@pytest.fixture
def page(at_desk: Desk, anna: User, ilya: User, request_: Ticket) -> Any:
    """Anna at a request of Ilya, in a line that asks."""
    Habits.objects.create(team=request_.team, asks_owner=True)
    request_.take(by=ilya)
    page = at_desk(anna)
    recent.forget()
    open_ticket(page, request_)
    hears(anna)
    page.locator("#reply-text").fill("Перезагрузите роутер")
    return page


def is_asked(page: Any, ilya: User) -> None:
    send(page)
    expect(page.locator("#foreign")).to_be_focused()
    expect(page.locator("#foreign")).to_contain_text(ilya.name)
    expect(page.locator("#reply-text")).to_have_value("Перезагрузите роутер")
    assert not answers().exists()


def test_it_is_asked_about_and_taken_over_by_keys(page: Any, anna: User, ilya: User, request_: Ticket) -> None:
    is_asked(page, ilya)
    page.keyboard.press("Tab")
    expect(page.locator("#foreign [name=take]")).to_be_focused()
    page.keyboard.press("Enter")

    sent(page)
    request_.refresh_from_db()
    assert request_.owner == anna and answers().get().author == anna


def test_it_helps_its_owner_as_a_note(page: Any, ilya: User, request_: Ticket) -> None:
    is_asked(page, ilya)
    page.locator("#foreign [value=note]").click()

    expect(page.locator("#m-note")).to_be_checked()
    expect(page.locator("#note-text")).to_have_value("Перезагрузите роутер")
    page.locator("[data-mode=note][data-key=send]").click()
    expect(page.locator("#timeline .msg[data-from=note]")).to_contain_text("Перезагрузите роутер")
    request_.refresh_from_db()
    assert request_.owner == ilya and not answers().exists()


def test_the_question_leaves_the_text_for_another_day(page: Any, ilya: User, wait_until: Any) -> None:
    is_asked(page, ilya)
    wait_until(lambda: Draft.objects.filter(text="Перезагрузите роутер").exists())
    page.reload()
    expect(page.locator("#reply-text")).to_have_value("Перезагрузите роутер")
    expect(page.locator("#foreign")).to_have_count(0)


def two_write(at_desk: Desk, anna: User, ilya: User, request_: Ticket) -> tuple[Any, Any]:
    """Both have begun; Anna's answer has left, Ilya has pressed and is stopped."""
    annas, ilyas = at_desk(anna), at_desk(ilya)
    for page, text in ((annas, "Уже смотрю"), (ilyas, "Перезагрузите роутер")):
        open_ticket(page, request_)
        page.locator("#reply-text").press_sequentially(text)
    hears(anna, ilya)
    send(annas)
    sent(annas)
    expect(ilyas.locator("[data-notice=news]")).to_be_visible()
    send(ilyas)
    expect(ilyas.locator("#stale")).to_be_focused()
    expect(ilyas.locator("#stale .msg")).to_contain_text("Уже смотрю")
    expect(ilyas.locator("#stale .msg")).to_contain_text(anna.name)
    expect(ilyas.locator("#reply-text")).to_have_value("Перезагрузите роутер")
    assert said() == ["Уже смотрю"]
    return annas, ilyas


def said() -> list[str]:
    return [one.new_text for one in answers().order_by("pk")]


def test_a_stale_answer_is_read_mended_and_sent_and_both_stand_there(
    at_desk: Desk, anna: User, ilya: User, request_: Ticket
) -> None:
    annas, ilyas = two_write(at_desk, anna, ilya, request_)
    ilyas.locator("#stale [value=edit]").click()
    expect(ilyas.locator("#stale")).to_have_count(0)
    field = ilyas.locator("#reply-text")
    expect(field).to_have_value("Перезагрузите роутер")
    field.press("End")
    field.press_sequentially(", пожалуйста")
    send(ilyas)
    sent(ilyas)

    assert said() == ["Уже смотрю", "Перезагрузите роутер, пожалуйста"]
    expect(annas.locator("#timeline .msg[data-from=us]").last).to_contain_text("пожалуйста")


def test_a_stale_answer_may_be_sent_all_the_same(at_desk: Desk, anna: User, ilya: User, request_: Ticket) -> None:
    _annas, ilyas = two_write(at_desk, anna, ilya, request_)
    ilyas.locator("#stale [name=anyway]").click()
    sent(ilyas)
    assert said() == ["Уже смотрю", "Перезагрузите роутер"]


def test_a_stale_answer_that_is_dropped_is_gone_and_nothing_else(
    at_desk: Desk, anna: User, ilya: User, request_: Ticket, wait_until: Any
) -> None:
    _annas, ilyas = two_write(at_desk, anna, ilya, request_)
    ilyas.locator("#stale [value=discard]").click()
    expect(ilyas.locator("#stale")).to_have_count(0)
    expect(ilyas.locator("#reply-text")).to_have_value("")
    wait_until(lambda: not Draft.objects.filter(author=ilya).exclude(text="").exists())
    ilyas.reload()
    expect(ilyas.locator("#composer")).to_be_visible()
    expect(ilyas.locator("#reply-text")).to_have_value("")
    assert said() == ["Уже смотрю"]
    assert Message.objects.filter(direction="in").count() == 1
