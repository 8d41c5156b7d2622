"""Letters that come back: the address is marked, machines are silent, people are told and may know better."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import Fate, Receipt
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.conversations.letters import may_write_automatically
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Paper, Write

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


def report_of(message: Message, *lost: str) -> dict[str, Any]:
    """What the other server sends back."""
    told = {"sender": "mailer-daemon@volga.test", "automatic": "bounce", "failed": [message.external_id]}
    return {**told, "automatic_reason": "550 unknown user", "failed_for": list(lost)}


type Meanwhile = Callable[..., None]


@pytest.fixture
def meanwhile(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """`meanwhile(act, receipt)`: while the next answer is being sent, this happens."""

    def set_up(act: Callable[[], object], receipt: Receipt) -> None:
        def send(outbound: Outbound) -> Receipt:
            if outbound.kind != Outbound.Kind.REPLY:
                return Receipt(Fate.SENT)
            monkeypatch.undo()
            act()
            return receipt

        monkeypatch.setattr(paper, "send", send)

    return set_up


def sent(message: Message) -> Outbound:
    outbox.send_due()
    return Outbound.objects.get(message=message)


@pytest.mark.parametrize("receipt", [Receipt(Fate.SENT, "250 ok"), Receipt(Fate.RETRY, "451"), Receipt(Fate.UNCERTAIN)])
def test_a_report_that_is_quicker_than_the_servers_answer_counts(
    ticket: Ticket, anna: User, writes: Write, meanwhile: Meanwhile, receipt: Receipt
) -> None:
    message = ticket.reply("Готово", by=anna, then=Resolve())
    meanwhile(lambda: writes("unknown user", **report_of(message, *message.to)), receipt)

    outbound = sent(message)
    assert outbound.state == "failed" and (receipt.fate is not Fate.SENT or outbound.detail == "550 unknown user")


def test_a_report_about_one_while_the_letter_is_being_sent_takes_nothing_from_the_others(
    ticket: Ticket, anna: User, writes: Write, meanwhile: Meanwhile
) -> None:
    message = ticket.reply("Готово", by=anna, then=Resolve(), to=["pavel@volga.test"], cc=["boss@volga.test"])
    meanwhile(lambda: writes("unknown user", **report_of(message, "boss@volga.test")), Receipt(Fate.RETRY, "451"))

    outbound = sent(message)
    assert (outbound.state, outbound.open_recipients) == ("ready", ["pavel@volga.test"])
    with clock.at(clock.now() + timedelta(minutes=5)):
        outbound = sent(message)
    assert {one: fate["state"] for one, fate in outbound.fates.items()} == {
        "pavel@volga.test": "sent",
        "boss@volga.test": "failed",
    }


def test_a_report_about_one_leaves_those_to_whom_it_is_sent_again_waiting(
    ticket: Ticket, anna: User, writes: Write
) -> None:
    """A second report may come from a server that tried for days."""
    message = ticket.reply("Готово", by=anna, then=Resolve(), to=["pavel@volga.test"], cc=["boss@volga.test"])
    outbound = sent(message)
    for lost in (message.to, message.cc, message.cc):
        writes("unknown user", **report_of(message, *lost))
    outbound.refresh_from_db()
    assert (outbound.state, outbound.fates) == ("failed", {})

    assert outbox.send_again(outbound)
    writes("unknown user", **report_of(message, "boss@volga.test"))
    outbound.refresh_from_db()
    assert (outbound.state, outbound.open_recipients) == ("ready", ["pavel@volga.test"])


def test_nobody_is_written_to_when_all_came_back_while_the_letter_was_put_off(
    ticket: Ticket, anna: User, writes: Write, meanwhile: Meanwhile, paper: Paper
) -> None:
    message = ticket.reply("Готово", by=anna, then=Resolve())
    later = clock.now() + timedelta(minutes=1)
    meanwhile(lambda: writes("unknown user", **report_of(message, *message.to)), Receipt(Fate.RETRY, until=later))
    sent(message)

    with clock.at(later + timedelta(minutes=1)):
        outbound = sent(message)
    assert (outbound.state, outbound.detail) == ("failed", "550 unknown user")
    assert outbound.pk not in [letter.pk for letter in paper.sent]


@pytest.mark.django_db(transaction=True)
def test_RACE_a_report_waits_for_what_is_being_written_down_of_the_letter(
    ticket: Ticket, anna: User, writes: Write
) -> None:
    """The other server took it for two of three; the report of one of them arrives before that is committed."""
    people: dict[str, Any] = {"to": ["pavel@volga.test"], "cc": ["boss@volga.test", "third@volga.test"]}
    message = ticket.reply("Готово", by=anna, then=Resolve(), **people)
    decided = {"pavel@volga.test": {"state": "sent"}, "boss@volga.test": {"state": "sent"}}
    decided["third@volga.test"] = {"state": "waiting", "said": "451"}

    def report() -> None:
        try:
            writes("unknown user", **report_of(message, "boss@volga.test"))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            rows = Outbound.objects.filter(message=message)
            rows.update(state="ready", sent_at=clock.now(), fates=decided, attempt=1)
            reported = pool.submit(report)
            wait([reported], 1)
        reported.result()

    outbound = Outbound.objects.get(message=message)
    assert (outbound.state, outbound.open_recipients) == ("ready", ["third@volga.test"])


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
