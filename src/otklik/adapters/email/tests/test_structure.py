"""PARSE-1, PARSE-2 and MIME as it should not be."""

# ruff: noqa: E501 - samples stand in one line, as they come

import time

import pytest

from otklik.adapters.email.parse import Limits, parse

HEAD = b"From: a@b.example\nSubject: x\n"


def nested(levels: int) -> bytes:
    out = b"innermost"
    for level in range(levels):
        out = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) + out + b"\n--b%d--\n" % level
    return HEAD + out


BOMBS = {
    "16,000 addresses": HEAD + b"To: " + b", ".join(b"a%d@b.example" % n for n in range(16_000)) + b"\n\nhi",
    "32,000 parameters": HEAD + b"Content-Type: text/plain" + b"".join(b"; a%d=1" % n for n in range(32_000)) + b"\n\nhi",
    "9,000 continued parameters": HEAD + b"Content-Disposition: inline" + b"".join(b"; filename*%d=1" % n for n in range(9_000)) + b"\n\nhi",
    "60,000 semicolons": HEAD + b"Content-Type: text/plain" + b";" * 60_000 + b"\n\nhi",
    "8,000 nested comments": HEAD + b"Cc: " + b"(" * 8_000 + b"a@b" + b")" * 8_000 + b"\n\nhi",
    "20,000 encoded words": HEAD + b"Comments: x\nSubject: " + b"=?utf-8?q?a?= " * 4_000 + b"\n\nhi",
    "6,000 open encoded words": b"Subject: " + b"=?utf-8?q?" * 6_000 + b"\n\nhi",
    "100,000 headers": b"From: a@b.example\n" * 100_000 + b"\nhi",
    "3,000 nested multiparts": nested(3_000),
    "20,000 parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * 20_000,
    "400 nested messages": HEAD + b"Content-Type: message/rfc822\n\n" * 400 + b"hi",
    "one boundary for all": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 1_000,
    "boundaries that are none": HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b--b" * 500_000,
    "attributions": HEAD + b"\n" + (b"1.1.2026 10:00 " * 40 + b"wrote" * 10 + b"x:\n") * 2_000,
    "letter heads": b"Subject: Fwd: x\n\n" + b"From: a@b.example\nTo: x\n" * 5_000,
    "open titles": HEAD + b"Content-Type: text/html\n\n" + b"<title>" * 120_000,
    "tags": HEAD + b"Content-Type: text/html\n\n" + b"<blockquote class=gmail_quote>" * 30_000,
    "attributes": HEAD + b"Content-Type: text/html\n\n<div " + b" a=1" * 200_000 + b">x",
    "soft lines": HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("raw", BOMBS.values(), ids=BOMBS.keys())
def test_PARSE_1_and_2_a_bomb_is_read_in_five_seconds(raw: bytes) -> None:
    started = time.process_time()

    parse(raw)

    assert time.process_time() - started < 5


def test_nesting_ends_at_a_limit_and_the_rest_is_an_attachment() -> None:
    mail = parse(nested(60))

    assert "depth" in mail.truncated
    assert b"innermost" in mail.attachments[0].content


def test_parts_end_at_a_limit() -> None:
    mail = parse(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nhi\n" * 600, Limits(parts=20))

    assert "parts" in mail.truncated
    assert mail.text.count("hi") == 19


def test_a_missing_boundary_is_guessed() -> None:
    mail = parse(HEAD + b"Content-Type: multipart/mixed\n\n--xyz\nContent-Type: text/plain\n\nhello\n--xyz--\n")

    assert mail.text == "hello"
    assert "boundary_guessed" in mail.defects


def test_a_multipart_without_parts_is_text() -> None:
    mail = parse(HEAD + b'Content-Type: multipart/mixed; boundary=""\n\nhello')

    assert mail.text == "hello"
    assert "boundary_missing" in mail.defects


def test_a_lost_content_type_is_noticed() -> None:
    raw = HEAD + b"MIME-Version: 1.0\n\n--xyz\nContent-Type: text/html\n\n<b>hello</b>\n--xyz--\n"

    assert parse(raw).text == "hello"


def test_a_part_that_is_cut_is_read() -> None:
    assert parse(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello").text == "hello"


def test_an_inner_boundary_that_begins_like_the_outer_one() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=bb\n\n"
        b"--bb\n\nplain\n--bb\nContent-Type: text/html\n\n<p>html</p>\n--bb--\n--b\nContent-Disposition: attachment; filename=x.txt\n\nfile\n--b--\n"
    )
    mail = parse(raw)

    assert (mail.text, mail.html, [file.name for file in mail.attachments]) == (
        "plain",
        "<p>html</p>",
        ["x.txt"],
    )


def test_PARSE_3_odd_line_ends_make_no_second_message() -> None:
    for end in (b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\r"):
        mail = parse(HEAD + b"\nfirst" + end + b"MAIL FROM:<x>\nSubject: second\n\nsecond")
        assert (mail.subject, "second" in mail.text) == ("x", True)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\0",
        b"\xff\xfe",
        b":",
        b"From:",
        b"\r\r\r",
        b"--",
        b"Content-Type: /\n\nx",
        b"Content-Type: multipart/x; boundary=\n\n--\n\nx",
    ],
)
def test_no_bytes_are_too_odd(raw: bytes) -> None:
    parse(raw)
