"""The chat of the demo company, on the site that it has not got, and a visitor who has left it."""

from datetime import timedelta

from otklik.adapters.sitechat.models import Asks, Chat, Visitor
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel

KEY = "5e7e2b0d3c9f4a1688d1c0ffee51de00"


def load() -> None:
    channel = Channel.objects.create(
        kind="chat",
        name="Чат на сайте",
        address="sever-most.example",
        team=Team.objects.get(level=1),
        acknowledges=False,
    )
    Chat.objects.create(
        channel=channel,
        key=KEY,
        sites=["https://sever-most.example"],
        asks_address=Asks.AWAY,
        welcome_ru="Здравствуйте! Это «Северный мост». Спросите о связи, тарифах или счёте.",
        keeps_page=True,
    )
    left = clock.now() - timedelta(minutes=19)
    Visitor.objects.create(channel=channel, page="https://sever-most.example/office", began_at=left, heard_at=left)
