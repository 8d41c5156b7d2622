"""SENDER-3: verified is what its domain has signed or sent; our own check, against a name server of the test."""

import base64
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from time import monotonic, process_time
from types import SimpleNamespace
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.utils import translation

from otklik.adapters.email.authentication import Came, Verdict, judge, names, signatures
from otklik.adapters.email.authentication.domains import aligned, organisation_of
from otklik.adapters.email.authentication.servers import stranger
from otklik.adapters.email.tests.conftest import mail
from otklik.adapters.email.tests.nameserver import NameServer
from otklik.desk.channels.port import Authenticity

SHARED = Path(os.environ.get("OTKLIK_SHARED") or Path(__file__).parents[6] / "shared")
SAMPLES = SHARED / "data" / "mail" / "dkimpy"
PAVEL = "pavel@volga.example"
FROM = f"Павел Демидов <{PAVEL}>"
THEIRS, STRANGE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def nameserver(settings: Any) -> Iterator[NameServer]:
    with NameServer() as server:
        settings.DNS_CHECKS, settings.DNS_SERVERS, settings.DNS_SECONDS = True, [server.address], 3
        names.forget()
        yield server
    names.forget()


@cache
def key(bits: int = 2048) -> tuple[bytes, str]:
    """(private key as the library wants it, the record of the public one)."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = made.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"


class Ed25519:
    """What the library takes for a key of the library that we do not have, to sign in tests."""

    def __init__(self, seed: bytes) -> None:
        self.private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)

    def sign(self, digest: bytes) -> SimpleNamespace:
        return SimpleNamespace(signature=self.private.sign(digest))


def ed25519_record(seed: bytes = b"1" * 32) -> str:
    public = Ed25519(seed).private.public_key().public_bytes_raw()
    return f"v=DKIM1; k=ed25519; p={base64.b64encode(public).decode()}"


def ed25519_signed(raw: bytes, domain: bytes = b"volga.example", seed: bytes = b"1" * 32) -> bytes:
    signing = SimpleNamespace(SigningKey=lambda *_, **__: Ed25519(seed))
    nacl = SimpleNamespace(signing=signing, encoding=SimpleNamespace(Base64Encoder=None), exceptions=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dkim, "nacl", nacl, raising=False)
        how = (b"relaxed", b"relaxed")
        return dkim.sign(raw, b"ed", domain, b"", canonicalize=how, signature_algorithm=b"ed25519-sha256") + raw


def letter(text: str = "Дайте доступ", **headers: str) -> bytes:
    return mail(text, From=FROM, **headers).replace(b"\n", b"\r\n")


def signed(raw: bytes, domain: str = "volga.example", bits: int = 2048, **how: Any) -> bytes:
    how = {"canonicalize": (b"relaxed", b"relaxed"), **how}
    return dkim.sign(raw, b"post", domain.encode(), key(bits)[0], **how) + raw


def publish_key(nameserver: NameServer, domain: str = "volga.example", bits: int = 2048) -> None:
    nameserver.text(f"post._domainkey.{domain}", key(bits)[1])


def asks(nameserver: NameServer, policy: str, domain: str = "volga.example") -> None:
    nameserver.text(f"_dmarc.{domain}", f"v=DMARC1; {policy}")


def judged(raw: bytes, sender: str | None = PAVEL, peer: str = "", envelope: str = "", border: str = "") -> Verdict:
    return judge(raw, sender, Came(peer, envelope), border)


@pytest.mark.parametrize("form", [b"relaxed/relaxed", b"simple/simple", b"relaxed/simple", b"simple/relaxed"])
def test_a_letter_signed_by_its_domain_is_verified(nameserver: NameServer, form: bytes) -> None:
    publish_key(nameserver)
    raw = letter("Два  пробела \t в строке  \n\n\n")

    verdict = judged(signed(raw, canonicalize=tuple(form.split(b"/"))))

    assert verdict == Verdict(Authenticity.VERIFIED, "Signed by volga.example (DKIM).")


def test_the_organisation_may_sign_for_its_departments_unless_it_asks_for_exactness(nameserver: NameServer) -> None:
    publish_key(nameserver)
    raw = signed(mail(From="a@sales.volga.example").replace(b"\n", b"\r\n"))
    assert judged(raw, "a@sales.volga.example").authenticity == "verified"

    names.forget()
    asks(nameserver, "p=reject; adkim=s", "sales.volga.example")

    assert judged(raw, "a@sales.volga.example").authenticity == "failed"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda raw: raw.replace("Дайте".encode(), "Верните".encode()) if b"\xd0" in raw else raw + b"x\r\n",
        lambda raw: raw.replace(b"Subject: ", b"Subject: Re: "),
        lambda raw: raw.replace(b"From: ", b"From: thief@elsewhere.example\r\nFrom: ", 1),
    ],
    ids=["another text", "another subject", "a second From"],
)
def test_a_letter_changed_on_its_way_is_not_theirs(nameserver: NameServer, spoilt: Callable[[bytes], bytes]) -> None:
    publish_key(nameserver)
    asks(nameserver, "p=none")

    verdict = judged(spoilt(signed(letter())))

    assert verdict.authenticity == "failed" and "signature does not match" in verdict.reason


def test_a_signature_of_somebody_else_proves_nothing_and_is_not_even_asked_for(nameserver: NameServer) -> None:
    publish_key(nameserver, "thief.example")
    asks(nameserver, "p=reject")

    verdict = judged(signed(letter(), "thief.example"))

    assert verdict.authenticity == "failed" and "neither signed nor sent" in verdict.reason
    assert not any("thief" in name for name, _kind in nameserver.asked)


@pytest.mark.parametrize("how", [{"length": True}, {"signature_algorithm": b"rsa-sha1"}], ids=["part", "sha1"])
def test_weak_signatures_prove_nothing(nameserver: NameServer, how: dict[str, Any]) -> None:
    """One over a part of the text lets anybody add to it; SHA-1 must not be believed (RFC 8301)."""
    publish_key(nameserver)

    assert judged(signed(letter(), **how)).authenticity == "unknown"


def test_a_short_key_proves_nothing(nameserver: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_key(nameserver, bits=1024)
    raw = signed(letter(), bits=1024)
    assert judged(raw).authenticity == "verified"

    monkeypatch.setattr(signatures, "LEAST_BITS", 2048)

    assert judged(raw).authenticity == "unknown"


def test_a_server_that_the_domain_names_is_as_good_as_a_signature(nameserver: NameServer) -> None:
    nameserver.text("volga.example", f"v=spf1 ip4:{THEIRS} include:_more.volga.example -all")
    nameserver.text("_more.volga.example", "v=spf1 a:out.volga.example -all")
    nameserver.add("out.volga.example", "A", "198.51.100.8")

    for peer in (THEIRS, "198.51.100.8"):
        verdict = judged(letter(), peer=peer, envelope="bounce@volga.example")
        assert verdict == Verdict(Authenticity.VERIFIED, "Sent by a server that volga.example names as its own (SPF).")


def test_a_server_that_the_domain_disowns_fails(nameserver: NameServer) -> None:
    nameserver.text("volga.example", f"v=spf1 ip4:{THEIRS} -all")

    verdict = judged(letter(), peer=STRANGE, envelope=PAVEL)

    assert verdict.authenticity == "failed" and "this server does not send its letters" in verdict.reason


def test_a_good_envelope_of_another_domain_proves_nothing_about_the_sender(nameserver: NameServer) -> None:
    nameserver.text("thief.example", f"v=spf1 ip4:{STRANGE} -all")
    asks(nameserver, "p=quarantine")

    verdict = judged(letter(), peer=STRANGE, envelope="me@thief.example")

    assert verdict.authenticity == "failed"


def test_a_domain_that_publishes_nothing_leaves_us_in_doubt(nameserver: NameServer) -> None:
    verdict = judged(letter(), peer=STRANGE, envelope=PAVEL)

    assert verdict.authenticity == "unknown" and "nothing else proves" in verdict.reason


@pytest.mark.parametrize(("policy", "said"), [("p=reject", "failed"), ("p=none", "unknown")])
def test_a_letter_from_a_mailbox_whose_server_we_do_not_know(nameserver: NameServer, policy: str, said: str) -> None:
    """SPF cannot be checked there, so only a domain that asks for distrust gets it."""
    asks(nameserver, policy)

    assert judged(letter()).authenticity == said


def test_the_policy_of_the_organisation_covers_its_subdomains(nameserver: NameServer) -> None:
    asks(nameserver, "p=none; sp=reject")

    assert judged(letter(), "ceo@payments.volga.example").authenticity == "failed"
    assert judged(letter()).authenticity == "unknown"


@pytest.mark.parametrize("sender", [None, ""])
def test_nobody_is_verified_without_one_plain_address(sender: str | None) -> None:
    assert judged(letter(), sender).authenticity == "unknown"


def test_a_silent_name_server_costs_seconds_once_and_then_nothing(nameserver: NameServer, settings: Any) -> None:
    settings.DNS_SECONDS = 1
    nameserver.is_silent = True
    begun = monotonic()

    verdicts = [judged(letter(), f"a@one-of-{number}.example") for number in range(20)]

    assert {verdict.authenticity for verdict in verdicts} == {"unknown"}
    assert "could not be asked in time" in verdicts[0].reason
    assert monotonic() - begun < names.SILENT_IN_A_ROW * 4, "each of them would have cost a second"


def test_a_slow_domain_does_not_silence_the_others(nameserver: NameServer, settings: Any) -> None:
    settings.DNS_SECONDS = 1
    nameserver.silent.add("tarpit.example")
    publish_key(nameserver)
    begun = monotonic()

    slow = [judged(letter(), "me@tarpit.example").authenticity for _ in range(5)]
    other = judged(signed(letter())).authenticity

    assert (slow, other) == (["unknown"] * 5, "verified")
    assert monotonic() - begun < 4.5, "each of them would have cost a second"


def test_a_key_that_cannot_be_had_now_is_no_failure(nameserver: NameServer, settings: Any) -> None:
    settings.DNS_SECONDS = 1
    publish_key(nameserver)
    asks(nameserver, "p=reject")
    raw = signed(letter())
    nameserver.silent.add("_domainkey.volga.example")

    assert judged(raw).authenticity == "unknown"


def test_answers_are_kept(nameserver: NameServer) -> None:
    publish_key(nameserver)
    raw = signed(letter())

    for _ in range(5):
        assert judged(raw).authenticity == "verified"

    assert nameserver.asked.count(("post._domainkey.volga.example", "TXT")) == 1


BOMBS = {
    "spaces in the text": lambda raw: raw + b" " * 3_000_000 + b"x",
    "spaces in the signature": lambda raw: raw.replace(b"; s=", b";" + b" \r\n " * 1_500 + b"s="),
    "spaces before an odd sign": lambda raw: raw.replace(b"; b=", b"; b=" + b" " * 7_000 + b"!"),
    "blank lines": lambda raw: raw + b"\r\n" * 1_900_000 + b"x",
    "a folded header": lambda raw: b"X-Odd: a\r\n" + b" b\r\n" * 60_000 + raw,
    "a thousand signatures": lambda raw: raw[: raw.index(b"\r\nMIME") + 2] * 1_000 + raw,
    "no head": lambda raw: b" no head at all\r\n" + raw,
    "no bytes": lambda raw: b"",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_PARSE_1_no_letter_holds_up_the_check(nameserver: NameServer, bomb: str) -> None:
    publish_key(nameserver)
    raw = BOMBS[bomb](signed(letter()))
    begun = process_time()

    assert judged(raw).authenticity != "failed"
    assert process_time() - begun < 5


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 include:volga.example -all",
        "v=spf1 " + " ".join(f"a:{number}.volga.example" for number in range(20)),
        "v=spf1 exists:%{l}.%{i}.%{zz} -all",
        "v=spf1 ip4:999.1.1.1",
        "v=spf1 redirect=volga.example",
    ],
)
def test_a_hostile_record_is_no_proof(nameserver: NameServer, record: str) -> None:
    nameserver.text("volga.example", record)
    begun = monotonic()

    assert judged(letter(), peer=STRANGE, envelope=PAVEL).authenticity == "unknown"
    assert monotonic() - begun < 15


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("mail.volga.co.uk", "volga.co.uk"),
        ("a.b.volga.ru", "volga.ru"),
        ("volga.ru", "volga.ru"),
        ("co.uk", "co.uk"),
        ("Volga.RU.", "volga.ru"),
        ("localhost", "localhost"),
    ],
)
def test_who_has_registered_a_name(name: str, owner: str) -> None:
    assert organisation_of(name) == owner


def test_two_clients_under_one_public_suffix_are_strangers() -> None:
    assert not aligned("volga.co.uk", "thief.co.uk") and not aligned("co.uk", "volga.co.uk")
    assert aligned("mail.volga.co.uk", "volga.co.uk") and not aligned("mail.volga.ru", "volga.ru", strict=True)


@pytest.mark.parametrize(
    ("source", "peer"),
    [
        (f"smtp:{STRANGE}", STRANGE),
        ("smtp:2001:db8::7", "2001:db8::7"),
        (f"smtp:::ffff:{STRANGE}", STRANGE),
        ("smtp:127.0.0.1", ""),
        ("smtp:10.1.2.3", ""),
        ("smtp:fe80::1%eth0", ""),
        (f"lmtp:{STRANGE}", ""),
        ("imap:INBOX/7", ""),
        ("", ""),
    ],
)
def test_only_a_foreign_server_that_came_itself_can_be_checked(source: str, peer: str) -> None:
    assert stranger(source) == peer


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the signed samples are not at {SAMPLES} (set OTKLIK_SHARED)")
@pytest.mark.parametrize("sample", ["rfc6376.signed.rsa.msg", "rfc6376.signed.msg"])
def test_a_sample_signed_by_others_is_verified_and_a_changed_one_is_not(nameserver: NameServer, sample: str) -> None:
    """From dkimpy's own tests; the keys are those of RFC 8463.  A second signature of a new kind does no harm."""
    raw = (SAMPLES / sample).read_bytes()
    nameserver.text(
        "test._domainkey.football.example.com",
        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi"
        "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G"
        "+2kryOTIKT+l/K4w3QIDAQAB",
    )
    sender = "joe@football.example.com"

    assert judged(raw, sender).authenticity == "verified"
    assert judged(raw.replace(b"hungry", b"angry"), sender).authenticity == "unknown"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the signed samples are not at {SAMPLES} (set OTKLIK_SHARED)")
