"""What the desk learns from a mail."""

import re

import pytest
from django.utils import translation

from otklik.adapters.email.adapter import EmailAdapter
from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.reading import language_of
from otklik.adapters.email.tests.conftest import SUPPORT, Take, mail
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.channels.port import Incoming, Letter
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
BOUNCE = (
    b"From: MAILER-DAEMON@volga.test\r\nTo: support@desk.test\r\nSubject: Undelivered\r\n"
    b"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain\r\n\r\nNo such person.\r\n"
    b"--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.volga.test\r\n\r\n"
    b"Final-Recipient: rfc822; pavel@volga.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    b"Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
    b"--x\r\nContent-Type: message/rfc822\r\n\r\n"
)
TOKEN = "0123456789abcdef0123456789abcdef"


def read(mailbox: Mailbox, raw: bytes, *to: str) -> Incoming:
    return EmailAdapter().read(Inbound(channel=mailbox.channel, raw=raw, envelope_to=list(to)))


def test_who_wrote_what_about_what(mailbox: Mailbox) -> None:
    incoming = read(mailbox, mail())

    assert (incoming.sender, incoming.sender_name, incoming.sender_proper) == (
        "pavel@volga.test",
        "Павел Демидов",
        True,
    )
    assert (incoming.subject, incoming.new_text.strip(), incoming.language) == ("Звонок", "Не работает звонок", "ru")
    assert incoming.external_id == "one@volga.test" and list(incoming.to) == [SUPPORT]


@pytest.mark.parametrize(
    "header", [{"To": f"Support+{TOKEN}@Desk.test"}, {"Delivered_To": f"support+{TOKEN}@desk.test"}]
)
def test_the_token_is_found_in_the_headers_of_recipients(mailbox: Mailbox, header: dict[str, str]) -> None:
    assert read(mailbox, mail(**header)).token == TOKEN


def test_the_token_is_found_in_the_envelope(mailbox: Mailbox) -> None:
    assert read(mailbox, mail(), f"support+{TOKEN}@desk.test").token == TOKEN


@pytest.mark.parametrize(
    "raw",
    [
        mail(f"support+{TOKEN}@desk.test"),
        mail(Subject=f"support+{TOKEN}@desk.test"),
        mail(To=f"support+{TOKEN}@other.test"),
        mail(To=f"xsupport+{TOKEN}@desk.test.evil"[1:]),
    ],
    ids=["body", "subject", "other domain", "longer domain"],
)
def test_a_token_anywhere_else_is_just_text(mailbox: Mailbox, raw: bytes) -> None:
    assert read(mailbox, raw).token == ""


def test_earlier_letters_are_named_nearest_first(mailbox: Mailbox) -> None:
    incoming = read(mailbox, mail(In_Reply_To="<c@desk.test>", References="<a@desk.test> <b@desk.test> <c@desk.test>"))

    assert list(incoming.references) == ["c@desk.test", "b@desk.test", "a@desk.test"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("Здравствуйте", "ru"), ("Hello there", "en"), ("Ошибка NullPointerException в отчёте", "ru"), ("12345", "")],
)
def test_the_language_is_told_by_the_letters(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "sender",
    ["", "Nobody", "<not an address>", "a@b@c <x@y.test>, z@y.test", "=?utf-8?q?boss=40desk.test?= <"],
)
def test_a_sender_that_cannot_be_relied_on_is_marked(mailbox: Mailbox, sender: str) -> None:
    raw = mail(From="").replace(b"To:", b"From: " + sender.encode() + b"\nTo:", 1) if sender else mail(From="")

    assert not read(mailbox, raw).sender_proper


def test_pictures_inside_and_files_beside_are_kept(mailbox: Mailbox) -> None:
    raw = (
        b"From: a@b.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        b'--x\r\nContent-Type: text/html\r\n\r\n<img src="cid:pic@1">\r\n'
        b"--x\r\nContent-Type: image/png; name=p.png\r\nContent-ID: <pic@1>\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--x--\r\n"
    )

    (picture,) = read(mailbox, raw).files
    assert (picture.content_id, picture.media_type, picture.inline) == ("pic@1", "image/png", True)


def test_a_bounce_tells_which_letter_did_not_arrive_and_where(take: Take, mailbox: Mailbox) -> None:
    take(mail())
    ours = Ticket.objects.get().conversation.say("Ответ", to=["pavel@volga.test"]).outbound
    assert ours is not None
    row = take(BOUNCE + bytes(ours.raw) + b"\r\n--x--\r\n", envelope_from="")

    ours.refresh_from_db()
    ticket = Ticket.objects.get()
    assert (row.outcome, row.automatic) == ("appended", "bounce")
    assert ours.state == Outbound.State.FAILED and ticket.delivery_trouble
    assert ticket.contact.identities.get().failed_at


def test_a_second_message_with_the_same_identifier_is_kept_and_marked(take: Take) -> None:
    """DEDUP-2."""
    take(mail("первое"))
    second = take(mail("совсем другое"))

    assert Inbound.objects.count() == 2
    assert any("identifier" in one or "идентификатор" in one for one in second.message.remarks)


def test_another_address_for_answers_is_told_and_never_taken_for_the_sender(take: Take) -> None:
    asked = "Form <form@site.test>, Pavel <pavel@volga.test>"

    message = take(mail(Reply_To=asked)).message

    assert message.author_address == "pavel@volga.test" and Outbound.objects.get().recipients == ["pavel@volga.test"]
    (told,) = [remark for remark in message.remarks if "@" in remark]
    assert "form@site.test" in told and "volga" not in told


def test_an_ordinary_address_for_answers_is_not_worth_a_word(take: Take) -> None:
    assert not [remark for remark in take(mail(Reply_To="Pavel@volga.test")).message.remarks if "@" in remark]


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"From": ""}, "who wrote it"),
        ({"From": "a@b.test, c@d.test"}, "unusual way"),
        ({"Date": "Tue, 01 Jan 2047 00:00:00 +0000"}, "cannot be right"),
        ({"To": ", ".join(f"p{number}@elsewhere.test" for number in range(1000))}, "too large"),
        ({"Content_Type": "multipart/mixed"}, "damaged"),
        ({"Date": "", "Message_ID": ""}, ""),
    ],
)
def test_what_is_odd_about_a_letter_is_said_in_words(take: Take, headers: dict[str, str], words: str) -> None:
    with translation.override("en"):
        raw = mail(**{name: value for name, value in headers.items() if name != "Content_Type"})
        if kind := headers.get("Content_Type"):
            raw = re.sub(rb"Content-Type: [^\n]*", f"Content-Type: {kind}".encode(), raw)
        told = take(raw).message.remarks

    assert words in " ".join(told) and bool(told) is bool(words)


def test_a_letter_from_our_own_address_is_kept_and_never_answered(take: Take) -> None:
    row = take(mail(From=f"Support <{SUPPORT}>"))

    assert row.automatic == "loop" and not Outbound.objects.exists()


def test_a_rendered_letter_is_read_back_as_it_was_written(mailbox: Mailbox) -> None:
    letter = Letter(to=["pavel@volga.test"], subject="Ответ: «звонок»", text="Добрый день\n", from_name="Анна, Связь")
    raw = EmailAdapter().render(letter, mailbox.channel).raw

    incoming = read(mailbox, raw)
    assert (incoming.subject, incoming.sender, incoming.sender_name) == (letter.subject, SUPPORT, "Анна, Связь")
    assert incoming.text.strip() == "Добрый день"
