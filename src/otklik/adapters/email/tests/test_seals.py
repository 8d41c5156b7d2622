"""SENDER-3 behind a mailing list: the seal of a forwarder whom the mailbox names explains what it broke (ARC)."""

import base64
import hashlib
import time
from collections.abc import Callable, Sequence
from typing import Any

import dkim
import pytest
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import parse_pem_private_key

from otklik.adapters.email.authentication import Came, Verdict, judge
from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.settings.form import MailboxForm
from otklik.adapters.email.tests.nameserver import NameServer
from otklik.adapters.email.tests.test_authentication import PAVEL, asks, english, key, letter, nameserver, signed
from otklik.desk.channels.port import Authenticity

__all__ = ["english", "nameserver"]

LIST, OTHER = "lists.example", "relay.example"
TRUE = "mx.lists.example; dkim=pass header.d=volga.example; dmarc=pass header.from=volga.example"
FALSE = "mx.lists.example; dkim=fail header.d=volga.example; dmarc=fail header.from=volga.example"


def sealed(raw: bytes, found: str = TRUE, by: str = LIST, state: str = "", signs: str = "from:to:subject") -> bytes:
    """The letter with one more set of ARC headers on top, as RFC 8617 says to make them."""
    chain, private = dkim.ARC(raw), parse_pem_private_key(key()[0])
    last, before = chain.sorted_arc_headers()
    number = str(last + 1).encode()
    earlier = [header for _number, header in before]
    relaxed = CanonicalizationPolicy.from_c_value(b"relaxed/relaxed")
    chain.hasher = hashlib.sha256
    common = [(b"i", number), (b"a", b"rsa-sha256")]
    who = [(b"d", by.encode()), (b"s", b"post"), (b"t", str(int(time.time())).encode())]
    empty = (b"b", b"0" * 60)

    aar = (b"ARC-Authentication-Results", b"i=" + number + b"; " + found.encode() + b"\r\n")
    names = signs.encode().split(b":")
    hashed = (b"bh", base64.b64encode(hashlib.sha256(relaxed.canonicalize_body(chain.body)).digest()))
    fields = [*common, (b"c", b"relaxed/relaxed"), *who, (b"h", b" : ".join(names)), hashed, empty]
    ams = (b"ARC-Message-Signature", chain.gen_header(fields, names, relaxed, b"ARC-Message-Signature", private))
    chain.headers = relaxed.canonicalize_headers([ams, aar]) + chain.headers
    fields = [*common, (b"cv", (state or ("pass" if last else "none")).encode()), *who, empty]
    covered = [name.lower() for name, _value in [*reversed(earlier), aar, ams]]
    seal = (b"ARC-Seal", chain.gen_header(fields, covered, relaxed, b"ARC-Seal", private))
    return b"".join(name + b": " + value for name, value in (seal, ams, aar)) + raw


def by_list(raw: bytes, **how: Any) -> bytes:
    """What a mailing list makes of a letter: another subject, a footer, its seal."""
    changed = raw.replace(b"Subject: ", b"Subject: [list] ", 1) + b"-- \r\nlists.example\r\n"
    return sealed(changed, **how)


def judged(raw: bytes, *sealers: str, border: str = "") -> Verdict:
    return judge(raw, PAVEL, Came(), border, sealers)


@pytest.fixture
def published(nameserver: NameServer) -> NameServer:
    for domain in ("volga.example", LIST, OTHER):
        nameserver.text(f"post._domainkey.{domain}", key()[1])
    asks(nameserver, "p=reject")
    return nameserver


