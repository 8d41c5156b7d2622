"""A mailbox on the first line, letters for it, and the machinery that takes them in."""

import asyncio
import smtplib
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest

from otklik.adapters.email.models import Delivery, Mailbox, Security
from otklik.adapters.email.parse import identity
from otklik.adapters.email.receiver import Receiver
from otklik.adapters.email.tests.rude import Rude
from otklik.core.staff.models import Team
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.tickets.models import Ticket

SUPPORT = "support@desk.test"
PAVEL = "Павел Демидов <pavel@volga.test>"
PASSED = "mx.desk.test; dmarc=pass header.from=volga.test"
FAILED = "mx.desk.test; dmarc=fail (p=reject) header.from=volga.test"
STRANGER = "Чужой <stranger@elsewhere.test>"


@pytest.fixture
def support(line_one: Team) -> Channel:
    return Channel.objects.create(kind="email", name="Поддержка", address=SUPPORT, team=line_one, from_name="Связь")


@pytest.fixture
def mailbox(support: Channel) -> Mailbox:
    """Nothing leaves: letters go to the viewer."""
    return Mailbox.objects.create(channel=support, delivery=Delivery.VIEWER)


type Take = Callable[..., Inbound]


@pytest.fixture
def take(mailbox: Mailbox) -> Take:
    """`take(raw)`: accept a mail and read it to the end; its row."""

    def take(raw: bytes, **told: object) -> Inbound:
        external_id, content_hash = identity(raw)
        told = {"envelope_to": [SUPPORT], **told}
        accepted = inbox.accept(mailbox.channel, raw, external_id=external_id, content_hash=content_hash, **told)  # type: ignore[arg-type]
        inbox.work_all()
        return Inbound.objects.get(pk=accepted.inbound.pk)

    return take


def mail(text: str = "Не работает звонок", **headers: str) -> bytes:
    """A plain letter of Pavel's; `headers` with underscores for dashes override or add, an empty one removes."""
    message = EmailMessage()
    message.set_content(text)
    given = {"From": PAVEL, "To": SUPPORT, "Subject": "Звонок", "Message_ID": "<one@volga.test>", **headers}
    for name, value in given.items():
        if value:
            message[name.replace("_", "-")] = value
    return message.as_bytes()


@pytest.fixture
def border(mailbox: Mailbox) -> Mailbox:
    """The mailbox trusts the word of mx.desk.test."""
    mailbox.border = "mx.desk.test"
    mailbox.save()
    return mailbox


@pytest.fixture
def known(border: Mailbox, take: Take) -> Ticket:
    """Pavel's request, confirmed by the border."""
    take(mail("Секрет Павла", Authentication_Results=PASSED))
    return Ticket.objects.get()


def last() -> Ticket:
    return Ticket.objects.latest("pk")


def letters_to(address: str) -> list[str]:
    rows = Outbound.objects.filter(first_recipient=address).order_by("pk")
    return [bytes(row.raw).decode("utf-8", "replace") for row in rows]


type Server = Callable[..., Rude]
type Say = Callable[..., Outbound]


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Server]:
    """`server(END="451 later")`: the mailbox sends through a server with these manners."""
    opened = list[Rude]()

    def start(**manners: object) -> Rude:
        rude = Rude({name.replace("_", " "): manner for name, manner in manners.items()})
        opened.append(rude)
        mailbox.delivery, mailbox.smtp_host, mailbox.smtp_port = Delivery.SMTP, "127.0.0.1", rude.port
        mailbox.smtp_security = Security.NONE
        mailbox.configured()
        return rude

    yield start
    for rude in opened:
        rude.close()


@pytest.fixture
def say(take: Take, mailbox: Mailbox) -> Say:
    """`say()`: a letter to Pavel in the outbox; the receipt of his own letter is out of the way."""
    Channel.objects.update(acknowledges=False)
    take(mail())
    conversation = Ticket.objects.get().conversation

    def say(text: str = "Ответ", **told: object) -> Outbound:
        outbound = conversation.say(text, **told).outbound
        assert outbound is not None
        return outbound

    return say


class Running:
    """A receiver in a thread of its own; `ports` are where it listens."""

    def __init__(self) -> None:
        self.receiver = Receiver(("127.0.0.1", 0), ("127.0.0.1", 0))
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> "Running":
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self.receiver.start(), self.loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self.receiver.stop(), self.loop).result(30)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def smtp(self) -> smtplib.SMTP:
        return smtplib.SMTP("127.0.0.1", self.receiver.ports["smtp"], timeout=30)

    def lmtp(self) -> smtplib.LMTP:
        return smtplib.LMTP("127.0.0.1", self.receiver.ports["lmtp"], timeout=30)


@pytest.fixture
def receiver(mailbox: Mailbox) -> Iterator[Running]:
    with Running() as running:
        yield running
