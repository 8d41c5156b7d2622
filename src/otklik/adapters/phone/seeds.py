"""The free number of the demo company; its exchange is not there, so nobody signs."""

from otklik.adapters.phone.models import Exchange
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import VOICE


def load() -> None:
    channel = Channel.objects.create(
        kind=VOICE,
        name="8 800 555-01-20",
        address="+78005550120",
        team=Team.objects.get(level=1),
        acknowledges=False,
    )
    Exchange(channel=channel).renew_secret()
