"""MAIL-5 and DEDUP-2: one letter by several ways, and two letters under one name."""

from typing import Any

import pytest

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import SUPPORT, Take, mail
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_MAIL_5_one_letter_to_two_of_our_mailboxes(
    border: Mailbox, take: Take, anna: User, vera: User, line_two: Any
) -> None:
    """One message for each mailbox, each with the rights of its line, and one receipt from each at most."""
    from otklik.adapters.email.receiver.storing import Delivery, _keep
    from otklik.desk.channels import inbox

    sales = Channel.objects.create(kind="email", name="Сбыт", address="sales@desk.test", team=line_two)
    Mailbox.objects.create(channel=sales, delivery="viewer")
    raw = mail(To=f"{SUPPORT}, {SUPPORT}", Cc="sales@desk.test", Bcc="sales@desk.test")
    ways = [Delivery(border.channel), Delivery(sales)]
    for way in ways:
        way.addresses.append(way.channel.address)

    for _ in range(2):
        _keep(raw, ways, "pavel@volga.test", "smtp:127.0.0.1")
    inbox.work_all()

    tickets = list(Ticket.objects.order_by("team_id"))
    assert [ticket.team for ticket in tickets] == [border.channel.team, line_two]
    assert list(Ticket.objects.visible_to(anna)) == tickets[:1] and list(Ticket.objects.visible_to(vera)) == tickets[1:]
    receipts = [m.conversation_id for m in Message.objects.filter(automatic="auto")]
    assert len(receipts) == len(set(receipts)) == 2
    assert Conversation.objects.count() == 2


def test_DEDUP_2_the_same_identifier_with_other_content_is_kept_and_marked(mailbox: Mailbox, take: Take) -> None:
    first = take(mail("Один текст"))
    second = take(mail("Другой текст"))

    assert first.pk != second.pk
    plain, marked = (row.message.remarks for row in Inbound.objects.order_by("pk"))
    assert len(marked) == len(plain) + 1, "the second is marked, the first is not"
