"""Letters to the staff leave through the first mailbox that can send."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage

from otklik.adapters.email.mailer import MailboxBackend
from otklik.adapters.email.models import Mailbox, Security
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.django_db


class Keeper:
    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def keeper() -> Iterator[tuple[Keeper, int]]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    keeper = Keeper()
    server = Controller(keeper, hostname="127.0.0.1", port=port)
    server.start()
    yield keeper, port
    server.stop()


def letter() -> EmailMessage:
    return EmailMessage("Новый пароль", "Ссылка", "wrong@desk.test", ["anna@desk.test"])


def test_a_letter_leaves_through_the_mailbox_under_its_address(
    keeper: tuple[Keeper, int], line_one: Team, tmp_path: Path
) -> None:
    kept, port = keeper
    channel = Channel.objects.create(kind="email", name="Почта", address="help@desk.test", team=line_one)
    server = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": Security.NONE}
    Mailbox.objects.create(channel=channel, **server)
    assert MailboxBackend(file_path=str(tmp_path), alias="default").send_messages([letter()]) == 1
    [envelope] = kept.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == ("help@desk.test", ["anna@desk.test"])
    assert b"From: help@desk.test" in envelope.content


def test_without_a_mailbox_letters_are_kept_in_files(tmp_path: Path) -> None:
    MailboxBackend(file_path=str(tmp_path), alias="default").send_messages([letter()])
    assert len(list(tmp_path.iterdir())) == 1


def test_that_a_server_is_not_there_is_known_before_any_letter_leaves(line_one: Team, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    channel = Channel.objects.create(kind="email", name="Почта", address="help@desk.test", team=line_one)
    server = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": Security.NONE}
    Mailbox.objects.create(channel=channel, **server)
    with pytest.raises(OSError, match="refused"):
        MailboxBackend(file_path=str(tmp_path), alias="default").open()
