"""In a chat what one person wrote is read in turn, and no two readers wait for each other."""

import threading

import pytest
from django.db import connection, transaction

from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def test_two_readers_do_not_wait_for_each_other(door: Channel) -> None:
    """The first message waits for its file; of the two behind it the later one is taken first."""
    numbers = [
        inbox.accept(door, b"{}", external_id="", content_hash=str(one), envelope_from="telegram:1").inbound_id
        for one in range(3)
    ]
    troubles = list[Exception]()

    def read_the_last() -> None:
        try:
            with transaction.atomic():
                Inbound.objects.select_for_update().get(pk=numbers[2]).wait_for_turn()
        except Exception as error:
            troubles.append(error)
        finally:
            connection.close()

    reader = threading.Thread(target=read_the_last)
    with transaction.atomic():
        second = Inbound.objects.select_for_update().get(pk=numbers[1])
        reader.start()
        _until_somebody_waits(reader)
        second.wait_for_turn()
        second.done("appended")
    reader.join(10)

    assert not troubles and not reader.is_alive()


def _until_somebody_waits(reader: threading.Thread) -> None:
    for _look in range(1000):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
        reader.join(0.01)
    raise AssertionError("nobody waits")
