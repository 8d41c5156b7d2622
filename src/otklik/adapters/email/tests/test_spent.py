"""HOOK-1: a signature that does not cover its letter is good for one letter, and not for long."""

import datetime

import pytest
from django.test import Client

from otklik.adapters.email.hooks.providers import AHEAD, OLDEST
from otklik.adapters.email.models import Delivery, Mailbox, Spent
from otklik.adapters.email.models.spent import KEPT
from otklik.adapters.email.tasks import sweep
from otklik.adapters.email.tests.test_hooks import RAW, UTF8, hooked, mailgun, multipart, only, post, signed_at
from otklik.core.journal import clock
from otklik.desk.channels.models import Channel, Inbound

pytestmark = pytest.mark.django_db


def test_HOOK_1_a_captured_signature_lets_no_other_letter_in(client: Client, mailbox: Mailbox) -> None:
    """It does not cover the letter; whoever has seen one post would write in anybody's name."""
    path, told = hooked(mailbox, "mailgun"), mailgun(RAW)

    assert post(client, path, multipart(told)) == 200
    assert post(client, path, multipart({**told, "body-mime": UTF8})) == 403
    assert post(client, path, multipart(told)) == 200, "a second try of Mailgun itself"
    assert bytes(only().raw) == RAW and Spent.objects.count() == 1
    assert post(client, path, multipart(mailgun(UTF8, token="u" * 50))) == 200
    assert Inbound.objects.count() == 2


def test_HOOK_1_a_captured_signature_opens_no_other_mailbox_either(client: Client, mailbox: Mailbox) -> None:
    told = mailgun(RAW)
    assert post(client, hooked(mailbox, "mailgun"), multipart(told)) == 200
    team = mailbox.channel.team
    sales = Channel.objects.create(kind="email", name="Продажи", address="sales@desk.test", team=team)
    other = Mailbox.objects.create(channel=sales, delivery=Delivery.VIEWER)

    assert post(client, hooked(other, "mailgun"), multipart({**told, "body-mime": UTF8})) == 403
    assert Inbound.objects.count() == 1


def test_HOOK_1_a_digit_of_the_token_told_as_one_of_the_time_is_the_same_signature(
    client: Client, mailbox: Mailbox
) -> None:
    """Nothing parts the two words that are signed."""
    path, stamp = hooked(mailbox, "mailgun"), signed_at()
    told = mailgun(RAW, token="7" + "t" * 49, stamp=stamp)
    assert post(client, path, multipart(told)) == 200

    shifted = {"timestamp": stamp[:-1].encode(), "token": stamp[-1:].encode() + told["token"], "body-mime": UTF8}
    assert post(client, path, multipart({**told, **shifted})) == 403
    assert post(client, path, multipart({**told, **shifted, "timestamp": stamp.encode() + b"7"})) == 403
    longer = {"timestamp": stamp.encode() + b"7", "token": b"t" * 49, "body-mime": UTF8}
    assert post(client, path, multipart({**told, **longer})) == 403
    assert Inbound.objects.count() == 1


@pytest.mark.parametrize(
    ("ago", "code"),
    [({"minutes": 16}, 200), ({"hours": 8, "minutes": 30}, 200), ({"hours": 10}, 403), ({"minutes": -20}, 403)],
    ids=["after a pause", "the last try of Mailgun", "kept by somebody", "of tomorrow"],
)
def test_HOOK_1_a_signature_is_taken_as_long_as_mailgun_tries(
    client: Client, mailbox: Mailbox, ago: dict[str, int], code: int
) -> None:
    path = hooked(mailbox, "mailgun")

    assert post(client, path, multipart(mailgun(RAW, stamp=signed_at(**ago)))) == code
    assert Inbound.objects.count() == Spent.objects.count() == (code == 200)
    trouble = Channel.objects.get(pk=mailbox.channel_id).trouble
    assert ("часы" in trouble) == (code == 403), "a clock of ours that is wrong would keep every letter out"


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1e9", "١٧٠٠٠٠٠٠٠٠", "9" * 30, " 1700000000"])
def test_HOOK_1_a_time_that_is_none_is_refused(client: Client, mailbox: Mailbox, stamp: str) -> None:
    told = mailgun(RAW, stamp=stamp or "0")
    if not stamp:
        told["timestamp"] = b""

    assert post(client, hooked(mailbox, "mailgun"), multipart(told)) == 403 and not Inbound.objects.exists()


def test_spent_signatures_are_kept_while_they_would_open(client: Client, mailbox: Mailbox) -> None:
    assert OLDEST + AHEAD < KEPT
    assert post(client, hooked(mailbox, "mailgun"), multipart(mailgun(RAW))) == 200
    sweep(0)
    assert Spent.objects.exists()
    with clock.at(clock.now() + KEPT + datetime.timedelta(minutes=1)):
        sweep(0)
    assert not Spent.objects.exists()
