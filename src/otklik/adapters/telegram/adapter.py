"""The plug of `channels.port` for Telegram."""

from collections.abc import Sequence

from otklik.adapters.telegram import limits, reading, sending, writing
from otklik.adapters.telegram.models import Bot
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.channels.port import (
    Aside,
    Incoming,
    Letter,
    Pressed,
    Protection,
    Receipt,
    Rendered,
    Talk,
    Unreadable,
)


class TelegramAdapter:
    """Updates come by `views` or `polling`; answers leave as calls of the Bot API."""

    kind = "telegram"
    talk = Talk(
        is_chat=True,
        longest=limits.LONGEST,
        most_bytes=limits.MOST_UP,
        read_back=writing.words_of,
        arrived=sending.arrived,
        how_far=sending.how_far,
    )
    says_when_leaving = True

    def read(self, inbound: Inbound) -> Incoming | Pressed | Aside:
        bot = Bot.objects.of(inbound.channel)
        if bot is None:
            raise Unreadable("the channel has no bot")
        return reading.read(inbound, bot)

    def protection_of(self, inbound: Inbound, keys: Sequence[str]) -> Protection | None:
        return None

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        return writing.render(letter, channel)

    def send(self, outbound: Outbound) -> Receipt:
        return sending.attempt(outbound, Bot.objects.of(outbound.channel))
