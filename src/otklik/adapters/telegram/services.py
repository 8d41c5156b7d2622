"""What runs for as long as the product runs.  The supervisor finds `services()`."""

import threading

from otklik.adapters.telegram.announcing import Announcer
from otklik.adapters.telegram.models import Bot, Way
from otklik.adapters.telegram.polling import Poller
from otklik.desk.channels.threads import Asker, InThreads, Key, Threads


def services() -> list[InThreads]:
    return [InThreads("telegram", bots)]


def bots() -> Threads:
    """A thread for each bot: it asks for its news, or tells Telegram where to post them."""
    return Threads("telegram", _working, _begin)


def _working() -> set[Key]:
    return set(Bot.objects.working().values_list("pk", "changed_at"))


def _begin(pk: int, stop: threading.Event) -> Asker:
    way = Bot.objects.filter(pk=pk).values_list("way", flat=True).first()
    return Announcer(pk, stop) if way == Way.WEBHOOK else Poller(pk, stop)
