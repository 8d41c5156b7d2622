"""MAIL-3 and the list of bad input: accepted, kept as it came, and readable or in quarantine."""

import pytest

from otklik.adapters.email import adapter
from otklik.adapters.email.parse import isolated
from otklik.adapters.email.tests.conftest import Take, mail
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db

HEAD = b"From: pavel@volga.test\r\nTo: support@desk.test\r\nSubject: x\r\n"
STRANGE = {
    "NUL bytes": HEAD + b"\r\nbefore\x00after\r\n",
    "broken UTF-8": HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xd0\xd0\xff\xfe hello\r\n",
    "surrogates": HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xed\xa0\x80 hello\r\n",
    "surrogates in a header": HEAD + b"X: y\r\nSubject: \xed\xa0\x80\xed\xb0\x80\r\n\r\nhello\r\n",
    "rot13": HEAD + b"Content-Type: text/plain; charset=rot13\r\n\r\nuryyb\r\n",
    "idna": HEAD + b"Content-Type: text/plain; charset=idna\r\n\r\nxn--80a1acny\r\n",
    "zlib": HEAD + b"Content-Type: text/plain; charset=zlib_codec\r\n\r\nx\x9c\r\n",
    "unknown charset": HEAD + b"Content-Type: text/plain; charset=klingon-8\r\n\r\nhello\r\n",
    "no Message-ID": HEAD + b"\r\nhello\r\n",
    "empty Message-ID": HEAD + b"Message-ID: <>\r\n\r\nhello\r\n",
    "4 kB Message-ID": HEAD + b"Message-ID: <" + b"x" * 4096 + b"@y>\r\n\r\nhello\r\n",
    "1970": HEAD + b"Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n\r\nhello\r\n",
    "9999": HEAD + b"Date: Fri, 31 Dec 9999 23:59:59 -2359\r\n\r\nhello\r\n",
    "no such date": HEAD + b"Date: Fri, 99 Foo 20x6 77:77 +9999\r\n\r\nhello\r\n",
    "no From": b"To: support@desk.test\r\nSubject: x\r\n\r\nhello\r\n",
    "two Froms": b"From: a@b.test\r\n" + HEAD + b"\r\nhello\r\n",
    "no headers": b"just a few words\r\n",
    "nothing at all": b"",
    "headers only": HEAD,
    "empty body": HEAD + b"\r\n\r\n",
    "HTML only": HEAD + b"Content-Type: text/html\r\n\r\n<p>hello <script>x</script></p>\r\n",
    "broken MIME": HEAD
    + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/x\r\n\r\n--y\r\n",
    "no boundary": HEAD + b"Content-Type: multipart/mixed\r\n\r\nhello\r\n",
    "bad base64": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n!!!=a=\r\n",
    "line breaks in a subject": HEAD + b"Subject: =?utf-8?q?a=0d=0aBcc:_x=40y.test?=\r\n\r\nhello\r\n",
    "line breaks in a name": b"From: =?utf-8?b?YQ0KQmNjOiB4QHkudGVzdA==?= <a@b.test>\r\nSubject: y\r\n\r\nhello\r\n",
    "bare CR": HEAD.replace(b"\r\n", b"\r") + b"\rhello\r",
    "a thousand recipients": mail(To=", ".join(f"p{n}@elsewhere.test" for n in range(1000))),
    "a very long subject": HEAD + b"Subject: " + b"x" * 200_000 + b"\r\n\r\nhello\r\n",
    "many headers": HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"\r\nhello\r\n",
    "deep MIME": HEAD
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(200)),
    "path in a file name": HEAD
    + b'Content-Type: text/plain; name="../../etc/passwd"\r\nContent-Disposition: attachment\r\n\r\nx\r\n',
}


@pytest.mark.parametrize("raw", STRANGE.values(), ids=STRANGE.keys())
def test_MAIL_3_strange_mail_is_kept_and_read(take: Take, raw: bytes) -> None:
    row = take(raw, envelope_from="pavel@volga.test")

    assert bytes(row.raw) == raw
    assert row.state == Inbound.State.READ, row.reason
    message = row.message
    assert "\x00" not in message.text and "\r" not in message.subject and "\n" not in message.subject
    assert "\n" not in message.author_name and len(message.external_id) <= 500


@pytest.mark.parametrize("raw", STRANGE.values(), ids=STRANGE.keys())
def test_MAIL_3_a_reply_to_strange_mail_is_proper_mail(take: Take, raw: bytes) -> None:
    row = take(raw)
    conversation = row.message.conversation

    message = conversation.say("Ответ", to=["pavel@volga.test"])

    head = bytes(message.outbound.raw).split(b"\r\n\r\n")[0]  # type: ignore[union-attr]
    assert b"\nbcc" not in head.lower()
    assert head.isascii() and b"\n" not in head.replace(b"\r\n", b"")


def test_MAIL_3_what_cannot_be_read_waits_in_quarantine_with_its_reason_and_can_be_released(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(raw: bytes) -> None:
        raise isolated.Unreadable("memory")

    with monkeypatch.context() as broken:
        broken.setattr(adapter.isolated, "parse_safely", too_much)
        row = take(mail())
    assert row.state == Inbound.State.QUARANTINED and row.reason and not Ticket.objects.exists()

    row.release()
    inbox.work_all()

    row.refresh_from_db()
    assert row.state == Inbound.State.READ and Ticket.objects.get().subject == "Звонок"


def test_MAIL_6_a_poisonous_mail_is_tried_three_times_and_holds_up_nobody(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = isolated.parse_safely

    def choke(raw: bytes) -> object:
        if b"poison" in raw:
            raise isolated.Unreadable("crash")
        return real(raw)

    monkeypatch.setattr(adapter.isolated, "parse_safely", choke)
    poison = take(mail("poison", Message_ID="<poison@x>"))
    rows = [take(mail(f"{number}", Message_ID=f"<{number}@x>")) for number in range(50)]

    assert {row.state for row in rows} == {Inbound.State.READ}
    for _ in range(2):
        Inbound.objects.filter(pk=poison.pk).update(not_before=None)
        inbox.work_all()
    poison.refresh_from_db()
    assert (poison.state, poison.tries) == (Inbound.State.QUARANTINED, 3)


def test_nobody_is_told_anything_by_a_machine_when_the_sender_is_in_doubt(take: Take) -> None:
    take(mail(From="=?utf-8?q?boss=40desk.test?= <a@b.test>, c@d.test"))

    assert Ticket.objects.get().sender_doubtful and not Outbound.objects.exists()
