"""Signed and encrypted letters, with signatures that are really made."""

import dataclasses
import datetime
import email
import email.policy
import tracemalloc
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.test import Client as Browser
from procrastinate.contrib.django.models import ProcrastinateJob
from pysequoia import SignatureMode, Tsk, sign

from otklik.adapters.email import protecting
from otklik.adapters.email.adapter import EmailAdapter
from otklik.adapters.email.parse import isolated, parse
from otklik.adapters.email.tests.conftest import PAVEL, SUPPORT, Take
from otklik.core.journal.news import react_to
from otklik.core.journal.tasks import react
from otklik.core.staff.models import User
from otklik.desk.channels.models import Inbound
from otklik.desk.clients.models import Contact, ContactKey
from otklik.desk.conversations.models import Message
from otklik.desk.conversations.signatures import check_again
from otklik.desk.tickets.models import Ticket

YEAR = datetime.timedelta(days=365)
type Made = tuple[x509.Certificate, Any]


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(
    name: str, key: Any, issuer: Made | None = None, address: str = "", use: Any = None
) -> x509.Certificate:
    """Of an issuer itself, or by one for a person."""
    now = datetime.datetime.now(datetime.UTC)
    who = issuer[0].subject if issuer else named(name)
    builder = x509.CertificateBuilder(who, named(name), key.public_key(), x509.random_serial_number(), now - YEAR, now + YEAR)  # fmt: skip  # noqa: E501
    builder = builder.add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
    signer = issuer[1] if issuer else key
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    builder = builder.add_extension(by, critical=False)
    if not issuer:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
    if address:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([use or ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    return builder.sign(signer, hashes.SHA256())


@pytest.fixture(scope="module")
def house() -> Made:
    key = ec.generate_private_key(ec.SECP256R1())
    return certificate("House of Keys", key), key


@pytest.fixture
def known(house: Made, settings: Any, tmp_path: Path) -> Iterator[None]:
    """The house is one whose word we take."""
    place = tmp_path / "issuers.pem"
    place.write_bytes(house[0].public_bytes(serialization.Encoding.PEM))
    settings.SMIME_ISSUERS = str(place)
    protecting.known_issuers.cache_clear()
    yield
    protecting.known_issuers.cache_clear()


def pavels(house: Made, address: str = "pavel@volga.test", *, is_rsa: bool = False, use: Any = None) -> Made:
    key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    return certificate("Pavel Demidov", key, house, address, use), key


HEAD = f"From: {PAVEL}\nTo: {SUPPORT}\nSubject: Signed\nMessage-ID: <s1@volga.test>\n".encode()
CONTENT = "Content-Type: text/plain; charset=utf-8\r\n\r\nДоговор прилагаю\r\n".encode()


def smime(who: Made, *, opaque: bool = False, pss: bool = False) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(CONTENT)
    salt = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if pss else None
    builder = builder.add_signer(who[0], who[1], hashes.SHA256(), rsa_padding=salt)
    if opaque:
        der = builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
        return HEAD + mime(der, "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m")
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return HEAD + beside(mime(builder.sign(serialization.Encoding.DER, options), "application/pkcs7-signature"),
                         "application/pkcs7-signature")  # fmt: skip


def mime(content: bytes, kind: str) -> bytes:
    from base64 import encodebytes

    return f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n".encode() + encodebytes(content)


def beside(signature: bytes, protocol: str) -> bytes:
    head = f'Content-Type: multipart/signed; protocol="{protocol}"; boundary=b\nMIME-Version: 1.0\n\n--b\n'
    return head.encode() + CONTENT.replace(b"\r\n", b"\n") + b"\n--b\n" + signature + b"\n--b--\n"


def judged(raw: bytes, sender: str = "pavel@volga.test") -> Any:
    mail = parse(raw)
    return protecting.judged(mail.protected, sender, (), datetime.datetime.now(datetime.UTC))


def words(raw: bytes) -> tuple[str, str]:
    told = judged(raw)
    return told.state, told.reason


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("told", [{}, {"is_rsa": True}])
@pytest.mark.parametrize("opaque", [False, True])
def test_a_letter_signed_by_its_author_is_valid_and_readable(house: Made, told: Any, opaque: bool) -> None:
    raw = smime(pavels(house, **told), opaque=opaque)

    assert parse(raw).new_text.strip() == "Договор прилагаю"
    found = judged(raw)
    assert (found.kind, found.state, found.signer, found.issuer) == ("smime", "valid", "Pavel Demidov", "House of Keys")


@pytest.mark.usefixtures("known")
def test_signatures_of_the_newer_kind_of_rsa_are_read(house: Made) -> None:
    assert words(smime(pavels(house, is_rsa=True), pss=True)) == ("valid", "")


def test_a_changed_letter_is_broken(house: Made) -> None:
    raw = smime(pavels(house)).replace("Договор".encode(), "Договоp".encode())

    assert words(raw) == ("broken", "")


@pytest.mark.usefixtures("known")
def test_who_nobody_vouches_for_is_not_called_valid(house: Made) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    stranger = certificate("Nobody", key), key

    assert words(smime(pavels(stranger))) == ("untrusted", "issuer")
    assert words(smime(pavels(house, "olga@volga.test"))) == ("untrusted", "other")
    assert words(smime(pavels(house, use=ExtendedKeyUsageOID.SERVER_AUTH))) == ("untrusted", "purpose")


@pytest.mark.usefixtures("known")
def test_a_certificate_that_nobody_can_read_vouches_for_nobody_and_stops_no_letter(house: Made) -> None:
    """The bag around a signature is its sender's: whatever lies in it beside the certificate that signed."""
    protected = parse(smime(pavels(house))).protected
    assert protected is not None
    for odd in (b"", b"\x30\x03\x02\x01\x07", b"\x30\x80"):
        bag = dataclasses.replace(protected, certificates=(protected.certificates[0], odd))
        told = protecting.judged(bag, "pavel@volga.test", (), datetime.datetime.now(datetime.UTC))
        assert told is not None and told.state == "valid"


@pytest.mark.usefixtures("known")
def test_a_signature_inside_of_another_letter_vouches_for_nothing_around(house: Made) -> None:
    inner = smime(pavels(house))[len(HEAD) :]
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=o\n\n--o\n" + inner + b"\n--o\n\nSend money here\n--o--\n"

    assert words(raw) == ("unchecked", "part")


def test_an_encrypted_letter_is_named_so(house: Made) -> None:
    who = pavels(house, is_rsa=True)
    der = pkcs7.PKCS7EnvelopeBuilder().set_data(CONTENT).add_recipient(who[0]).encrypt(serialization.Encoding.DER, [])
    raw = HEAD + mime(der, "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")

    assert words(raw) == ("encrypted", "")


def test_nonsense_for_a_signature_breaks_no_letter(house: Made) -> None:
    raw = HEAD + beside(mime(b"\x30\x80nonsense", "application/pkcs7-signature"), "application/pkcs7-signature")

    assert parse(raw).new_text.strip() == "Договор прилагаю"
    assert words(raw) == ("unchecked", "unreadable")


def test_the_child_reads_them_within_its_limits(house: Made) -> None:
    try:
        mail = isolated.parse_safely(smime(pavels(house, is_rsa=True), opaque=True))
    finally:
        isolated.shut_down()

    assert mail.protected is not None
    assert mail.protected.state == "whole"


@pytest.fixture(scope="module")
def secret() -> Any:
    return Tsk.generate(user_id="Pavel Demidov <pavel@volga.test>")


def public(secret: Any) -> str:
    return str(secret.extract_certificate())


def pgp(secret: Any) -> bytes:
    made = sign(secret.signer(), CONTENT, mode=SignatureMode.DETACHED)
    return HEAD + beside(b"Content-Type: application/pgp-signature\n\n" + made, "application/pgp-signature")


def in_text(secret: Any, text: str = "Hello") -> bytes:
    message = EmailMessage(policy=email.policy.default)
    message.set_content(text)
    signed = sign(secret.signer(), text.encode(), mode=SignatureMode.CLEAR)
    return HEAD + b"Content-Type: text/plain\n\n" + signed


def state_of(message: Message) -> str:
    return str((Message.objects.get(pk=message.pk).protection or {})["state"])


def do_jobs() -> None:
    """What was put off until after the commit."""
    for job in ProcrastinateJob.objects.filter(task_name=react.name).order_by("id"):
        react_to(**job.args)


@pytest.mark.django_db
@pytest.mark.parametrize("write", [pgp, in_text])
def test_pgp_is_checked_as_soon_as_a_key_of_the_author_is_there(
    take: Take, anna: User, secret: Any, write: Any
) -> None:
    take(write(secret))
    message, contact = Message.objects.filter(direction="in").get(), Contact.objects.get()
    assert state_of(message) == "unchecked"

    kept = ContactKey.objects.read(contact, public(secret), by=anna)
    assert state_of(message) == "unchecked"  # whoever adds the key does not wait for the letters
    do_jobs()
    assert state_of(message) == "valid"
    assert message.conversation.messages.get(pk=message.pk).protection["signer"].startswith("Pavel Demidov")  # type: ignore[index]

    kept.forget(by=anna)
    do_jobs()
    assert state_of(message) == "unchecked"


@pytest.mark.django_db
def test_letters_are_checked_again_one_by_one(take: Take, secret: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred letters with files of their own do not stand in memory side by side."""
    for number in range(20):
        take(pgp(secret).replace(b"s1@", f"s{number}@".encode()))
    Inbound.objects.update(raw=b"x" * 1_000_000)
    monkeypatch.setattr(EmailAdapter, "protection_of", lambda self, inbound, keys: None)

    tracemalloc.start()
    check_again(Contact.objects.get().pk)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


@pytest.mark.django_db
def test_pgp_of_a_known_author_is_checked_when_it_comes(take: Take, anna: User, secret: Any) -> None:
    contact = Contact.objects.recognise("email", "pavel@volga.test")
    ContactKey.objects.read(contact, public(secret), by=anna)

    take(pgp(secret))
    take(pgp(secret).replace(b"s1@", b"s2@").replace("Договор".encode(), "Договоp".encode()))
    take(pgp(Tsk.generate(user_id="Another <pavel@volga.test>")).replace(b"s1@", b"s3@"))

    states = [message.protection["state"] for message in Message.objects.filter(direction="in").order_by("id")]  # type: ignore[index]
    assert states == ["valid", "broken", "unchecked"]


@pytest.mark.django_db
def test_only_public_keys_are_kept(anna: User, secret: Any, client: Browser, take: Take) -> None:
    take(pgp(secret))
    contact = Contact.objects.get()
    client.force_login(anna)
    page = f"/clients/contact/{contact.pk}/"

    for wrong in ("nonsense", "", str(secret)):
        answer = client.post(f"{page}keys/", {"key": wrong}, headers={"HX-Request": "true"})
        assert answer.status_code == 422
    assert not ContactKey.objects.exists()

    assert client.post(f"{page}keys/", {"key": public(secret)}, headers={"HX-Request": "true"}).status_code == 200
    key = ContactKey.objects.get()
    assert key.fingerprint in client.get(page).content.decode()
    do_jobs()
    assert "Pavel Demidov" in client.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()

    assert client.post(f"{page}keys/{key.pk}/remove/", headers={"HX-Request": "true"}).status_code == 200
    assert not ContactKey.objects.exists()


@pytest.mark.django_db
def test_the_timeline_says_how_a_letter_was_protected(take: Take, anna: User, client: Browser, house: Made) -> None:
    take(smime(pavels(house)).replace("Договор".encode(), "Договоp".encode()))
    take(HEAD.replace(b"s1@", b"s2@") + b"References: <s1@volga.test>\nContent-Type: multipart/encrypted;"
         b' protocol="application/pgp-encrypted"; boundary=b\n\n--b\n\nVersion: 1\n--b--\n')  # fmt: skip
    client.force_login(anna)

    page = client.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()

    assert "S/MIME" in page and "PGP" in page
    assert page.count('role="note"') >= 2
