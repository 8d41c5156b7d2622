"""HOOK-*: providers post letters; verified over what came, stored raw and committed before they hear 200."""

import base64
import datetime
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import DatabaseError
from django.test import Client

from otklik.adapters.email.hooks import sns, views
from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import SUPPORT, mail
from otklik.core import egress
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db

# Eight-bit bytes that are no UTF-8: whatever decodes them on the way spoils them.
RAW = (
    mail()
    .split(b"\n\n")[0]
    .replace(b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: 8bit")
    .replace(b"utf-8", b"koi8-r")
    + b"\r\n\r\n"
    + "Не работает звонок\r\n".encode("koi8-r")
)
UTF8 = "From: Павел <pavel@volga.test>\r\nMessage-ID: <u@volga.test>\r\nSubject: 📞\r\n\r\nНе звонит 📞\r\n".encode()
BOUNDARY = "xYzZY"
TOPIC = "arn:aws:sns:eu-west-1:1:mail"


def hooked(mailbox: Mailbox, hook: str, proof: str = "sesam") -> str:
    mailbox.hook, mailbox.hook_proof = hook, proof
    mailbox.configured()
    return f"/hooks/mail/{mailbox.hook_key}/"


def multipart(fields: dict[str, bytes]) -> dict[str, Any]:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"
        for name, value in fields.items()
    ]
    return {
        "data": b"".join(parts) + f"--{BOUNDARY}--\r\n".encode(),
        "content_type": f"multipart/form-data; boundary={BOUNDARY}",
    }


def mailgun(raw: bytes, key: str = "sesam", *, token: str = "t" * 50, stamp: str = "") -> dict[str, bytes]:
    stamp = stamp or signed_at()
    signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    told = {"timestamp": stamp, "token": token, "signature": signature, "recipient": SUPPORT, "sender": "p@volga.test"}
    return {**{name: value.encode() for name, value in told.items()}, "body-mime": raw}


def signed_at(**ago: int) -> str:
    """Seconds as Mailgun signs them, so long ago."""
    return str(int((clock.now() - datetime.timedelta(**ago)).timestamp()))


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"otklik:{password}".encode()).decode()}


def post(client: Client, path: str, told: dict[str, Any], **headers: str) -> int:
    return client.post(path, told["data"], content_type=told["content_type"], headers=headers).status_code


def only() -> Inbound:
    return Inbound.objects.get()


@pytest.mark.parametrize("raw", [RAW, UTF8], ids=["koi8-r", "utf-8"])
def test_HOOK_2_mailgun_posts_raw_mime_and_not_a_byte_of_it_changes(
    client: Client, mailbox: Mailbox, raw: bytes
) -> None:
    path = hooked(mailbox, "mailgun")

    assert post(client, path, multipart(mailgun(raw))) == 200
    assert bytes(only().raw) == raw and only().envelope_to == [SUPPORT] and only().source == "hook:mailgun"
    inbox.work_all()
    assert Ticket.objects.count() == 1


def test_mailgun_posts_raw_mime_to_what_ends_so(client: Client, mailbox: Mailbox, admin: User) -> None:
    """Its own rule: only an address that ends in "mime" gets the letter as it came."""
    path = hooked(mailbox, "mailgun") + "mime"
    client.force_login(admin)

    assert path in client.get(f"/settings/channels/{mailbox.channel_id}/").content.decode()
    assert post(client, path, multipart(mailgun(RAW))) == 200


def test_mailgun_may_post_a_simple_form_as_well(client: Client, mailbox: Mailbox) -> None:
    path = hooked(mailbox, "mailgun")
    body = urlencode(mailgun(RAW)).encode()

    assert post(client, path, {"data": body, "content_type": "application/x-www-form-urlencoded"}) == 200
    assert bytes(only().raw) == RAW


