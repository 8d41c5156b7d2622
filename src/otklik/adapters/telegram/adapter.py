"""The plug of `channels.port` for Telegram."""

from collections.abc import Sequence

from otklik.adapters.telegram import limits
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


def _read_back(raw: bytes) -> str:
    from otklik.adapters.telegram.writing import words_of

    return words_of(raw)


def _arrived(outbound: Outbound) -> bool:
    from otklik.adapters.telegram.sending import arrived

    return arrived(outbound)


def _how_far(outbound: Outbound) -> str:
    from otklik.adapters.telegram.sending import how_far

    return how_far(outbound)


class TelegramAdapter:
    """Updates come by `views` or `polling`; answers leave as calls of the Bot API."""

    kind = "telegram"
    talk = Talk(True, limits.LONGEST, limits.MOST_UP, _read_back, _arrived, _how_far)
    says_when_leaving = True

    def read(self, inbound: Inbound) -> Incoming | Pressed | Aside:
        from otklik.adapters.telegram.models import Bot
        from otklik.adapters.telegram.reading import read

        bot = Bot.objects.of(inbound.channel)
        if bot is None:
            raise Unreadable("the channel has no bot")
        return read(inbound, bot)

    def protection_of(self, inbound: Inbound, keys: Sequence[str]) -> Protection | None:
        return None

    def render(self, letter: Letter, channel: Channel) -> Rendered:
        from otklik.adapters.telegram.writing import render

        return render(letter, channel)

    def send(self, outbound: Outbound) -> Receipt:
        from otklik.adapters.telegram.models import Bot
        from otklik.adapters.telegram.sending import attempt

        return attempt(outbound, Bot.objects.of(outbound.channel))
