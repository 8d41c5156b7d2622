"""A mailbox whose password is wrong: the screen and the doctor say so, and the right one ends the trouble."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from otklik.adapters.email.models import Delivery, Mailbox, Security
from otklik.adapters.email.tests.conftest import mail
from otklik.adapters.email.tests.fakeimap import FakeImap
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from tests.mail.program import Program, until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def imap() -> Iterator[FakeImap]:
    server = FakeImap()
    server.add(mail())
    yield server
    server.close()


@pytest.fixture
def mistyped(imap: FakeImap, line_one: Team) -> Mailbox:
    channel = Channel.objects.create(kind="email", name="Поддержка", address="support@desk.test", team=line_one)
    box = Mailbox(channel=channel, fetches=True, only_new=False, imap_login="support", delivery=Delivery.VIEWER)
    box.imap_host, box.imap_port, box.imap_security = "127.0.0.1", imap.port, Security.NONE
    box.imap_password = "sekret"
    box.save()
    return box


@pytest.fixture
def program(tmp_path: Path, mistyped: Mailbox) -> Iterator[Program]:
    program = Program(tmp_path, "worker")
    program.start()
    yield program
    program.kill()


def doctor(program: Program) -> tuple[int, list[dict[str, str]]]:
    """(exit code, what it says about this mailbox)"""
    words = [sys.executable, "-m", "otklik", "doctor", "--json"]
    told = subprocess.run(words, env=program.environment, capture_output=True, check=False, timeout=120)
    findings: list[dict[str, str]] = json.loads(told.stdout)
    return told.returncode, [each for each in findings if each["words"].startswith("support@desk.test")]


def test_screen_and_doctor_tell_and_the_right_password_ends_it(
    program: Program, mistyped: Mailbox, imap: FakeImap, admin: User, client: Client
) -> None:
    until(lambda: Channel.objects.troubled().exists(), "the trouble is seen")
    client.force_login(admin)
    page = client.get("/settings/channels/").content.decode()
    code, (finding,) = doctor(program)

    assert "support" in page and "wrong password" in page
    assert (code, finding["level"]) == (1, "bad") and "wrong password" in finding["words"] and finding["remedy"]
    assert not Ticket.objects.exists()

    mistyped.imap_password = "secret"
    mistyped.configured()

    until(lambda: Ticket.objects.exists(), "the mail is fetched at once")
    until(lambda: not Channel.objects.troubled().exists(), "the trouble is over")
    _code, (finding,) = doctor(program)
    assert finding["level"] == "good"
    assert "wrong password" not in client.get("/settings/channels/").content.decode()