def test_the_letter_of_rfc_8463_is_verified_by_its_ed25519_signature_alone(nameserver: NameServer) -> None:
    raw, sender = (SAMPLES / "rfc6376.signed.msg").read_bytes(), "joe@football.example.com"
    record = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
    nameserver.text("brisbane._domainkey.football.example.com", record)

    assert judged(raw, sender).authenticity == "verified"
    assert judged(raw.replace(b"hungry", b"angry"), sender).authenticity == "unknown"


@pytest.mark.parametrize(
    ("record", "authenticity"),
    [
        (lambda: ed25519_record(), "verified"),
        (lambda: ed25519_record().removeprefix("v=DKIM1; "), "verified"),
        (lambda: key()[1], "failed"),
        (lambda: ed25519_record(seed=b"2" * 32), "failed"),
        (lambda: "v=DKIM1; k=ed25519; p=", "failed"),
        (lambda: "v=DKIM1; k=ed25519; p=AAAA", "failed"),
        (lambda: ed25519_record().replace("k=ed25519; ", ""), "failed"),
    ],
    ids=["theirs", "no version", "an RSA key", "another key", "revoked", "too short", "no kind"],
)
def test_an_ed25519_signature_holds_by_its_own_key_alone(
    nameserver: NameServer, record: Callable[[], str], authenticity: str
) -> None:
    nameserver.text("ed._domainkey.volga.example", record())
    asks(nameserver, "p=reject")
    raw = ed25519_signed(letter())

    assert judged(raw).authenticity == authenticity
    if authenticity == "verified":
        changed = raw.replace(b"Subject: ", b"Subject: Re: ")
        assert judged(changed).authenticity == "failed"
