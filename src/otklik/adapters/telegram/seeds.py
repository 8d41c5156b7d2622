"""The bot of the demo company: it has no token and is closed, so nothing leaves and nothing comes in."""

from otklik.adapters.telegram.models import Bot
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel


def load() -> None:
    channel = Channel.objects.create(
        kind="telegram",
        name="Telegram",
        address="@sever_most_bot",
        team=Team.objects.get(level=1),
        is_active=False,
    )
    Bot.objects.create(channel=channel, name="sever_most_bot")
