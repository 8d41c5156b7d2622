"""Letters that come back: the address is marked, machines are silent, people are told and may know better."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.conversations.letters import may_write_automatically
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def bounced(ticket: Ticket, anna: User, writes: Write) -> Identity:
    """A reply of Anna's came back."""
    message = ticket.reply("Готово", by=anna, then=Resolve())
    outbox.send_due()
    address = message.to[0]
    writes(
        "unknown user",
        sender="mailer-daemon@volga.test",
        automatic="bounce",
        failed=[message.external_id],
        failed_for=[address],
    )
    return Identity.objects.get(value=address)


def test_the_first_return_says_since_when(bounced: Identity) -> None:
    since = bounced.failed_at
    assert since is not None

    with time_machine.travel(clock.now() + timedelta(days=3)):
        Identity.objects.came_back([bounced.value.upper()])

    bounced.refresh_from_db()
    assert bounced.failed_at == since


def test_one_of_several_came_back_and_only_they_get_it_again(ticket: Ticket, anna: User, writes: Write) -> None:
    people: dict[str, Any] = {"to": ["pavel@volga.test"], "cc": ["boss@volga.test", "third@volga.test"]}
    message = ticket.reply("Готово", by=anna, then=Resolve(), **people)
    outbox.send_due()
    for lost in people["cc"]:
        told = {"sender": "mailer-daemon@volga.test", "automatic": "bounce", "failed": [message.external_id]}
        writes("unknown user", failed_for=[lost], **told)

    outbound = message.outbound
    assert outbound is not None
    outbound.refresh_from_db()
    assert outbound.state == "failed" and outbox.send_again(outbound)
    outbound.refresh_from_db()
    assert outbound.open_recipients == people["cc"]


def test_no_machine_of_ours_writes_there(bounced: Identity, writes: Write, anna: User) -> None:
    assert not may_write_automatically(bounced.value)
    before = Outbound.objects.filter(kind="auto").count()

    writes("Новое дело", sender=bounced.value)

    assert Outbound.objects.filter(kind="auto").count() == before
    bounced.use_again(by=anna)
    assert may_write_automatically(bounced.value, acknowledgement=False)


def test_the_ticket_the_card_and_the_composer_say_so(
    bounced: Identity, ticket: Ticket, anna: User, client: Browser
) -> None:
    client.force_login(anna)

    page = client.get(f"/tickets/{ticket.number}/").content.decode()

    assert Ticket.objects.in_trouble().get() == ticket
    assert "addresses/" in page  # the way to say that it works again
    assert f"Письма на {bounced.value} возвращаются" in page or f"Letters to {bounced.value} come back" in page


def test_a_person_may_write_there_all_the_same(bounced: Identity, ticket: Ticket, anna: User, client: Browser) -> None:
    client.force_login(anna)
    told: dict[str, Any] = {"text": "Ещё раз", "next": "resolve", "seen": 10**9, "to": bounced.value, "key": "again"}
    headers = {"HX-Request": "true", "HX-Target": "form#composer"}

    asked = client.post(f"/tickets/{ticket.number}/reply/", told, headers=headers)
    assert asked.status_code == 422
    assert bounced.value in asked.content.decode()

    sent = client.post(f"/tickets/{ticket.number}/reply/", {**told, "sure": "on"}, headers=headers)
    assert sent.status_code == 200
    assert Outbound.objects.filter(kind="reply", first_recipient=bounced.value).count() == 2


def test_an_address_works_again_when_an_agent_knows_it(bounced: Identity, anna: User, client: Browser) -> None:
    client.force_login(anna)
    contact = Contact.objects.get(identities=bounced)

    answer = client.post(f"/clients/contact/{contact.pk}/addresses/{bounced.pk}/again/", headers={"HX-Request": "true"})

    assert answer.status_code == 200
    bounced.refresh_from_db()
    assert bounced.failed_at is None
    assert client.post(f"/clients/contact/{contact.pk + 1}/addresses/{bounced.pk}/again/").status_code == 404
