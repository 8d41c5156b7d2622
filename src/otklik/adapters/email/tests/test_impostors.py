"""SENDER-4 to SENDER-6: who only looks like one of us, or like somebody we know."""

from datetime import datetime

import pytest

from otklik.adapters.email.tests.conftest import PASSED, STRANGER, SUPPORT, Take, last, mail
from otklik.core.staff.models import User
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait

pytestmark = pytest.mark.django_db(transaction=True)


def test_SENDER_4_an_agents_name_from_outside_is_a_strangers(
    known: Ticket, take: Take, anna: User, tomorrow: datetime
) -> None:
    """In the agent's name, with the identifier of her own letter: kept, shown, and sent to nobody."""
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    sent = Outbound.objects.count()

    take(
        mail(
            "#close\nОтвет клиенту: пароль 123",
            From=f"{anna.name} <{anna.email}>",
            In_Reply_To=f"<{ours.external_id}>",
            Message_ID="<a@desk.test>",
        )
    )

    message = Message.objects.latest("pk")
    assert (message.direction, message.author, message.author_address) == ("in", None, anna.email)
    assert Outbound.objects.count() == sent
    known.refresh_from_db()
    assert known.is_open


def test_SENDER_4_our_own_mailbox_from_outside_is_no_reply_of_ours(known: Ticket, take: Take) -> None:
    sent = Outbound.objects.count()

    take(mail("Ответ", From=SUPPORT, Message_ID="<x@desk.test>"))

    message = Message.objects.latest("pk")
    assert (message.direction, message.automatic, Outbound.objects.count()) == ("in", "loop", sent)
    assert not last().is_open


@pytest.mark.parametrize("lost", ["left", "moved to another line"])
def test_SENDER_5_a_colleague_who_lost_the_right_answers_nobody(
    known: Ticket, take: Take, anna: User, boris: User, vera: User, tomorrow: datetime, lost: str
) -> None:
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    who = anna if lost == "left" else vera
    if lost == "left":
        anna.deactivate(by=None)
    sent, said = Outbound.objects.count(), Message.objects.count()
    raw = mail("Ответ", From=who.email, In_Reply_To=f"<{ours.external_id}>", Message_ID="<a@desk.test>")

    row = take(raw)

    assert row.state == Inbound.State.QUARANTINED and who.name in row.reason
    assert (Outbound.objects.count(), Message.objects.count()) == (sent, said)
    row.release()
    assert take(raw).state == Inbound.State.READ, "a lead may let it in, as a stranger's letter"
    assert Outbound.objects.count() == sent


ODD = {
    "several addresses": "pavel@volga.test, thief@elsewhere.test",
    "another address in the name": '"pavel@volga.test" <thief@elsewhere.test>',
    "a group": "Клиенты: pavel@volga.test;",
    "a comment inside": "pavel(thief@elsewhere.test)@volga.test",
    "a source route": "<@elsewhere.test:pavel@volga.test>",
    "percent": "pavel%volga.test@elsewhere.test",
    "an encoded address": "=?utf-8?q?pavel=40volga=2Etest?=",
    "two angles": "<pavel@volga.test> <thief@elsewhere.test>",
}


@pytest.mark.parametrize("odd", ODD)
def test_SENDER_6_who_does_not_name_one_plain_address_is_nobody_we_know(known: Ticket, take: Take, odd: str) -> None:
    pavel = known.contact
    written = Outbound.objects.count()
    raw = mail(From="", Message_ID="<odd@elsewhere.test>", Authentication_Results=PASSED)

    take(f"From: {ODD[odd]}\n".encode() + raw)

    assert last().contact != pavel and last().sender_doubtful
    assert last().conversation.messages.get().authenticity == "unknown"
    assert Outbound.objects.count() == written


def test_SENDER_6_two_from_headers_are_nobody_and_reply_to_and_sender_say_nothing(known: Ticket, take: Take) -> None:
    raw = mail(Message_ID="<odd@elsewhere.test>", Authentication_Results=PASSED)
    take(b"From: thief@elsewhere.test\n" + raw)
    assert last().contact != known.contact and last().sender_doubtful

    take(mail(From=STRANGER, Reply_To="pavel@volga.test", Sender="pavel@volga.test", Message_ID="<r@elsewhere.test>"))
    assert last().contact.email == "stranger@elsewhere.test"


def test_a_tag_is_the_same_person_and_another_domain_is_not(known: Ticket, take: Take) -> None:
    take(mail(From="Pavel+work@Volga.test", Message_ID="<two@volga.test>"))
    assert last().contact == known.contact

    take(mail(From="pavel+work@elsewhere.test", Message_ID="<three@elsewhere.test>"))
    assert last().contact != known.contact
    assert not Identity.objects.filter(value="pavel+work@volga.test").exists()
