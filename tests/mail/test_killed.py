"""MAIL-1 and MAIL-7: whatever was answered with success survives kill -9, exactly once."""

import http.cookiejar
import random
import re
import signal
import smtplib
import threading
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.mail.program import Program, free_port, until

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


def test_MAIL_1_what_was_accepted_is_kept_exactly_once_through_many_kills(program: Program) -> None:
    chance, stop = random.Random(20), threading.Event()
    senders = [Sender(name, program.lmtp, stop) for name in range(SENDERS)]
    program.start()
    for sender in senders:
        sender.start()

    def accepted_so_far() -> int:
        return sum(len(sender.accepted) for sender in senders)

    for _ in range(KILLS):
        before = accepted_so_far()
        until(lambda before=before: accepted_so_far() > before, "some mail is accepted before each kill")  # type: ignore[misc]
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
    assert len(accepted) >= KILLS
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


class Page:
    """The client's page of a request in a browser that keeps its cookies."""

    def __init__(self, port: int, ticket: Ticket) -> None:
        self.address = f"http://127.0.0.1:{port}/request/{sign(ticket)}/"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def form(self, text: str) -> bytes:
        page = self.opener.open(self.address, timeout=30).read().decode()
        told = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("csrfmiddlewaretoken", "key")}
        return urllib.parse.urlencode(
            {**{name: found[1] for name, found in told.items() if found}, "text": text}
        ).encode()

    def say(self, form: bytes) -> int:
        return int(self.opener.open(f"{self.address}answer/", form, timeout=30).status)


def test_MAIL_7_a_word_on_the_clients_page_stands_once_though_the_desk_died_at_once(
    tmp_path: Path, writes: Write
) -> None:
    ticket, port = writes(), free_port()
    desk = Program(tmp_path, "up", "--no-demo", "--port", str(port), OTKLIK_URL=f"http://127.0.0.1:{port}")
    page = Page(port, ticket)
    desk.start()
    try:
        said = page.form("Звук пропал опять")
        assert page.say(said) == 200
        desk.kill(signal.SIGKILL)
        desk.start()
        assert page.say(said) == 200, "whoever saw no answer presses once more"
    finally:
        desk.kill()

    assert ticket.conversation.messages.filter(text="Звук пропал опять").count() == 1
