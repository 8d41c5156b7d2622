"""SENDER-6: who a mail is from, taken from the undecoded header and from one plain address only."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from otklik.adapters.email.parse import parse
from otklik.adapters.email.parse.addresses import addresses, strict_address
from otklik.adapters.email.tests.parse_samples import with_header

PROPER = {
    b"anna@volga.example": "anna@volga.example",
    b"<anna@volga.example>": "anna@volga.example",
    b"Anna <Anna.V@VOLGA.example>": "Anna.V@volga.example",
    b'"Volgina, Anna" <anna@volga.example>': "anna@volga.example",
    b"=?utf-8?B?0JDQvdC90LA=?= <anna@volga.example>": "anna@volga.example",
    b'"anna@volga.example" <anna@volga.example>': "anna@volga.example",
    b"anna@volga.example (Anna)": "anna@volga.example",
    b"Dr. Anna <anna+tag@mail.volga.example>": "anna+tag@mail.volga.example",
}
IMPROPER = {
    "two addresses": b"a@x.example, b@y.example",
    "two in one": b"a@x.example <b@y.example>",
    "another in the name": b'"boss@bank.example" <thief@evil.example>',
    "another in an encoded name": b"=?utf-8?Q?boss=40bank.example?= <thief@evil.example>",
    "another in a comment": b"<thief@evil.example> (boss@bank.example) x",
    "address as an encoded word": b"=?utf-8?Q?anna=40volga.example?=",
    "encoded word in the address": b"<=?utf-8?Q?anna?=@volga.example>",
    "group": b"friends: a@x.example;",
    "empty group": b"undisclosed-recipients:;",
    "route": b"<@relay.example:anna@volga.example>",
    "percent": b"<anna%volga.example@relay.example>",
    "bang path": b"<relay!anna@volga.example>",
    "comment inside": b"<anna(x)@volga.example>",
    "quoted local part": b'<"anna x"@volga.example>',
    "two angles": b"<a@x.example> <b@y.example>",
    "text behind": b"<a@x.example> b",
    "no domain": b"anna",
    "space inside": b"<an na@volga.example>",
    "control inside": b"<anna\x01@volga.example>",
    "8-bit": "<анна@volga.example>".encode(),
    "nul": b"<anna@volga.example\0.evil.example>",
    "long": b"<" + b"a" * 65 + b"@x.example>",
    "empty": b"",
    "nothing in angles": b"Anna <>",
}


@pytest.mark.parametrize(("raw", "address"), PROPER.items())
def test_SENDER_6_a_plain_sender_is_known(raw: bytes, address: str) -> None:
    sender = with_header(b"From: " + raw).sender

    assert (sender.identity, sender.identity_ok) == (address, True)


@pytest.mark.parametrize("raw", IMPROPER.values(), ids=IMPROPER.keys())
def test_SENDER_6_anything_else_is_nobody(raw: bytes) -> None:
    sender = with_header(b"From: " + raw).sender

    assert sender.identity is None


def test_SENDER_6_two_from_headers_are_nobody() -> None:
    mail = parse(b"From: a@x.example\nFrom: a@x.example\n\n")

    assert mail.sender.identity is None
    assert mail.sender.address == "a@x.example"
    assert "from_repeated" in mail.defects


def test_SENDER_6_reply_to_and_sender_say_nothing_about_who_it_is() -> None:
    mail = parse(b"Sender: s@x.example\nReply-To: r@x.example\n\n")

    assert mail.sender.identity is None
    assert [one.address for one in mail.reply_to] == ["r@x.example"]


def test_names_are_decoded() -> None:
    assert with_header(b"From: =?koi8-r?B?4c7OwQ==?= <a@x.example>").sender.name == "Анна"
    assert with_header(b"From: a@x.example (Anna)").sender.name == "Anna"
    assert with_header(b'From: "Volgina, Anna" <a@x.example>').sender.name == "Volgina, Anna"


def test_a_thousand_recipients_are_counted_and_two_hundred_used() -> None:
    mail = with_header(b"To: " + b",\n ".join(b"Name %d <p%d@x.example>" % (n, n) for n in range(1000)))

    assert (len(mail.to), mail.to_total) == (200, 1000)
    assert "addresses" in mail.truncated
    assert (mail.to[7].name, mail.to[7].address) == ("Name 7", "p7@x.example")


def test_recipients_of_groups_are_recipients() -> None:
    found, total = addresses([b"Team: a@x.example, B <b@x.example>; c@x.example"], 200)

    assert [one.address for one in found] == ["a@x.example", "b@x.example", "c@x.example"]
    assert total == 3


_PIECES = st.sampled_from(["<", ">", "@", '"', "(", ")", ",", ";", ":", "\\", " ", "a", "b.example", "=?utf-8?Q?x=40y?=", "%", "!", "\0", "é", ".", "anna@volga.example"])  # fmt: skip  # noqa: E501


@settings(max_examples=500)
@given(st.lists(_PIECES, max_size=14).map("".join))
@example("<a@b.example")
def test_whoever_is_found_stands_in_the_header_as_it_is(raw: str) -> None:
    data = raw.encode()
    address = strict_address(data)
    sender = with_header(b"From: " + data).sender

    if address:
        local, _, domain = address.rpartition("@")
        assert address.count("@") == 1
        assert local.encode() in data
        assert domain.encode() in data.lower()
        assert not set(address) & set(' \0<>()",;:\\%!"')
    assert sender.identity in (None, address)
