"""LOOP-1 to LOOP-3: machines answer no machines, and a report of ours is the fate of its letter."""

from datetime import datetime

import pytest

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import PASSED, SUPPORT, Take, mail
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.clients.models import Identity
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait

pytestmark = pytest.mark.django_db(transaction=True)


def test_LOOP_2_a_mailbox_that_answers_a_mailbox_goes_no_round(
    border: Mailbox, take: Take, anna: User, tomorrow: datetime
) -> None:
    """Our mailbox as a sender: no automatic answer; further rounds open no new request."""
    take(mail("Первый", From="Sales <sales@desk.test>", Message_ID="<a@desk.test>"))  # not ours yet: a stranger
    Channel.objects.create(kind="email", name="Сбыт", address="sales@desk.test", team=border.channel.team)
    ticket = Ticket.objects.get()
    ours = ticket.reply("Ответ", by=anna, then=Wait(tomorrow))
    before = Outbound.objects.count()

    for number in range(5):
        take(
            mail(
                f"Круг {number}",
                From="sales+0123456789abcdef0123456789abcdef@desk.test" if number % 2 else "sales@desk.test",
                In_Reply_To=f"<{ours.external_id}>",
                Message_ID=f"<round-{number}@desk.test>",
            )
        )

    assert Ticket.objects.count() == 1 and Outbound.objects.count() == before
    assert set(Message.objects.filter(text__startswith="Круг").values_list("automatic", flat=True)) == {"loop"}


MARKS: list[dict[str, str]] = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-generated"},
    {"Auto_Submitted": "auto-notified; owner-email=x"},
    {"Precedence": "bulk"},
    {"Precedence": "list"},
    {"Precedence": "junk"},
    {"Precedence": "auto_reply"},
    {"List_Id": "<news.volga.test>"},
    {"List_Unsubscribe": "<mailto:off@volga.test>"},
    {"X_Auto_Response_Suppress": "All"},
    {"X_Autoreply": "yes"},
    {"X_Autorespond": "yes"},
    {"X_Autoresponder": "yes"},
    {"Return_Path": "<>"},
    {"Content_Type": "multipart/report; boundary=x"},
    {"Subject": "Out of office: Звонок"},
    {"Subject": "Автоответ: меня нет"},
    {"Subject": "Abwesenheitsnotiz"},
]


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: "-".join(f"{k}={v}" for k, v in mark.items())[:40])
def test_LOOP_1_what_a_machine_wrote_is_kept_and_never_answered_by_one(
    border: Mailbox, take: Take, mark: dict[str, str]
) -> None:
    raw = mail(Authentication_Results=PASSED, **{name: text for name, text in mark.items() if name != "Content_Type"})
    if "Content_Type" in mark:
        raw = raw.replace(b'Content-Type: text/plain; charset="utf-8"', b"Content-Type: multipart/report; boundary=x")

    row = take(raw)

    assert row.state == Inbound.State.READ and row.automatic
    assert Message.objects.count() == 1 and not Outbound.objects.exists()


def test_LOOP_1_our_automatic_letters_say_what_they_are_and_those_of_agents_do_not(
    known: Ticket, anna: User, tomorrow: datetime
) -> None:
    known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))

    receipt, reply = Outbound.objects.order_by("pk")
    head = bytes(receipt.raw).decode("utf-8", "replace")
    assert "Auto-Submitted: auto-replied" in head and "X-Auto-Response-Suppress: All" in head
    assert receipt.sender == ""
    head = bytes(reply.raw).decode("utf-8", "replace")
    assert "Auto-Submitted" not in head and "X-Auto-Response-Suppress" not in head and reply.sender


REPORT = """From: MAILER-DAEMON@mx.volga.test
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn-{number}@mx.volga.test>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.volga.test

Final-Recipient: rfc822; pavel@volga.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: message/rfc822

Message-ID: <{ours}>
Subject: x

x
--b--
"""


def test_LOOP_3_a_report_about_our_letter_is_its_failure(
    known: Ticket, take: Take, anna: User, tomorrow: datetime
) -> None:
    ours = known.reply("Готово", by=anna, then=Resolve("перезагрузили"))
    outbox_row = Outbound.objects.get(external_id=ours.external_id)
    before = Outbound.objects.count()

    take(REPORT.format(to=SUPPORT, number=1, ours=outbox_row.external_id).encode())

    outbox_row.refresh_from_db()
    known.refresh_from_db()
    assert outbox_row.state == Outbound.State.FAILED and known.delivery_trouble
    assert not known.is_open and Ticket.objects.count() == 1 and Outbound.objects.count() == before
    assert Identity.objects.get(value="pavel@volga.test").failed_at


@pytest.mark.parametrize("forged", ["nobody@desk.test", "a-letter-that-never-was@desk.test", "one@volga.test"])
def test_LOOP_3_a_report_about_nothing_of_ours_changes_nothing(
    known: Ticket, take: Take, anna: User, forged: str
) -> None:
    known.reply("Готово", by=anna, then=Resolve("перезагрузили"))
    known.refresh_from_db()
    before, version = Outbound.objects.count(), known.version

    row = take(REPORT.format(to=SUPPORT, number=2, ours=forged).encode())

    known.refresh_from_db()
    assert row.state == Inbound.State.READ and row.automatic == "bounce"
    assert (known.version, known.is_open, known.delivery_trouble) == (version, False, False)
    assert Outbound.objects.count() == before and not Ticket.objects.open().exists()
    assert not Outbound.objects.filter(state=Outbound.State.FAILED).exists()
