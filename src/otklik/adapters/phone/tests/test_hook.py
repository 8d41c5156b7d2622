"""HOOK-*: only what the exchange signed now is believed, and it is stored before it hears 200."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client, override_settings

from otklik.adapters.phone.models import Exchange
from otklik.adapters.phone.signing import FRESH, sign
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.calls import hearing
from otklik.desk.calls.models import Call, CallEvent
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-05-14T12:00:00+03:00")
RINGING = {
    "event": "ringing",
    "id": "e1",
    "call": "c-1",
    "at": "2026-05-14T12:00:00.250+03:00",
    "direction": "in",
    "number": "+79001112233",
    "queue": "Поддержка 📞",
}


@pytest.fixture
def exchange(line_one: Team) -> Exchange:
    channel = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)
    exchange = Exchange(channel=channel)
    exchange.renew_secret()
    return exchange


def post(exchange: Exchange, told: Any, *, at: datetime = NOW, secret: str = "", body: bytes = b"") -> Any:
    body = body or json.dumps(told).encode()
    stamp = int(at.timestamp())
    signature = sign(secret or exchange.secrets_at(NOW)[0], stamp, body)
    head = {"Otklik-Timestamp": str(stamp), "Otklik-Signature": signature}
    with clock.at(NOW):
        return Client().post(f"/hooks/phone/{exchange.key}/", body, content_type="application/json", headers=head)


def test_an_event_is_a_call(exchange: Exchange) -> None:
    assert post(exchange, RINGING).json() == {"known": False}

    call = Call.objects.get()
    assert (call.number, call.queue, call.team) == ("+79001112233", "Поддержка 📞", exchange.channel.team)
    exchange.channel.refresh_from_db()
    assert exchange.channel.checked_at == NOW


def test_HOOK_2_the_raw_bytes_are_what_is_signed(exchange: Exchange) -> None:
    """Cyrillic and a smile as they are and escaped, with spaces of the sender's own; spelt anew it is another body."""
    escaped = json.dumps({**RINGING, "id": "e2"}, ensure_ascii=True, indent=3).encode()
    plain = json.dumps(RINGING, ensure_ascii=False).encode()

    assert [post(exchange, None, body=body).status_code for body in (escaped, plain)] == [200, 200]
    assert set(Call.objects.values_list("queue", flat=True)) == {"Поддержка 📞"}
    stamp = int(NOW.timestamp())
    head = {"Otklik-Timestamp": str(stamp), "Otklik-Signature": sign(exchange.secrets_at(NOW)[0], stamp, escaped)}
    with clock.at(NOW):
        answer = Client().post(
            f"/hooks/phone/{exchange.key}/", json.loads(escaped), content_type="application/json", headers=head
        )
    assert answer.status_code == 403


def test_told_again_it_is_the_same(exchange: Exchange) -> None:
    post(exchange, RINGING)

    assert post(exchange, RINGING).json() == {"known": True}
    assert Call.objects.count() == CallEvent.objects.count() == 1


def test_without_an_id_the_same_bytes_are_the_same_event(exchange: Exchange) -> None:
    bare = {name: value for name, value in RINGING.items() if name != "id"}

    assert [post(exchange, bare).json()["known"] for _again in range(2)] == [False, True]


@pytest.mark.parametrize("seconds", [-FRESH - 1, FRESH + 1])
def test_HOOK_1_an_old_or_future_signature_is_refused(exchange: Exchange, seconds: int) -> None:
    """What somebody has recorded cannot be played again later."""
    assert post(exchange, RINGING, at=NOW + timedelta(seconds=seconds)).status_code == 403
    assert not CallEvent.objects.exists()
    assert post(exchange, RINGING, at=NOW + timedelta(seconds=FRESH)).status_code == 200


def test_HOOK_1_a_wrong_secret_stores_nothing(exchange: Exchange) -> None:
    assert post(exchange, RINGING, secret="otp_wrong").status_code == 403
    assert not Call.objects.exists() and not CallEvent.objects.exists()


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"Otklik-Timestamp": "soon", "Otklik-Signature": "v1=00"},
        {"Otklik-Timestamp": "٣٣٣", "Otklik-Signature": "v1=яя"},
        {"Otklik-Timestamp": "9" * 40, "Otklik-Signature": ""},
    ],
)
def test_HOOK_1_no_signature_is_a_wrong_one(exchange: Exchange, head: dict[str, str]) -> None:
    with clock.at(NOW):
        answer = Client().post(
            f"/hooks/phone/{exchange.key}/", json.dumps(RINGING), content_type="application/json", headers=head
        )
    assert answer.status_code == 403 and not Call.objects.exists()


