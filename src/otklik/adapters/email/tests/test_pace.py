"""A mailbox that may send so many letters a minute or an hour: its letters wait in their order and nothing fails."""

from datetime import datetime, timedelta

import pytest

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import Say, Server
from otklik.core.journal import clock
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def limited(mailbox: Mailbox, **limits: int) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(**limits)


def send_at(at: datetime) -> int:
    with clock.at(at):
        outbox.send_due()
    return Outbound.objects.filter(state="sent").count()


def test_letters_over_the_limit_wait_for_the_next_minute_and_leave_in_their_order(
    server: Server, say: Say, mailbox: Mailbox
) -> None:
    rude = server()
    limited(mailbox, per_minute=3)
    letters = [say(f"Ответ {number}") for number in range(8)]
    began = clock.now()

    assert [send_at(began + timedelta(seconds=seconds)) for seconds in (1, 30, 62, 100, 130)] == [3, 3, 6, 6, 8]
    assert [raw for _sender, _to, raw in rude.taken] == [bytes(letter.raw) for letter in letters]
    assert rude.talks == 8, "a letter that waits asks for no connection"


def test_waiting_is_no_attempt_and_no_trouble(server: Server, say: Say, mailbox: Mailbox) -> None:
    server()
    limited(mailbox, per_hour=1)
    say()
    second = say()
    at = clock.now() + timedelta(seconds=1)
    send_at(at)

    second.refresh_from_db()
    channel = Channel.objects.get()
    assert (second.state, second.attempt, second.detail) == ("ready", 0, "")
    assert channel.trouble == "" and not Ticket.objects.get().delivery_trouble
    assert channel.rests_until and timedelta(minutes=59) < channel.rests_until - at <= timedelta(hours=1)

    assert outbox.cancel(second)


def test_both_limits_hold(server: Server, say: Say, mailbox: Mailbox) -> None:
    server()
    limited(mailbox, per_minute=2, per_hour=3)
    for _ in range(5):
        say()
    began = clock.now()

    sent = [send_at(began + timedelta(minutes=minutes)) for minutes in (0.1, 1.2, 2.4, 30, 60.2)]

    assert sent == [2, 3, 3, 3, 5]


def test_other_mailboxes_go_on(server: Server, say: Say, mailbox: Mailbox) -> None:
    server()
    limited(mailbox, per_minute=1)
    say()
    say()
    outbox.send_due()
    other = Channel.objects.create(kind="email", address="sales@desk.test", team=mailbox.channel.team)
    last = Outbound.objects.order_by("id").last()
    assert last
    last.pk, last.channel, last.external_id, last._state.adding = None, other, "other", True
    last.save()

    outbox.send_due()

    last.refresh_from_db()
    assert last.state == "sent" and last.server == "viewer"


def test_a_letter_that_another_worker_may_send_any_moment_counts(server: Server, say: Say, mailbox: Mailbox) -> None:
    rude = server()
    limited(mailbox, per_minute=1)
    first = say()
    Outbound.objects.filter(pk=first.pk).update(state="sending", attempt=1, sending_since=clock.now())
    say()

    outbox.send_due()

    assert rude.taken == [] and Channel.objects.get().rests_until