@pytest.mark.parametrize("raw", [RAW, UTF8], ids=["koi8-r", "utf-8"])
def test_sendgrid_posts_raw_mime_under_a_password(client: Client, mailbox: Mailbox, raw: bytes) -> None:
    path = hooked(mailbox, "sendgrid")
    envelope = json.dumps({"from": "p@volga.test", "to": [SUPPORT]}).encode()
    told = multipart({"email": raw, "envelope": envelope})

    assert post(client, path, told, **basic("sesam")) == 200
    assert bytes(only().raw) == raw and only().envelope_from == "p@volga.test"


def test_postmark_posts_raw_mime_in_json(client: Client, mailbox: Mailbox) -> None:
    path = hooked(mailbox, "postmark")
    told = {"data": json.dumps({"RawEmail": UTF8.decode(), "OriginalRecipient": SUPPORT})}

    assert post(client, path, {**told, "content_type": "application/json"}, **basic("sesam")) == 200
    assert bytes(only().raw) == UTF8


def test_half_a_character_in_json_costs_that_character_and_not_the_letter(client: Client, mailbox: Mailbox) -> None:
    path = hooked(mailbox, "postmark")
    told = {"data": json.dumps({"RawEmail": UTF8.decode() + "\ud83d end", "OriginalRecipient": SUPPORT})}

    assert post(client, path, {**told, "content_type": "application/json"}, **basic("sesam")) == 200
    assert bytes(only().raw) == UTF8 + b"? end"


@pytest.mark.parametrize("hook", ["mailgun", "sendgrid", "postmark"])
@pytest.mark.parametrize("proof", ["wrong", ""])
def test_HOOK_1_without_the_right_proof_nothing_is_stored(
    client: Client, mailbox: Mailbox, hook: str, proof: str
) -> None:
    path = hooked(mailbox, hook)
    told = multipart({**mailgun(RAW, proof or "x"), "email": RAW})
    headers = basic(proof) if proof else {}

    assert post(client, path, told, **headers) == 403 and not Inbound.objects.exists()


@pytest.mark.parametrize("hook", ["mailgun", "sendgrid", "postmark", "ses"])
def test_HOOK_4_an_empty_secret_means_that_the_door_is_closed(client: Client, mailbox: Mailbox, hook: str) -> None:
    path = hooked(mailbox, hook, "")

    assert post(client, path, multipart({**mailgun(RAW, "x"), "email": RAW}), **basic("")) == 404
    assert not Inbound.objects.exists()