def test_a_strangers_address_and_a_closed_channel_are_none(exchange: Exchange) -> None:
    assert Client().post("/hooks/phone/0000/").status_code == 404
    Channel.objects.update(is_active=False)
    assert post(exchange, RINGING).status_code == 404
    assert not Call.objects.exists()


def test_HOOK_4_an_empty_secret_is_no_door(exchange: Exchange) -> None:
    """The channel is off, not unchecked: also for who signs with nothing."""
    secret = exchange.secrets_at(NOW)[0]
    Exchange.objects.update(secret="")

    assert post(exchange, RINGING, secret=secret).status_code == 404
    stamp = int(NOW.timestamp())
    body = json.dumps(RINGING).encode()
    head = {"Otklik-Timestamp": str(stamp), "Otklik-Signature": sign("", stamp, body)}
    with clock.at(NOW):
        answer = Client().post(f"/hooks/phone/{exchange.key}/", body, content_type="application/json", headers=head)
    assert answer.status_code == 404 and not CallEvent.objects.exists()


def test_both_secrets_are_believed_while_the_new_one_is_put_in_place(exchange: Exchange) -> None:
    with clock.at(NOW):
        old, new = exchange.secrets_at(NOW)[0], exchange.renew_secret()

    assert post(exchange, RINGING, secret=new).status_code == post(exchange, RINGING, secret=old).status_code == 200
    assert exchange.secrets_at(NOW + timedelta(days=2, hours=23)) == [new, old]
    assert exchange.secrets_at(NOW + timedelta(days=3)) == [new]


def test_HOOK_4_nothing_is_answered_that_was_not_stored(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:

    def fails(*_told: object) -> bool:
        raise DatabaseError("full")

    monkeypatch.setattr(hearing, "hear", fails)
    assert post(exchange, RINGING).status_code == 503


def test_with_another_key_of_ours_nobody_is_sent_away_for_good(exchange: Exchange) -> None:
    secret = exchange.secrets_at(NOW)[0]

    with override_settings(SECRET_KEY="another one, of fifty characters, of which nothing opens" * 2):
        assert post(exchange, RINGING, secret=secret).status_code == 503
    exchange.channel.refresh_from_db()
    assert exchange.channel.trouble and not Call.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"event": "rung"}, "event"),
        ({"event": ["ringing"]}, "event"),
        ({"call": ""}, "call"),
        ({"call": "x" * 121}, "call"),
        ({"number": "\0"}, "number"),
        ({"number": "\ud800"}, "number"),
        ({"queue": {}}, "queue"),
        ({"at": "2026-05-14T12:00:00"}, "at"),
        ({"at": "2026-02-30T12:00:00Z"}, "at"),
        ({"at": "2026-05-14T12:05:01+03:00"}, "at"),
        ({"at": "2026-04-01T12:00:00+03:00"}, "at"),
        ({"at": 5}, "at"),
        ({"direction": "up"}, "direction"),
        ({"event": "answered"}, "extension"),
        ({"event": "recorded"}, "recording"),
        ({"event": "recorded", "recording": "http://pbx.test/1"}, "recording"),
        ({"event": "recorded", "recording": "https://a:b@pbx.test/1"}, "recording"),
    ],
)
def test_what_makes_no_sense_is_said_to_its_developer(exchange: Exchange, changed: dict[str, Any], field: str) -> None:
    answer = post(exchange, {**RINGING, **changed})

    assert answer.status_code == 400 and answer.json()["error"].startswith(f"{field}:")
    assert not Call.objects.exists()
    exchange.channel.refresh_from_db()
    assert field in exchange.channel.trouble, "an administrator reads it"


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 60_000])
def test_what_is_no_json(exchange: Exchange, body: bytes) -> None:
    assert post(exchange, None, body=body).status_code == 400


def test_a_huge_post_is_not_read(exchange: Exchange) -> None:
    assert post(exchange, None, body=b"x" * (64 * 1024 + 1)).status_code == 413


def test_numbers_may_be_numbers(exchange: Exchange) -> None:
    assert post(exchange, {**RINGING, "extension": 101, "call": 7, "queue": None}).status_code == 200
    assert Call.objects.get().external_id == "7"


def test_only_posts(exchange: Exchange) -> None:
    assert Client().get(f"/hooks/phone/{exchange.key}/").status_code == 405
