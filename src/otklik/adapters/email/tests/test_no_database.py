"""MAIL-4: when nothing can be stored, the sender is asked to come again."""

import smtplib
import socket
import time
from collections.abc import Iterator

import pytest
from django.db import connections

from otklik.adapters.email.receiver.handler import BUSY
from otklik.adapters.email.tests.conftest import SUPPORT, Running, mail
from otklik.desk.channels.models import Inbound

pytestmark = pytest.mark.django_db(transaction=True)


class Database:
    """Sends new connections to a port where nothing listens, or nobody answers; then back to the real one."""

    def __init__(self) -> None:
        self.settings = connections["default"].settings_dict
        self.real = dict(self.settings)
        self.mute = socket.create_server(("127.0.0.1", 0))

    def dies(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            self.settings.update(HOST="127.0.0.1", PORT=nobody.getsockname()[1])
        self.drop_connections()

    def falls_silent(self) -> None:
        port = self.mute.getsockname()[1]
        options = {**self.real["OPTIONS"], "connect_timeout": 2}
        self.settings.update(HOST="127.0.0.1", PORT=port, OPTIONS=options)
        self.drop_connections()

    def drop_connections(self) -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )

    def lives(self) -> None:
        self.settings.update(self.real)


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database()
    yield database
    database.lives()
    database.mute.close()


def deliver(receiver: Running, number: int) -> float:
    """Seconds until the answer.  Raises what smtplib makes of a refusal."""
    began = time.monotonic()
    with receiver.lmtp() as lmtp:
        lmtp.sendmail("pavel@volga.test", [SUPPORT], mail(Message_ID=f"<{number}@volga.test>"))
    return time.monotonic() - began


def test_MAIL_4_while_the_database_is_down_the_answer_is_451_at_once_and_later_all_is_well(
    receiver: Running, database: Database
) -> None:
    deliver(receiver, 1)

    database.dies()
    began = time.monotonic()
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        deliver(receiver, 2)
    assert refusal.value.smtp_code == 451 and time.monotonic() - began < 3
    database.lives()
    deliver(receiver, 2)

    assert set(Inbound.objects.values_list("external_id", flat=True)) == {"1@volga.test", "2@volga.test"}


def test_MAIL_4_a_recipient_that_cannot_be_looked_up_is_not_refused_for_good(
    receiver: Running, database: Database
) -> None:
    database.dies()

    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        deliver(receiver, 1)

    assert refusal.value.recipients[SUPPORT] == (451, BUSY[4:].encode())


def test_MAIL_4_a_database_that_does_not_answer_is_not_waited_for(receiver: Running, database: Database) -> None:
    database.falls_silent()

    began = time.monotonic()
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        deliver(receiver, 1)

    assert time.monotonic() - began < 10


def test_MAIL_4_connections_lost_by_a_restart_cost_no_mail(receiver: Running, database: Database) -> None:
    for number in range(8):
        deliver(receiver, number)
    database.drop_connections()
    for number in range(8, 16):
        deliver(receiver, number)

    assert Inbound.objects.count() == 16
