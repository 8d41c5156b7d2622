"""A bot on the first line, its Bot API server over real HTTP, and clients who write to it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from otklik.adapters.telegram import fetching
from otklik.adapters.telegram.models import Bot
from otklik.adapters.telegram.taking import take
from otklik.adapters.telegram.tests.server import NAME, NUMBER, TOKEN, BotApi, running
from otklik.core.staff.models import Team
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.tickets.models import Ticket

type Hear = Callable[..., Inbound]


@pytest.fixture
def api(settings: Any) -> Iterator[BotApi]:
    with running() as served:
        settings.EGRESS_ALLOW = [served.url.removeprefix("http://")]
        yield served


@pytest.fixture
def bot(api: BotApi, line_one: Team) -> Bot:
    channel = Channel.objects.create(kind="telegram", name="Telegram", address=f"@{NAME}", team=line_one)
    bot = Bot(channel=channel, number=NUMBER, name=NAME, api=api.url)
    bot.token = TOKEN
    bot.save()
    return bot


@pytest.fixture
def hear(bot: Bot) -> Hear:
    """An update comes in and is read to the end, its file fetched before."""

    def heard(update: dict[str, Any]) -> Inbound:
        accepted = take(bot, update, json.dumps(update).encode())
        if accepted.inbound.not_before:
            fetching.fetch(accepted.inbound_id, 0)
        inbox.work_all()
        return accepted.inbound

    return heard


def only_ticket() -> Ticket:
    return Ticket.objects.select_related("conversation", "contact").get()


def texts(ticket: Ticket) -> list[str]:
    return list(ticket.conversation.messages.filter(direction="in").values_list("text", flat=True))
