"""Headers in every shape that mail programs send."""

import pytest

from otklik.adapters.email.parse import parse
from otklik.adapters.email.tests.parse_samples import with_header

SUBJECTS = {
    "one word": (b"=?utf-8?B?0J3QtdGCINC30LLRg9C60LA=?=", "Нет звука"),
    "letter split between words": (b"=?utf-8?B?0J3QtdGCINC30LLRg9A=?=\n =?utf-8?B?utCw?=", "Нет звука"),
    "split in quoted-printable": (b"=?utf-8?Q?=D0=9D=D0=B5=D1?= =?utf-8?Q?=82?=", "Нет"),
    "glued to text": (b"=?koi8-r?B?7sXU?=. Mail failure.", "Нет. Mail failure."),
    "glued to each other": (b"=?koi8-r?B?7sXU?==?koi8-r?B?IMQ=?=", "Нет д"),
    "text before": (b"Re: =?windows-1251?Q?=CD=E5=F2?=", "Re: Нет"),
    "two charsets": (b"=?koi8-r?B?7sXU?= =?windows-1251?Q?_=E4?=", "Нет д"),
    "no padding": (b"=?utf-8?B?0J3QtdGC0YM?=", "Нету"),
    "language": (b"=?utf-8*ru?Q?=D0=9D?=", "Н"),
    "spaces inside": (b"=?utf-8?Q?=D0=9D=D0=B5 =D0=B4?=", "Не д"),
    "cut at the end": (b"=?utf-8?Q?=D0=9D=D0=B5", "Не"),
    "unknown charset": (b"=?x-none?Q?=D0=9D=D0=B5?=", "Не"),
    "a codec that is no charset": (b"=?rot13?Q?Uryyb?=", "Uryyb"),
    "line feed inside": (b"=?utf-8?Q?one=0Atwo=0D=0AX-Evil:_1?=", "one two X-Evil: 1"),
    "not a word": (b"=?utf-8?X?abc?= and =? more ?=", "=?utf-8?X?abc?= and =? more ?="),
    "raw utf-8": ("Нет звука".encode(), "Нет звука"),
    "raw windows-1251": ("Нет звука в трубке".encode("cp1251"), "Нет звука в трубке"),
    "raw koi8-r": ("Нет звука в трубке".encode("koi8-r"), "Нет звука в трубке"),
    "raw Latin": ("Réunion à Orléans".encode("latin-1"), "Réunion à Orléans"),
    "folded": (b"one\n two\n\tthree", "one two three"),
    "right-to-left mark": ("a\u202ecod.exe".encode(), "acod.exe"),
}


@pytest.mark.parametrize(("raw", "expected"), SUBJECTS.values(), ids=SUBJECTS.keys())
def test_subject(raw: bytes, expected: str) -> None:
    assert with_header(b"Subject: " + raw).subject == expected


@pytest.mark.parametrize("bad", ["\v", "\f", "\x1c", "\x1e", "\x85", "\u2028", "\u2029", "\r", "\0", "\x7f"])
def test_PARSE_4_one_header_stays_one_line(bad: str) -> None:
    mail = with_header(f"Subject: one{bad}Bcc: two".encode())

    assert mail.subject in ("one Bcc: two", "oneBcc: two")


def test_an_8_bit_header_is_read_in_the_charset_of_the_body() -> None:
    raw = b"Subject: " + "Grüße".encode("cp1252") + b"\nContent-Type: text/plain; charset=windows-1252\n\nHallo"

    assert parse(raw).subject == "Grüße"


def test_headers_may_end_in_carriage_returns_only() -> None:
    mail = parse(b"From: a@b.example\rSubject: one\r two\r\rbody\rsecond line")

    assert (mail.subject, mail.text) == ("one two", "body\nsecond line")


def test_a_mailbox_line_and_blank_lines_before_the_headers_are_passed_over() -> None:
    assert parse(b"\n\nFrom anna@x Mon Oct  5 10:00:00 2026\nSubject: one\n\nbody").subject == "one"


def test_a_body_without_a_blank_line_before_it_is_kept() -> None:
    mail = parse(b"Subject: one\nThis is no header\nsecond")

    assert mail.text == "This is no header\nsecond"
    assert "header_end_missing" in mail.defects


@pytest.mark.parametrize(
    ("raw", "year", "defect"),
    [
        (b"Mon, 5 Oct 2026 10:00:00 +0300", 2026, ""),
        (b"5 Oct 2026 10:00", 2026, ""),
        (b"Thu, 01 Jan 1970 00:00:00 +0000", 1970, "date_out_of_range"),
        (b"Fri, 31 Dec 9999 23:59:59 -1200", 9999, "date_out_of_range"),
        (b"Mon, 99 Oct 2026 99:99:99 +9999", None, "date_unreadable"),
        (b"yesterday", None, "date_unreadable"),
        (b"", None, "date_missing"),
    ],
)
def test_MAIL_3_dates(raw: bytes, year: int | None, defect: str) -> None:
    mail = with_header(b"Date: " + raw)

    assert (mail.date.year if mail.date else None) == year
    assert mail.date is None or mail.date.tzinfo
    assert not defect or defect in mail.defects


def test_references_come_in_order_without_doubles_and_bounded() -> None:
    mail = with_header(b"References: <a@x>\n <b@x> <a@x>\nIn-Reply-To: (your mail) <b@x>")
    many = with_header(b"References: " + b" ".join(b"<%d@x>" % n for n in range(1000)))

    assert mail.references == ("a@x", "b@x")
    assert mail.in_reply_to == ("b@x",)
    assert len(many.references) == 100
    assert (many.references[0], many.references[-1]) == ("0@x", "999@x")
