"""MAIL-1: whatever was answered 250 survives kill -9, exactly once."""

import random
import signal
import smtplib
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from tests.mail.program import Program, until

KILLS = 11
SENDERS = 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def program(tmp_path: Path, line_one: Team) -> Iterator[Program]:
    Channel.objects.create(kind="email", address="support@desk.test", team=line_one, acknowledges=False)
    program = Program(tmp_path, "worker")
    yield program
    program.kill()


class Sender(threading.Thread):
    """Sends one mail after the other, each again and again until it hears 250, as a mail server does."""

    def __init__(self, name: int, port: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.name, self.port, self.stop = f"sender{name}", port, stop
        self.accepted: list[str] = []

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            identifier = f"{number}@{self.name}.test"
            if self.deliver(identifier):
                self.accepted.append(identifier)
                number += 1

    def deliver(self, identifier: str) -> bool:
        words = f"From: a@{self.name}.test\r\nMessage-ID: <{identifier}>\r\nSubject: {identifier}\r\n\r\nhello\r\n"
        try:
            with smtplib.LMTP("127.0.0.1", self.port, timeout=20) as lmtp:
                lmtp.sendmail(f"a@{self.name}.test", ["support@desk.test"], words)
        except (OSError, smtplib.SMTPException):
            self.stop.wait(0.05)
            return False
        return True


def test_mail_1_what_was_accepted_is_kept_exactly_once_through_many_kills(program: Program) -> None:
    chance, stop = random.Random(20), threading.Event()
    senders = [Sender(name, program.lmtp, stop) for name in range(SENDERS)]
    program.start()
    for sender in senders:
        sender.start()

    for _ in range(KILLS):
        stop.wait(chance.uniform(0.05, 0.8))
        program.kill(signal.SIGKILL)
        program.start()
    stop.set()
    for sender in senders:
        sender.join(30)
    until(lambda: not Inbound.objects.waiting().exists(), "everything is read")

    accepted = [identifier for sender in senders for identifier in sender.accepted]
    kept = Counter(Inbound.objects.values_list("external_id", flat=True))
    read = Counter(Message.objects.filter(direction="in").values_list("external_id", flat=True))
    assert len(accepted) > KILLS
    assert all(kept[identifier] == read[identifier] == 1 for identifier in accepted)
    assert set(kept.values()) == {1} and kept == read
    assert Ticket.objects.count() == sum(kept.values())


def test_a_worker_that_is_asked_to_stop_finishes_what_it_took(program: Program) -> None:
    program.start()
    stop = threading.Event()
    sender = Sender(0, program.lmtp, stop)
    sender.start()
    until(lambda: len(sender.accepted) > 5, "some mail is accepted")

    program.kill(signal.SIGTERM)
    stop.set()
    sender.join(30)

    assert program.process is not None and program.process.returncode == 0, program.log.read_text()[-2000:]
    assert set(sender.accepted) <= set(Inbound.objects.values_list("external_id", flat=True))
    assert not Ticket.objects.filter(conversation__messages=None).exists()