def test_HOOK_4_the_provider_hears_200_only_when_the_letter_is_stored(
    client: Client, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hooked(mailbox, "mailgun")

    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("no space left")

    with monkeypatch.context() as context:
        context.setattr(views.inbox, "accept", broken)
        assert post(client, path, multipart(mailgun(RAW))) == 503
    assert post(client, path, multipart(mailgun(RAW))) == 200


def test_HOOK_4_while_the_secret_cannot_be_read_the_letter_is_to_come_again(
    client: Client, mailbox: Mailbox, settings: Any
) -> None:
    """The secret key was changed: that is our set-up, and a 404 would make the provider throw the letter away."""
    path = hooked(mailbox, "mailgun")
    settings.SECRET_KEY = "another key " * 8
    assert post(client, path, multipart(mailgun(RAW))) == 503
    assert Channel.objects.get(pk=mailbox.channel_id).trouble


@pytest.mark.django_db(transaction=True)
def test_HOOK_4_the_commit_comes_before_the_answer(client: Client, mailbox: Mailbox) -> None:
    from django.db import connection

    path = hooked(mailbox, "mailgun")
    assert not connection.settings_dict["ATOMIC_REQUESTS"]

    assert post(client, path, multipart(mailgun(RAW))) == 200
    assert not connection.in_atomic_block and only()


def test_the_same_post_again_is_the_same_letter(client: Client, mailbox: Mailbox) -> None:
    path = hooked(mailbox, "mailgun")

    for _ in range(3):
        assert post(client, path, multipart(mailgun(RAW))) == 200
    assert Inbound.objects.count() == 1


def test_a_provider_that_posts_no_raw_letter_is_trouble_of_the_channel(client: Client, mailbox: Mailbox) -> None:
    path = hooked(mailbox, "mailgun")
    told = mailgun(RAW)
    del told["body-mime"]

    assert post(client, path, multipart(told)) == 200
    assert "body-mime" in Channel.objects.get().trouble


def test_unknown_addresses_closed_channels_and_other_ways_are_nothing(client: Client, mailbox: Mailbox) -> None:
    path = hooked(mailbox, "mailgun")

    assert client.get(path).status_code == 405 and client.head(path).status_code == 200
    assert post(client, "/hooks/mail/0123456789abcdef0123456789abcdef/", multipart(mailgun(RAW))) == 404
    Channel.objects.update(is_active=False)
    assert post(client, path, multipart(mailgun(RAW))) == 404


def test_a_letter_that_is_too_large_is_refused_by_its_size(client: Client, mailbox: Mailbox, settings: Any) -> None:
    settings.MESSAGE_BYTES = 1000
    path = hooked(mailbox, "mailgun")

    for size in (1500, 3000):
        assert post(client, path, multipart(mailgun(RAW + b"x" * size))) == 413
    assert not Inbound.objects.exists()


def test_a_letter_larger_than_a_form_may_be_comes_through(client: Client, mailbox: Mailbox) -> None:
    path = hooked(mailbox, "mailgun")

    assert post(client, path, multipart(mailgun(RAW + b"x" * 7_000_000))) == 200


# -- Amazon --------------------------------------------------------------------------------------------------------

KEY = generate_private_key(65537, 2048)
CERTIFICATE = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"


@pytest.fixture
def amazon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Amazon's certificate, which lies at an address of Amazon's."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(KEY.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    pem = made.sign(KEY, SHA256()).public_bytes(Encoding.PEM)
    sns._key.cache_clear()
    monkeypatch.setattr(sns, "certificate", lambda url: pem)


def signed(**changes: str) -> dict[str, Any]:
    content = {
        "mail": {"source": "p@volga.test"},
        "receipt": {"recipients": [SUPPORT], "action": {"encoding": "BASE64"}},
        "content": base64.b64encode(RAW).decode(),
    }
    message = {
        "Type": "Notification",
        "MessageId": "1",
        "TopicArn": TOPIC,
        "Message": json.dumps(content),
        "Timestamp": "2026-11-28T00:00:00Z",
        "SignatureVersion": "2",
        "SigningCertURL": CERTIFICATE,
        **changes,
    }
    names = ("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
    text = "".join(f"{name}\n{message[name]}\n" for name in names if name in message)
    signature = base64.b64encode(KEY.sign(text.encode(), PKCS1v15(), SHA256())).decode()
    return {"data": json.dumps({"Signature": signature, **message}), "content_type": "text/plain; charset=UTF-8"}


def test_amazon_posts_raw_mime_signed_for_our_topic(client: Client, mailbox: Mailbox, amazon: None) -> None:
    path = hooked(mailbox, "ses", TOPIC)

    assert post(client, path, signed()) == 200
    assert bytes(only().raw) == RAW and only().envelope_to == [SUPPORT]


@pytest.mark.parametrize(
    "told",
    [
        signed(TopicArn="arn:aws:sns:eu-west-1:666:mine"),
        signed(SigningCertURL="https://sns.evil.test/key.pem"),
        signed(SigningCertURL="https://sns.eu-west-1.amazonaws.com.evil.test/key.pem"),
        signed(SigningCertURL="https://sns.eu-west-1.amazonaws.com@evil.test/key.pem"),
        {**signed(), "data": signed()["data"].replace("2026-11-28", "2026-11-29")},
        {**signed(), "data": "{}"},
        {**signed(), "data": json.dumps({**json.loads(signed()["data"]), "Signature": "AAAA"})},
        signed(SigningCertURL="https://sns.s3-eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"),
        {**signed(), "data": json.dumps({**json.loads(signed()["data"]), "Type": ["Notification"]})},
        {**signed(), "data": json.dumps({**json.loads(signed()["data"]), "SigningCertURL": {}, "Signature": 1})},
    ],
    ids=[
        *("another topic", "another host", "a longer host", "a user", "altered", "empty", "no signature"),
        *("a folder for files", "a list", "no text"),
    ],
)
def test_HOOK_1_what_amazon_did_not_sign_for_our_topic_is_refused(
    client: Client, mailbox: Mailbox, amazon: None, told: dict[str, Any]
) -> None:
    path = hooked(mailbox, "ses", TOPIC)

    assert post(client, path, told) == 403 and not Inbound.objects.exists()


@pytest.mark.parametrize("escaped", [True, False])
def test_HOOK_2_amazons_signature_is_over_the_words_however_they_are_escaped(
    client: Client, mailbox: Mailbox, amazon: None, escaped: bool
) -> None:
    """A letter sent on as text, not in base64: Cyrillic and a smile within the signed words."""
    path = hooked(mailbox, "ses", TOPIC)
    content = {"mail": {"source": "p@volga.test"}, "receipt": {"recipients": [SUPPORT]}, "content": UTF8.decode()}
    told = json.loads(signed(Message=json.dumps(content, ensure_ascii=False), Subject="Письмо 📞")["data"])
    body = json.dumps(told, ensure_ascii=escaped, indent=escaped or None)

    assert post(client, path, {"data": body, "content_type": "text/plain; charset=UTF-8"}) == 200
    assert bytes(only().raw) == UTF8


def test_HOOK_1_the_handshake_of_a_stranger_is_not_answered(
    client: Client, mailbox: Mailbox, amazon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither of who cannot sign, nor for a topic of their own, nor with an address that is not Amazon's."""
    path, called = hooked(mailbox, "ses", TOPIC), []
    monkeypatch.setattr(sns.egress, "fetch", lambda url, **_bounds: called.append(url))
    ours = {"Type": "SubscriptionConfirmation", "Token": "t", "SubscribeURL": "https://sns.eu-west-1.amazonaws.com/?t"}
    forged = {**json.loads(signed(**ours)["data"]), "SubscribeURL": "https://sns.eu-west-1.amazonaws.com/?other"}
    asked = [
        {"data": json.dumps(forged), "content_type": "text/plain"},
        signed(**ours, TopicArn="arn:aws:sns:eu-west-1:666:mine"),
        signed(**{**ours, "SubscribeURL": "https://evil.test/?t"}),
    ]

    assert [post(client, path, one) for one in asked][:2] == [403, 403]
    assert called == [] and not Inbound.objects.exists()


@pytest.mark.parametrize("trouble", [egress.Refused("too slow"), 503], ids=["no way there", "an error page"])
def test_HOOK_4_while_amazons_certificate_cannot_be_had_the_letter_is_to_come_again(
    client: Client, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, trouble: Any
) -> None:
    """Amazon throws away what was refused by 403."""
    path = hooked(mailbox, "ses", TOPIC)
    sns._key.cache_clear()
    monkeypatch.setattr(sns.egress, "fetch", answering(trouble))
    assert post(client, path, signed()) == 503


def test_a_topic_that_could_not_be_confirmed_asks_again(
    client: Client, mailbox: Mailbox, amazon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = hooked(mailbox, "ses", TOPIC)
    asks = signed(Type="SubscriptionConfirmation", Token="t", SubscribeURL="https://sns.eu-west-1.amazonaws.com/?t")
    monkeypatch.setattr(sns.egress, "fetch", answering(500))
    assert post(client, path, asks) == 503

    monkeypatch.setattr(sns.egress, "fetch", answering(200))
    assert post(client, path, asks) == 200


def answering(what: Any) -> Any:
    def fetch(url: str, **_bounds: Any) -> egress.Answer:
        if isinstance(what, Exception):
            raise what
        return egress.Answer(what, "text/html", b"")

    return fetch