@pytest.mark.usefixtures("published")
def test_what_a_named_list_had_confirmed_is_not_forged() -> None:
    raw = by_list(signed(letter()))

    assert judged(raw).authenticity == "failed"
    assert judged(raw, OTHER).authenticity == "failed"
    words = "Passed on by lists.example, which had confirmed the sender (ARC)."
    assert judged(raw, OTHER, LIST) == Verdict(Authenticity.VERIFIED, words)
    assert judged(raw, "*.example").authenticity == "verified"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "found",
    [FALSE, "mx.lists.example; none", "mx.lists.example; dmarc=pass header.from=thief.example", "", "dmarc=pass",
     "mx.lists.example; dkim=pass header.d=thief.example; spf=pass smtp.mailfrom=a@thief.example",
     "mx.lists.example; none (dmarc=pass header.from=volga.example)"],
)  # fmt: skip
def test_a_seal_over_what_proves_nothing_proves_nothing(found: str) -> None:
    assert judged(by_list(letter(), found=found), LIST).authenticity == "failed"


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "another text": lambda raw: raw + b"x\r\n",
    "another subject": lambda raw: raw.replace(b"Subject: ", b"Subject: Re: "),
    "a second From": lambda raw: raw.replace(b"From: ", b"From: thief@elsewhere.example\r\nFrom: ", 1),
    "another finding": lambda raw: raw.replace(b"dmarc=fail", b"dmarc=pass").replace(b"dkim=fail", b"dkim=pass"),
    "no finding": lambda raw: raw.replace(b"ARC-Authentication-Results", b"X-Results"),
    "no signature": lambda raw: raw.replace(b"ARC-Message-Signature", b"X-Signature"),
    "no seal": lambda raw: raw.replace(b"ARC-Seal", b"X-Seal"),
    "two findings": lambda raw: b"ARC-Authentication-Results: i=1; " + TRUE.encode() + b"\r\n" + raw,
    "a hole in the chain": lambda raw: raw.replace(b": i=1;", b": i=2;"),
    "another domain": lambda raw: raw.replace(b"d=relay.example", b"d=lists.example"),
    "a signature over a part": lambda raw: raw.replace(b"bh=", b"l=1; bh=", 1),
    "a very long one": lambda raw: b"ARC-Seal: i=2; a=rsa-sha256; b=" + b" " * 50_000 + b"x\r\n" + raw,
    "far too many": lambda raw: (
        b"".join(b"ARC-Seal: i=%d; cv=pass; d=lists.example\r\n" % n for n in range(2, 99)) + raw
    ),
}


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("name", SPOILT)
def test_a_chain_that_does_not_hold_proves_nothing(name: str) -> None:
    how = {"found": FALSE} if name == "another finding" else {"by": OTHER} if name == "another domain" else {}
    raw = SPOILT[name](by_list(letter(), **how))
    began = time.process_time()

    assert judged(raw, LIST).authenticity == "failed"
    assert time.process_time() - began < 3


@pytest.mark.usefixtures("published")
def test_a_seal_that_does_not_cover_the_sender_proves_nothing() -> None:
    assert judged(by_list(letter(), signs="to:subject"), LIST).authenticity == "failed"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("sealers", "authenticity"), [([OTHER, LIST], "verified"), ([OTHER], "failed"), ([LIST], "failed"), ([], "failed")]
)
def test_the_word_of_the_first_counts_when_all_after_it_are_named(sealers: Sequence[str], authenticity: str) -> None:
    after = "mx.relay.example; arc=pass; dmarc=fail header.from=volga.example"
    raw = sealed(by_list(letter()), found=after, by=OTHER)

    assert judged(raw, *sealers).authenticity == authenticity


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("state", ["fail", "none"])
def test_whoever_found_the_chain_broken_has_ended_it(state: str) -> None:
    raw = sealed(by_list(letter()), found=TRUE, by=OTHER, state=state)

    assert judged(raw, LIST, OTHER).authenticity == "failed"


@pytest.mark.usefixtures("published")
def test_it_also_explains_what_the_border_says() -> None:
    border = "Authentication-Results: mx.desk.test; dmarc=fail header.from=volga.example\r\n"
    raw = border.encode() + by_list(letter())

    assert judged(raw, border="mx.desk.test").authenticity == "failed"
    assert judged(raw, LIST, border="mx.desk.test").authenticity == "verified"


def test_a_key_that_could_not_be_asked_for_is_no_failure(nameserver: NameServer) -> None:
    asks(nameserver, "p=reject")
    nameserver.silent.add(f"post._domainkey.{LIST}")

    assert judged(by_list(letter()), LIST).authenticity == "unknown"


def test_names_are_asked_only_for_a_chain_that_ends_with_somebody_named(nameserver: NameServer) -> None:
    asks(nameserver, "p=reject")
    judged(by_list(letter()), OTHER)

    assert not [name for name, _kind in nameserver.asked if LIST in name]


@pytest.mark.django_db
def test_the_form_keeps_the_names_one_on_each_line(mailbox: Mailbox) -> None:
    form = MailboxForm({}, channel=mailbox.channel)
    form.cleaned_data = {"sealers": "Lists.Example, *.mail.example\n lists.example", "border": "", "keeps_out": False}
    form.cleaned_data["sealers"] = form.clean_sealers()
    form.choose_judging(form.mailbox)
    form.mailbox.save()

    assert form.mailbox.sealers == ["lists.example", "*.mail.example"]
    assert Mailbox.objects.rules_of(mailbox.channel_id).sealers == ["lists.example", "*.mail.example"]
    assert form.stored_judging()["sealers"] == "lists.example\n*.mail.example"
