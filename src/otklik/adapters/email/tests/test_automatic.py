"""LOOP-1 and LOOP-3: what machines write is told from what people write."""

# ruff: noqa: E501 - samples stand in one line, as they come

import pytest

from otklik.adapters.email.parse import parse
from otklik.adapters.email.tests.parse_samples import read

MARKERS = {
    "Auto-Submitted: auto-replied": "auto_reply",
    "Auto-Submitted: auto-generated": "system",
    "Auto-Submitted: auto-notified; owner-email=x@y": "system",
    "Precedence: bulk": "list",
    "Precedence: list": "list",
    "Precedence: junk": "system",
    "Precedence: auto_reply": "auto_reply",
    "List-Id: News <news.volga.example>": "list",
    "List-Unsubscribe: <mailto:x@y>": "list",
    "X-Autoreply: yes": "auto_reply",
    "X-Autorespond: x": "auto_reply",
    "X-Auto-Response-Suppress: All": "system",
    "Return-Path: <>": "system",
    "Content-Type: multipart/report; boundary=x": "system",
    "X-Failed-Recipients: b@x.example": "bounce",
    "X-Mailing-List: x": "list",
    "X-Vacation: y": "auto_reply",
    "X-Mail-Autoreply: 1": "auto_reply",
}
SUBJECTS = [
    "Автоответ: Re: заявка", "Я в отпуске до понедельника", "Автоматический ответ: звук", "Out of office", "Automatic reply: sound",
    "Re: sound (Automatic Response)", "Abwesenheitsnotiz", "Automatische Antwort: x", "Absence du bureau", "Réponse automatique : x",
    "Respuesta automática: x", "Risposta automatica: x", "Auto: Smith is out of the office",
]  # fmt: skip


@pytest.mark.parametrize(("header", "kind"), MARKERS.items())
def test_LOOP_1_a_marker_makes_a_mail_automatic(header: str, kind: str) -> None:
    mail = read("hello", header)

    assert mail.automatic == kind
    assert mail.automatic_reason


@pytest.mark.parametrize("subject", SUBJECTS)
def test_LOOP_1_so_does_the_subject_of_an_absence(subject: str) -> None:
    assert parse(f"From: a@x.example\nSubject: {subject}\n\nback on Monday".encode()).automatic == "auto_reply"


@pytest.mark.parametrize(
    "subject",
    ["Не работает автоответчик", "Отпуск: как оформить?", "Delivery of my order", "Возврат товара", "Undelivered parcel 123", "Re: ваш заказ не доставлен",
     "mail failure in your app", "Ошибка 550 при входе", "Rejected payment"],
)  # fmt: skip
def test_a_person_is_taken_for_a_person(subject: str) -> None:
    mail = parse(
        f"From: Anna <anna@volga.example>\nSubject: {subject}\n\nError 550, payment was rejected. Please help.".encode()
    )

    assert mail.automatic == ""


REPORT = b"""From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: bounces@otklik.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r

I could not deliver your mail.

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; anna@volga.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

Final-Recipient: rfc822; boris@volga.example
Action: delayed
Status: 4.4.1

--r
Content-Type: message/rfc822

From: help@otklik.example
Message-ID: <our-id@otklik.example>
Subject: Re: sound

hello
--r--
"""


def test_LOOP_3_a_delivery_report_names_recipients_reasons_and_the_mail() -> None:
    mail = parse(REPORT)
    full, slow = mail.dsn

    assert mail.automatic == "bounce"
    assert mail.original_message_id == "our-id@otklik.example"
    assert (full.recipient, full.status, full.action, full.reason) == (
        "anna@volga.example",
        "5.2.2",
        "failed",
        "over_quota",
    )
    assert full.permanent
    assert (slow.recipient, slow.action, slow.permanent) == ("boris@volga.example", "delayed", False)


def test_a_report_that_all_went_well_is_no_bounce() -> None:
    fine = (
        REPORT.replace(b"failed", b"delivered")
        .replace(b"delayed", b"relayed")
        .replace(b"5.2.2", b"2.0.0")
        .replace(b"4.4.1", b"2.0.0")
    )

    assert parse(fine).automatic == "delivery"


HOME_MADE = {
    "qmail": ("failure notice", "Hi. This is the qmail-send program.\nI'm afraid I wasn't able to deliver your message.\n\n<anna@volga.example>:\nno mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <x@y.example>\n"),
    "exim": ("Mail delivery failed: returning message to sender", "The following address(es) failed:\n\n  anna@volga.example\n    550 unknown user\n\n------ This is a copy of the message ------\nTo: other@x.example\n"),
    "russian": ("Недоставленное сообщение", "Ваше сообщение не может быть доставлено получателю\n\n<anna@volga.example>: 550 user not found\n"),
    "fields in the text": ("Delivery report", "Final-Recipient: rfc822; anna@volga.example\nAction: failed\n"),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "text"), HOME_MADE.values(), ids=HOME_MADE.keys())
def test_home_made_bounces_are_read_too(subject: str, text: str) -> None:
    mail = parse(f"From: MAILER-DAEMON@mx.example\nTo: help@otklik.example\nSubject: {subject}\n\n{text}".encode())

    assert mail.automatic == "bounce"
    assert [(one.recipient, one.permanent) for one in mail.dsn] == [("anna@volga.example", True)]


def test_a_vacation_notice_with_an_empty_sender_is_no_bounce() -> None:
    mail = parse(
        b"Return-Path: <>\nFrom: a@x.example\nAuto-Submitted: auto-replied\nSubject: Re: x\n\nYour mail was not delivered to a human: I am away."
    )

    assert mail.automatic == "auto_reply"


def test_read_receipts_and_complaints_are_named() -> None:
    for part, kind in (
        ("message/disposition-notification", "read_receipt"),
        ("message/feedback-report", "feedback"),
    ):
        body = f"--r\n\nx\n--r\nContent-Type: {part}\n\nOriginal-Message-ID: <our@x.example>\n\n--r--"
        assert read(body, "Content-Type: multipart/report; boundary=r").automatic == kind


def test_a_sender_who_takes_no_reply_is_a_machine_unless_it_names_somebody_to_answer() -> None:
    robot = b"From: Shop <no-reply@shop.example>\nSubject: x\n"

    assert parse(robot + b"\nhello").automatic == "system"
    assert parse(robot + b"Reply-To: anna@volga.example\n\nhello").automatic == ""


def test_a_bounce_may_call_itself_an_automatic_reply() -> None:
    raw = (
        b"Return-Path: <>\nFrom: <>\nTo: help@otklik.example\nAuto-Submitted: auto-replied\nIn-Reply-To: <1@ours.example>\n\n"
        b"You sent mail to anna@volga.example. That's not a valid user here.\n"
    )
    mail = parse(raw)

    assert (mail.automatic, [one.recipient for one in mail.dsn]) == ("bounce", ["anna@volga.example"])


def test_an_example_of_an_address_did_not_fail() -> None:
    raw = (
        b"Return-Path: <>\nFrom: postmaster@volga.example\nSubject: FAILED MAIL to anna\n\n"
        b"The standard form of email address here is lastname@volga.example\n"
        b"The address to which your message was addressed, anna@volga.example, did not exactly match an\naddress.\n"
    )

    assert [one.recipient for one in parse(raw).dsn] == ["anna@volga.example"]
