"""The key that tells a copy from another mail."""

import time

from otklik.adapters.email.parse import identity

MAIL = (
    b"From: a@volga.example\r\nTo: help@otklik.example\r\nSubject: No sound\r\n"
    b"Message-ID: <1@volga.example>\r\n\r\nHello\r\n"
)


def test_what_servers_add_on_the_way_does_not_matter() -> None:
    trace = b"Return-Path: <a@volga.example>\r\nReceived: from x\r\n\tby y; today\r\nX-Spam: no\r\nDelivered-To: me\r\n"

    assert identity(trace + MAIL) == identity(MAIL)


def test_line_ends_and_folding_do_not_matter() -> None:
    folded = MAIL.replace(b"Subject: No sound", b"Subject: No\r\n sound")

    assert identity(MAIL.replace(b"\r\n", b"\n")) == identity(MAIL) == identity(folded) == identity(MAIL + b"\r\n\r\n")


def test_another_body_or_author_under_the_same_identifier_is_another_mail() -> None:
    same_id = {
        identity(MAIL)[1],
        identity(MAIL.replace(b"Hello", b"Bye"))[1],
        identity(MAIL.replace(b"a@", b"b@"))[1],
    }

    assert len(same_id) == 3
    assert identity(MAIL)[0] == identity(MAIL.replace(b"Hello", b"Bye"))[0] == "1@volga.example"


def test_a_header_in_the_body_is_no_header() -> None:
    assert identity(b"Subject: x\n\nMessage-ID: <forged@x>\n")[0] == ""


def test_a_four_kilobyte_identifier_is_shortened_and_stays_distinct() -> None:
    long = b"Message-ID: <" + b"x" * 4000 + b"%d@y>\n\nhi"
    first, second = identity(long % 1)[0], identity(long % 2)[0]

    assert first != second
    assert len(first) <= 500


def test_any_bytes_have_an_identity() -> None:
    for raw in (
        b"",
        b"\n",
        b"\r\r",
        b"\x00\xff",
        b"Message-ID:",
        b"Message-ID: <\xff\xfe>\n\n",
        b"no header",
    ):
        message_id, digest = identity(raw)
        assert "\0" not in message_id
        assert len(digest) == 64


def test_thirty_megabytes_take_no_longer_than_hashing_them_allows() -> None:
    raw = MAIL + b"QUJD" * 7_500_000
    started = time.process_time()

    identity(raw)

    assert time.process_time() - started < 0.5


def test_mails_without_headers_are_told_apart_by_all_of_their_bytes() -> None:
    assert identity(b"one") != identity(b"two")
    assert identity(b"X-Only: a\r\n") != identity(b"X-Only: b\r\n")
