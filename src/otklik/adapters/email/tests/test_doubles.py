"""DEDUP-1: one mail is one message, however often it is delivered."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from otklik.adapters.email.tests.conftest import SUPPORT, Running, Take, mail
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Inbound
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def hop(number: int, raw: bytes) -> bytes:
    """What servers add on the way differs from copy to copy."""
    return f"Received: from mx{number}.test by desk.test; Mon, 1 Jan 2024 00:00:0{number} +0000\n".encode() + raw


@pytest.mark.parametrize("identifier", ["<one@volga.test>", ""], ids=["with Message-ID", "without Message-ID"])
def test_DEDUP_1_five_deliveries_at_once_and_one_later_give_one_message(
    receiver: Running, take: Take, identifier: str
) -> None:
    raw = mail(Message_ID=identifier)

    def deliver(number: int) -> None:
        with receiver.smtp() if number % 2 else receiver.lmtp() as talk:
            talk.sendmail("pavel@volga.test", [SUPPORT], hop(number, raw))

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(deliver, range(5)))
    inbox.work_all()
    take(hop(7, raw), source="imap:INBOX/7")

    assert Inbound.objects.count() == Message.objects.filter(direction="in").count() == Ticket.objects.count() == 1
