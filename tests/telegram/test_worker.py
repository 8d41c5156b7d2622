"""The product itself asks for the news of bots, or tells Telegram where to post them."""

import threading
from collections.abc import Callable, Iterator

import pytest

from otklik.adapters.telegram.models import Bot, Way
from otklik.adapters.telegram.tests.server import BotApi
from otklik.adapters.telegram.tests.updates import says
from otklik.config.services import worker_services
from otklik.desk.channels.models import Inbound


@pytest.fixture
def worker() -> Iterator[threading.Event]:
    """What the product runs beside its pages; the event ends it."""
    [service] = [one for one in worker_services() if one.name == "telegram"]
    stop = threading.Event()
    thread = threading.Thread(target=service.threads().run, args=(stop,))  # type: ignore[attr-defined]
    thread.start()
    yield stop
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_the_worker_asks_for_bots_and_tells_where_to_post_to_others(
    bot: Bot, api: BotApi, worker: threading.Event
) -> None:
    api.updates = [says("Раз")]
    _until(worker, Inbound.objects.exists)
    assert not api.sent("setWebhook")

    bot.refresh_from_db()
    bot.way = Way.WEBHOOK
    bot.configured()
    _until(worker, lambda: bool(api.sent("setWebhook")))
    worker.set()
    assert Inbound.objects.count() == 1


def _until(stop: threading.Event, done: Callable[[], bool]) -> None:
    for _look in range(400):
        if done():
            return
        stop.wait(0.05)
    raise AssertionError("it never came")
