"""Mail comes in by SMTP and LMTP: for our mailboxes only, stored before it is accepted."""

import smtplib
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.receiver.protocol import Body
from otklik.adapters.email.receiver.recipients import Recipients
from otklik.adapters.email.tests.conftest import SUPPORT, Running, mail
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel, Inbound

pytestmark = pytest.mark.django_db(transaction=True)
TOKEN = "0123456789abcdef0123456789abcdef"


def test_a_mail_for_our_mailbox_is_stored_as_it_came(receiver: Running) -> None:
    raw = mail().replace(b"\n", b"\r\n")

    with receiver.smtp() as smtp:
        smtp.sendmail("pavel@volga.test", [SUPPORT], raw)

    row = Inbound.objects.get()
    assert (bytes(row.raw), row.size, row.external_id) == (raw, len(raw), "one@volga.test")
    assert (row.envelope_from, row.envelope_to) == ("pavel@volga.test", [SUPPORT])
    assert row.source == "smtp:127.0.0.1" and row.state == Inbound.State.ACCEPTED


def test_the_secret_part_of_an_address_is_kept(receiver: Running) -> None:
    with receiver.lmtp() as lmtp:
        lmtp.sendmail("pavel@volga.test", [f"Support+{TOKEN}@DESK.test"], mail())

    assert Inbound.objects.get().envelope_to == [f"Support+{TOKEN}@DESK.test"]


@pytest.mark.parametrize(
    "stranger", ["pavel@volga.test", "postmaster@desk.test", "support@desk.test.evil", "support%x@desk.test"]
)
def test_nothing_is_taken_for_anybody_else(receiver: Running, stranger: str) -> None:
    """No relay: every recipient must be a mailbox of ours."""
    with receiver.smtp() as smtp, pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        smtp.sendmail(SUPPORT, [stranger], mail())

    assert refusal.value.recipients[stranger][0] == 550
    assert not Inbound.objects.exists()


def test_lmtp_answers_for_each_recipient(receiver: Running, line_two: Team) -> None:
    Channel.objects.create(kind="email", name="Сбыт", address="sales@desk.test", team=line_two)

    with receiver.lmtp() as lmtp:
        lmtp.ehlo_or_helo_if_needed()
        lmtp.mail("")
        codes = [
            lmtp.rcpt(to)[0] for to in (SUPPORT, "nobody@desk.test", "sales@desk.test", f"support+{TOKEN}@desk.test")
        ]
        lmtp.putcmd("DATA")
        assert lmtp.getreply()[0] == 354
        lmtp.send(mail().replace(b"\n", b"\r\n") + b".\r\n")
        answers = [lmtp.getreply()[0] for _ in range(3)]

    assert codes == [250, 550, 250, 250] and answers == [250, 250, 250]
    to = {row.channel.address: row.envelope_to for row in Inbound.objects.select_related("channel")}
    assert to == {SUPPORT: [SUPPORT, f"support+{TOKEN}@desk.test"], "sales@desk.test": ["sales@desk.test"]}


def test_an_empty_envelope_sender_is_taken(receiver: Running) -> None:
    with receiver.smtp() as smtp:
        smtp.sendmail("", [SUPPORT], mail())

    assert Inbound.objects.get().envelope_from == ""


def test_a_mail_that_says_it_is_too_large_is_refused_before_it_is_sent(receiver: Running, settings: Any) -> None:
    with receiver.smtp() as smtp:
        smtp.ehlo()
        assert int(smtp.esmtp_features["size"]) == settings.MESSAGE_BYTES == 30 * 2**20
        code, words = smtp.mail("pavel@volga.test", ["BODY=8BITMIME", "SIZE=31457281"])
        accepted, _ok = smtp.mail("pavel@volga.test", ["SIZE=31457280"])

    assert code == 552 and b"larger than 30 MB" in words
    assert accepted == 250


def test_a_mail_that_turns_out_too_large_is_refused_clearly_and_the_talk_goes_on(
    mailbox: Mailbox, settings: Any
) -> None:
    settings.MESSAGE_BYTES = 2**20
    with Running() as receiver, receiver.lmtp() as lmtp:
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            _send_bytes(lmtp, mail("x" * 70 + "\n") * 20_000)
        lmtp.sendmail("pavel@volga.test", [SUPPORT], mail())

    assert refusal.value.smtp_code == 552 and b"1 MB" in refusal.value.smtp_error
    assert Inbound.objects.count() == 1


def test_a_thousand_recipients_of_which_two_are_ours(receiver: Running, line_two: Team) -> None:
    Channel.objects.create(kind="email", name="Сбыт", address="sales@desk.test", team=line_two)
    people = [f"person{number}@elsewhere.test" for number in range(1000)]
    people[3], people[997] = SUPPORT, "sales@desk.test"

    with receiver.smtp() as smtp:
        refused = smtp.sendmail("pavel@volga.test", people, mail(To=", ".join(people)))

    assert len(refused) == 998 and {code for code, _words in refused.values()} == {550}
    assert Inbound.objects.count() == 2


