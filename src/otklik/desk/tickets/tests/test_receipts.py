"""Receipts are written by a machine: never against the will of whoever reads them, never to the wrong person."""

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

LURE = "https://evil.test/win"


def receipts() -> list[str]:
    return [bytes(row.raw).decode() for row in Outbound.objects.filter(kind="auto").order_by("pk")]


def test_LOOP_4_a_flood_in_a_victims_name_ends_after_three_receipts_without_a_word_of_the_attacker(
    writes: Write,
) -> None:
    for number in range(500):
        writes(f"Вы выиграли! {LURE} {number}", sender="victim@bank.test", sender_name=LURE, subject=f"{LURE} {number}")

    told = receipts()
    assert Ticket.objects.count() == 500 and 1 <= len(told) <= 3
    assert not any("evil.test" in letter or "выиграли" in letter.lower() for letter in told)


def test_SENDER_7_what_a_vendor_writes_to_our_address_is_nobodys_to_read(
    client: Client, writes: Write, anna: User
) -> None:
    """A code sent to the public mailbox, to take over an account in the company's name."""
    ticket = writes("Ваш код: 482911", sender="no-reply@vendor.test", sender_name="Vendor", authenticity="unknown")

    assert not any("/request/" in letter or "482911" in letter for letter in receipts())
    for guess in (ticket.number, ticket.key, ticket.conversation.token):
        assert client.get(f"/request/{guess}/").status_code == 404


def test_SENDER_8_the_domain_of_an_address_makes_nobody_a_member(pavel: Contact, writes: Write) -> None:
    stranger = writes("Пустите", sender=f"stranger@{pavel.email.partition('@')[2]}", sender_name="Чужой").contact

    assert pavel.client is not None and stranger != pavel and stranger.client is None
