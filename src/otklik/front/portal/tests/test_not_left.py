"""What has not left can still be taken back: nobody outside reads it before."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets import letters
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait

pytestmark = pytest.mark.django_db


def read(client: Client, ticket: Ticket) -> str:
    return client.get(f"/request/{sign(ticket)}/").content.decode()


def its_moment_comes(ticket: Ticket) -> None:
    Outbound.objects.filter(message__conversation=ticket.conversation).update(not_before=timezone.now())


def test_a_letter_stands_on_the_clients_page_from_its_moment_on(
    client: Client, ticket: Ticket, anna: User, tomorrow: datetime
) -> None:
    ticket.reply("Связь восстановлена", by=anna, then=Wait(tomorrow), undo=300)
    assert "Связь восстановлена" not in read(client, ticket)
    assert "Связь восстановлена" not in letters.history_of(ticket), "it would be quoted to others"
    assert not ticket.forwardable.filter(direction="out").exists()

    its_moment_comes(ticket)
    assert "Связь восстановлена" in read(client, ticket) and "Связь восстановлена" in letters.history_of(ticket)
    assert ticket.forwardable.filter(direction="out").exists()


def test_what_is_tried_again_stays_there(client: Client, ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    message = ticket.reply("Связь восстановлена", by=anna, then=Wait(tomorrow))
    later = clock.now() + timedelta(hours=3)
    Outbound.objects.filter(message=message).update(attempt=2, not_before=later)

    assert "Связь восстановлена" in read(client, ticket)


def test_neither_its_files_nor_what_helped_are_there_before(client: Client, ticket: Ticket, anna: User) -> None:
    file = Attachment.objects.make(ticket.conversation, "лог.txt", "text/plain", b"log", anna)
    ticket.reply("Готово", by=anna, then=Resolve("Заменили плату"), files=[file], undo=300)
    place = f"/request/{sign(ticket)}/files/{file.key}/"
    assert client.get(place).status_code == 404 and "Заменили плату" not in read(client, ticket)

    its_moment_comes(ticket)
    assert client.get(place).status_code == 200 and "Заменили плату" in read(client, ticket)