def test_a_mail_that_goes_round_in_circles_is_refused(receiver: Running) -> None:
    hops = b"".join(b"Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000\n" for _ in range(101))

    with receiver.smtp() as smtp, pytest.raises(smtplib.SMTPDataError) as refusal:
        smtp.sendmail("pavel@volga.test", [SUPPORT], hops + mail())

    assert refusal.value.smtp_code == 554 and b"5.4.6" in refusal.value.smtp_error
    assert not Inbound.objects.exists()


def test_a_bare_line_feed_does_not_end_a_mail(receiver: Running) -> None:
    """Smuggling: only CR LF . CR LF ends the data."""
    smuggled = b"Subject: one\r\n\r\nfirst\n.\nMAIL FROM:<x@y.test>\r\nRCPT TO:<support@desk.test>\r\nDATA\r\nsecond"
    with receiver.smtp() as smtp:
        _send_bytes(smtp, smuggled)

    assert b"second" in bytes(Inbound.objects.get().raw)


@pytest.mark.parametrize(
    ("wire", "stored"),
    [
        (b"..dot\r\na\r\n..\r\n", b".dot\r\na\r\n.\r\n"),
        (b"", b""),
        (b"x" * 300_000 + b"\r\n", b"x" * 300_000 + b"\r\n"),
        (b"\xff\xfe\x00\r\n", b"\xff\xfe\x00\r\n"),
    ],
    ids=["dots", "empty", "one long line", "bytes"],
)
def test_bytes_arrive_unchanged(receiver: Running, wire: bytes, stored: bytes) -> None:
    with receiver.smtp() as smtp:
        smtp.ehlo()
        smtp.mail("a@b.test")
        smtp.rcpt(SUPPORT)
        smtp.docmd("DATA")
        smtp.send(wire + b".\r\n")
        assert smtp.getreply()[0] == 250

    assert bytes(Inbound.objects.get().raw) == stored


@pytest.mark.parametrize("cut", range(1, 9))
def test_the_end_is_found_wherever_packets_are_cut(cut: int) -> None:
    wire = b"a\r\n..b\r\n.\r\nQUIT\r\n"
    body = Body(limit=1000)

    ends = [body.feed(wire[:cut]), body.feed(wire[cut:])]
    assert any(ends) and body.message() == b"a\r\n.b\r\n"
    assert body.rest == b"QUIT\r\n"


def test_commands_sent_in_one_go_are_all_answered(receiver: Running) -> None:
    with socket.create_connection(("127.0.0.1", receiver.receiver.ports["smtp"]), 10) as line:
        reader = line.makefile("rb")
        reader.readline()
        line.sendall(
            b"EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<support@desk.test>\r\nDATA\r\n"
            b"Subject: a\r\n\r\nb\r\n.\r\nNOOP\r\nQUIT\r\n"
        )
        answers = [answer[:3] for answer in reader if answer[3:4] == b" "]

    assert answers == [b"250", b"250", b"250", b"354", b"250", b"250", b"221"]
    assert Inbound.objects.count() == 1


def test_many_connections_at_once(receiver: Running) -> None:
    def send(number: int) -> None:
        with receiver.lmtp() as lmtp:
            lmtp.sendmail("a@b.test", [SUPPORT], mail(Message_ID=f"<{number}@b.test>"))

    with ThreadPoolExecutor(30) as threads:
        list(threads.map(send, range(120)))

    assert Inbound.objects.count() == 120


def test_a_mailbox_that_was_just_added_is_known_within_a_second(mailbox: Mailbox, line_two: Team) -> None:
    moment = [0.0]
    known = Recipients(clock=lambda: moment[0])
    known.reload()
    Channel.objects.create(kind="email", name="Сбыт", address="sales@desk.test", team=line_two)

    assert known.of("sales@desk.test") is None and not known.needs_look("sales@desk.test")
    moment[0] = 1.1
    assert known.needs_look("sales@desk.test") and not known.needs_look(SUPPORT)
    known.reload()
    assert known.of("sales@desk.test")


def test_a_closed_channel_takes_no_mail(receiver: Running) -> None:
    Channel.objects.update(is_active=False)

    with receiver.smtp() as smtp, pytest.raises(smtplib.SMTPRecipientsRefused):
        smtp.sendmail("a@b.test", [SUPPORT], mail())


def _send_bytes(smtp: smtplib.SMTP, raw: bytes) -> None:
    smtp.ehlo_or_helo_if_needed()
    smtp.mail("a@b.test")
    smtp.rcpt(SUPPORT)
    smtp.docmd("DATA")
    smtp.send(raw + b"\r\n.\r\n")
    code, words = smtp.getreply()
    if code != 250:
        raise smtplib.SMTPDataError(code, words)
