"""DKIM: a letter is signed with the key of its mailbox, and the record that its domain publishes proves it."""

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.sending import signing
from otklik.adapters.email.tests.conftest import Say, Server
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(mailbox: Mailbox) -> str:
    pem = signing.new_key()
    mailbox.dkim_selector, mailbox.dkim_key = "otklik", pem
    mailbox.configured()
    return pem


def proven(raw: bytes, mailbox: Mailbox) -> bool:
    """As a receiving server judges that finds our record in the DNS."""
    record = mailbox.dkim_record
    assert record
    published = {f"{record.name}.".encode(): record.value.encode()}
    return bool(dkim.verify(raw, dnsfunc=lambda name, timeout=5: published.get(name)))


def test_what_arrives_is_signed_and_the_record_proves_it(server: Server, say: Say, mailbox: Mailbox, key: str) -> None:
    rude = server()
    mailbox.refresh_from_db()
    say("Добрый день.\n.\nточка в начале строки и  пробелы  \n\n\n")
    outbox.send_due()

    ((_sender, _to, arrived),) = rude.taken
    assert arrived.startswith(b"DKIM-Signature:") and proven(arrived, mailbox)
    assert mailbox.dkim_record and mailbox.dkim_record.name == "otklik._domainkey.desk.test"


@pytest.mark.parametrize(
    ("was", "became"),
    [
        (b"From: ", b"From: boss@desk.test\r\nFrom: "),
        (b"\r\nTo: pavel@volga.test", b"\r\nTo: somebody@else.test"),
        (b"\r\nSubject: ", b"\r\nSubject: Other\r\nSubject: "),
    ],
    ids=["From", "To", "Subject"],
)
def test_a_changed_letter_is_not_ours(say: Say, mailbox: Mailbox, key: str, was: bytes, became: bytes) -> None:
    raw = bytes(say().raw)
    assert was in raw

    assert proven(raw, mailbox) and not proven(raw.replace(was, became, 1), mailbox)


def test_a_survey_is_signed_with_its_way_out(mailbox: Mailbox, key: str, say: Say) -> None:
    """RFC 8058: the receiver offers one click only where the signature covers both headers."""
    head = bytes(say(kind="survey", unsubscribe="https://desk.test/survey/x/stop/").raw)

    covered = head.partition(b"; bh=")[0].replace(b"\r\n ", b"").replace(b" ", b"")
    assert b":list-unsubscribe:list-unsubscribe-post" in covered and proven(head, mailbox)


def test_without_a_key_nothing_is_signed(say: Say, mailbox: Mailbox) -> None:
    assert b"DKIM-Signature" not in bytes(say().raw) and mailbox.dkim_record is None


def test_a_key_that_cannot_be_read_any_more_holds_up_no_answer(
    say: Say, mailbox: Mailbox, key: str, settings: object
) -> None:
    settings.SECRET_KEY = "another key " * 8  # type: ignore[attr-defined]
    Mailbox.objects.get().save()

    assert b"DKIM-Signature" not in bytes(say().raw)


def test_the_key_is_sealed_in_the_database(mailbox: Mailbox, key: str) -> None:
    mailbox.refresh_from_db()

    assert "PRIVATE" not in mailbox.dkim_secret and mailbox.dkim_key == key


def test_pasted_keys_are_judged() -> None:
    pem = signing.new_key()
    other = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    assert signing.checked_key(f"\n{pem}\n") == pem
    for text in ("", "hello", pem[:200], other):
        with pytest.raises(signing.BadKey):
            signing.checked_key(text)


def test_every_attempt_sends_the_same_signature(server: Server, say: Say, mailbox: Mailbox, key: str) -> None:
    rude = server(END=["451 later"])
    outbound = say()
    outbox.send_due()
    Outbound.objects.update(not_before=outbound.created_at)
    mailbox.refresh_from_db()
    mailbox.dkim_key = signing.new_key()
    mailbox.save()

    outbox.send_due()

    assert [raw for _sender, _to, raw in rude.taken] == [bytes(outbound.raw)]
