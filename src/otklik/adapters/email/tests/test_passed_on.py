"""A letter that a colleague passes on is the client's; one that a client passes on is still theirs."""

import pytest

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import Take, last, letters_to, mail
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db(transaction=True)


FORWARDED = """Посмотрите, пожалуйста

---------- Forwarded message ---------
From: Olga Kama <olga@kama.test>
Date: Mon, Nov 23, 2026 at 10:00 AM
Subject: Нет звука
To: Boss <boss@desk.test>

Добрый день! Нет звука в трубке.
"""


def test_a_letter_that_a_colleague_passed_on_offers_its_author_as_the_client(
    mailbox: Mailbox, take: Take, anna: User
) -> None:
    """One act makes them the client, with a trail, and one takes it back."""
    take(mail(FORWARDED, From=f"Анна <{anna.email}>", Subject="Fwd: Нет звука", Message_ID="<f@desk.test>"))
    ticket = last()
    letter = ticket.conversation.messages.earliest("pk")
    assert (letter.passed_on_from, letter.passed_on_name) == ("olga@kama.test", "Olga Kama")
    colleague = ticket.contact

    olga = Contact.objects.recognise("email", letter.passed_on_from, name=letter.passed_on_name)
    ticket.make_client(olga, by=anna)
    ticket.reply("Проверим", by=anna, then=Resolve("перезагрузили"))

    ticket.refresh_from_db()
    assert (ticket.contact, ticket.contact_name, ticket.conversation.contact) == (olga, "Olga Kama", olga)
    assert len(letters_to("olga@kama.test")) == 1
    trail = Entry.objects.get(kind="tickets.ClientChanged")
    assert (trail.actor, trail.data["name"]) == (anna, "Olga Kama")
    ticket.make_client(colleague, by=anna)
    assert Ticket.objects.get(pk=ticket.pk).contact == colleague


def test_what_a_client_passes_on_is_still_the_clients(mailbox: Mailbox, take: Take) -> None:
    take(mail(FORWARDED, Subject="Fwd: Нет звука"))

    assert last().conversation.messages.earliest("pk").passed_on_from == ""
