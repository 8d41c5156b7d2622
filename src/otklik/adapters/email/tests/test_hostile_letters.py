"""PARSE-1 to PARSE-4 and MAIL-6 through the whole intake: from the door to the request."""

import logging
import socket
from datetime import datetime
from time import monotonic, process_time

import pytest

from otklik.adapters.email.tests.conftest import SUPPORT, Running, Take, mail
from otklik.adapters.email.tests.test_structure import BOMBS
from otklik.core.staff.models import User
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait

pytestmark = pytest.mark.django_db(transaction=True)

STRUCTURES = ("3,000 nested multiparts", "20,000 parts", "400 nested messages", "one boundary for all")
HEADERS = ("16,000 addresses", "32,000 parameters", "8,000 nested comments", "20,000 encoded words")


def in_time(take: Take, raw: bytes) -> Inbound:
    begun = process_time()
    row = take(raw)
    assert process_time() - begun < 5
    return row


@pytest.mark.parametrize("bomb", HEADERS)
def test_PARSE_1_a_bomb_of_headers_is_kept_and_filed_in_five_seconds(take: Take, bomb: str) -> None:
    row = in_time(take, BOMBS[bomb])

    assert row.state in (Inbound.State.READ, Inbound.State.QUARANTINED) and bytes(row.raw) == BOMBS[bomb]


@pytest.mark.parametrize("bomb", [*STRUCTURES, "an empty boundary"])
def test_PARSE_2_a_bomb_of_parts_is_kept_and_filed_in_five_seconds(take: Take, bomb: str) -> None:
    empty = mail().replace(b'text/plain; charset="utf-8"', b'multipart/mixed; boundary=""') + b"--\n\nhi\n" * 5_000
    raw = BOMBS.get(bomb, empty)

    row = in_time(take, raw)

    assert row.state in (Inbound.State.READ, Inbound.State.QUARANTINED) and bytes(row.raw) == raw


@pytest.mark.parametrize(
    "end",
    [b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\n", b"\r\n.\r", b"\r.\r\n", b"\n.\r", b"\r\n\x00.\r\n", b"\r\n.\r\r\n"],
)
def test_PARSE_3_nothing_smuggled_behind_an_odd_end_becomes_a_second_letter(receiver: Running, end: bytes) -> None:
    smuggled = (
        b"MAIL FROM:<boss@desk.test>\r\nRCPT TO:<support@desk.test>\r\nDATA\r\n"
        b"From: boss@desk.test\r\nSubject: smuggled\r\n\r\nPay at once\r\n.\r\n"
    )
    with socket.create_connection(("127.0.0.1", receiver.receiver.ports["smtp"]), 10) as talk:
        answers = talk.makefile("rb")

        def say(words: bytes) -> bytes:
            talk.sendall(words)
            return answers.readline()

        answers.readline()
        say(b"HELO volga.test\r\n")
        say(b"MAIL FROM:<pavel@volga.test>\r\n")
        say(f"RCPT TO:<{SUPPORT}>\r\n".encode())
        assert say(b"DATA\r\n").startswith(b"354")
        assert say(mail().replace(b"\n", b"\r\n") + b"one" + end + smuggled).startswith(b"250")
        talk.sendall(b"QUIT\r\n")

    inbox.work_all()
    assert Inbound.objects.count() == 1 and Ticket.objects.count() == 1
    assert Inbound.objects.get().envelope_from == "pavel@volga.test"


LINE_ENDS = ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\r", "\n"]


@pytest.mark.parametrize("bad", LINE_ENDS, ids=[f"U+{ord(bad):04X}" for bad in LINE_ENDS])
def test_PARSE_4_one_header_stays_one_header_stored_shown_answered_and_logged(
    take: Take, anna: User, tomorrow: datetime, caplog: pytest.LogCaptureFixture, bad: str
) -> None:
    from base64 import b64encode

    word = f"=?utf-8?B?{b64encode(f'Звонок{bad}Bcc: all@volga.test'.encode()).decode()}?="
    name = f"=?utf-8?B?{b64encode(f'счёт{bad}X-Evil: 1.txt'.encode()).decode()}?="
    raw = (
        f"From: pavel@volga.test\nTo: {SUPPORT}\nSubject: {word}\nMessage-ID: <odd@volga.test>\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nText\n--b\n'
        f'Content-Type: text/plain; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n\nfile\n--b--\n'
    ).encode()
    with caplog.at_level(logging.DEBUG):
        take(raw)
    ticket = Ticket.objects.get()
    ticket.reply("Ответ", by=anna, then=Wait(tomorrow), files=list(Attachment.objects.all()))

    message = Message.objects.earliest("pk")
    stored = [ticket.subject, message.subject, Attachment.objects.earliest("pk").name, ticket.conversation.subject]
    assert all(len(text.splitlines()) == 1 and not set(text) & set(LINE_ENDS) for text in stored)
    for letter in Outbound.objects.all():
        head = bytes(letter.raw).partition(b"\r\n\r\n")[0].decode()
        assert not any(line.lower().startswith(("bcc", "x-evil")) for line in head.splitlines())
        assert letter.recipients == ["pavel@volga.test"]
    assert not any("\nBcc" in record.getMessage() for record in caplog.records)


def test_MAIL_6_fifty_letters_behind_a_poisonous_one_are_filed_in_a_minute(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The poison is first in the queue, and one that hangs: it costs its five seconds and no letter behind it."""
    from otklik.adapters.email import adapter
    from otklik.adapters.email.parse import identity, isolated
    from otklik.desk.channels.models import Channel

    real = isolated.parse_safely

    def hang(raw: bytes) -> object:
        if b"poison" in raw:
            raise isolated.Unreadable("time")
        return real(raw)

    monkeypatch.setattr(adapter.isolated, "parse_safely", hang)
    channel, begun = Channel.objects.get(), monotonic()
    for number in range(51):
        raw = mail("poison" if number == 0 else "text", Message_ID=f"<{number}@volga.test>", Subject=f"{number}")
        external_id, content_hash = identity(raw)
        inbox.accept(channel, raw, external_id=external_id, content_hash=content_hash)

    inbox.work_all()

    assert Inbound.objects.filter(state=Inbound.State.READ).count() == 50 and monotonic() - begun < 60
    for _ in range(2):
        Inbound.objects.update(not_before=None)
        inbox.work_all()
    poison = Inbound.objects.earliest("pk")
    assert (poison.state, poison.tries) == (Inbound.State.QUARANTINED, 3) and poison.reason
