"""A client writes to the bot, an agent answers by keyboard, the client presses a score, the head sees it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from otklik.adapters.telegram.models import Bot
from otklik.adapters.telegram.taking import take
from otklik.adapters.telegram.tests.conftest import api, bot
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import presses, says
from otklik.care.surveys.models import Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import inbox, outbox
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.live import wait_until

__all__ = ["api", "bot"]

type Desk = Callable[..., Any]


def hear(bot: Bot, update: dict[str, Any]) -> None:
    take(bot, update, json.dumps(update).encode())
    inbox.work_all()


def test_from_the_first_word_to_the_score(at_desk: Desk, bot: Bot, api: BotApi, anna: User, head: User) -> None:
    hear(bot, says("Не приходят письма с утра"))
    ticket = Ticket.objects.get()

    desk = at_desk(anna)
    desk.goto(f"/tickets/{ticket.number}/", wait_until="load")
    expect(desk.locator("#composer")).to_contain_text("4096")
    expect(desk.locator("#composer [name=cc_more]")).to_have_count(0)
    expect(desk.locator(".msg[data-from=client]").first).to_contain_text("Telegram")
    press_russian(desk, "R")
    expect(desk.locator("#reply-text")).to_be_focused()
    desk.keyboard.type("Починили, **проверьте**")
    desk.locator("#composer input[name=next][value=resolve]").check(force=True)
    desk.fill("#summary", "Почта снова приходит")
    desk.locator("#reply-text").focus()
    desk.keyboard.press("Control+Enter")
    wait_until(lambda: ticket.conversation.messages.filter(direction="out", author=anna).exists())
    with clock.at(clock.now() + timedelta(minutes=5)):
        outbox.send_due()
    assert any(text.startswith("Починили, <b>проверьте</b>") for text in api.texts)

    with clock.at(clock.now() + timedelta(days=2)):
        assert Invitation.objects.send_due() == 1
        outbox.send_due()
    rows = api.sent("sendMessage")[-1].told["reply_markup"]["inline_keyboard"]
    hear(bot, presses(rows[0][0]["callback_data"]))
    outbox.send_due()
    assert "Спасибо" in api.sent("editMessageText")[0].told["text"]

    office = at_desk(head)
    office.goto(f"/board/surveys/{Survey.objects.after_answer().pk}/?source=chat")  # type: ignore[union-attr]
    expect(office.locator("nav.seg [aria-current]", has_text="В мессенджере, кнопкой")).to_be_visible()
    expect(office.locator(".stat", has_text="Спросили").locator(".v")).to_have_text("1")
    expect(office.locator("section.card", has=office.locator("h2[id^=q]"))).to_contain_text("1 ответ")
    office.goto(f"/board/surveys/{Survey.objects.after_answer().pk}/?source=letter")  # type: ignore[union-attr]
    expect(office.locator("section.card", has=office.locator("h2[id^=q]"))).to_contain_text("Ответов пока нет")
