"""What one person wrote is read in turn, and no two readers wait for each other."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from otklik.adapters.telegram.models import Bot
from otklik.adapters.telegram.taking import take
from otklik.adapters.telegram.tests.updates import says
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Inbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND (locktype = %s OR %s = '')"


def test_a_later_word_waits_for_the_earlier_one(bot: Bot) -> None:
    comes(bot, says("Раз"))
    comes(bot, says("Два"))
    with transaction.atomic():
        first = taken()
        other = Beside()
        other.waits()
        inbox.read(first)
    other.ends()

    assert heard() == ["Раз", "Два"] and Ticket.objects.count() == 1


def test_an_earlier_word_that_was_not_there_to_wait_for_waits_itself(bot: Bot) -> None:
    """Somebody lets it out of quarantine while a later one is being read: it would open a second talk."""
    number = comes(bot, says("Раз"))
    Inbound.objects.get(pk=number).failed("a fault", for_good=True)
    comes(bot, says("Два"))
    with transaction.atomic():
        inbox.read(taken())
        other = Beside(lambda: Inbound.objects.get(pk=number).release())
        other.waits("advisory")
    other.ends()

    assert heard() == ["Два", "Раз"] and Ticket.objects.count() == 1


def test_two_readers_do_not_wait_for_each_other(bot: Bot) -> None:
    """The first message waits for its file; of the two behind it the later one is taken first."""
    comes(bot, says("Вот", document={"file_id": "f1", "file_name": "акт.pdf"}))
    comes(bot, says("Раз"))
    comes(bot, says("Два"))
    with transaction.atomic():
        second = taken()
        other = Beside()
        other.waits()
        inbox.read(second)
    other.ends()

    assert heard() == ["Раз", "Два"]


def comes(bot: Bot, told: dict[str, Any]) -> int:
    return take(bot, told, json.dumps(told).encode()).inbound_id


def taken() -> Inbound:
    found = Inbound.objects.take_next()
    assert found
    return found


def heard() -> list[str]:
    return list(Message.objects.filter(direction="in").order_by("pk").values_list("text", flat=True))


class Beside:
    """Another reader, in a thread of its own, after `first`."""

    def __init__(self, first: Callable[[], None] = lambda: None) -> None:
        self.first = first
        self.troubles = list[Exception]()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.first()
            inbox.work_all()
        except Exception as error:
            self.troubles.append(error)
        finally:
            connection.close()

    def waits(self, kind: str = "") -> None:
        """Until somebody waits for a lock, of this kind."""
        for _look in range(1000):
            with connection.cursor() as cursor:
                cursor.execute(WAITING, [kind, kind])
                if cursor.fetchone() != (0,):
                    return
            self.thread.join(0.01)
        raise AssertionError("nobody waits")

    def ends(self) -> None:
        self.thread.join(20)
        assert not self.troubles and not self.thread.is_alive()
