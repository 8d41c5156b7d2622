"""SENDER-1 to SENDER-6: who wrote a letter, which request it belongs to, and what follows from it by itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import SUPPORT, Take, mail
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait

pytestmark = pytest.mark.django_db(transaction=True)

PASSED = "mx.desk.test; dmarc=pass header.from=volga.test"
FAILED = "mx.desk.test; dmarc=fail (p=reject) header.from=volga.test"
STRANGER = "Чужой <stranger@elsewhere.test>"


@pytest.fixture
def border(mailbox: Mailbox) -> Mailbox:
    """The mailbox trusts the word of mx.desk.test."""
    mailbox.border = "mx.desk.test"
    mailbox.save()
    return mailbox


@pytest.fixture
def known(border: Mailbox, take: Take) -> Ticket:
    """Pavel's request, confirmed by the border."""
    take(mail("Секрет Павла", Authentication_Results=PASSED))
    return Ticket.objects.get()


def last() -> Ticket:
    return Ticket.objects.latest("pk")


def letters_to(address: str) -> list[str]:
    rows = Outbound.objects.filter(first_recipient=address).order_by("pk")
    return [bytes(row.raw).decode("utf-8", "replace") for row in rows]


@pytest.mark.parametrize(
    "subject",
    [
        "[#{n}] Звонок",
        "#{n}",
        "Re: Request № {n} is received",
        "Re: Обращение № {n} принято",
        "заявка {n}",
        "№{n}",
        "[ticket {n}]",
        "Звонок",
        "Re: Звонок",
        "FWD: RE: Звонок",
    ],
)
def test_SENDER_1_a_number_or_a_subject_opens_no_door(known: Ticket, take: Take, subject: str) -> None:
    before = (known.version, known.contact_id, known.message_count)

    take(mail("Что там у них?", From=STRANGER, Subject=subject.format(n=known.number), Message_ID="<s@elsewhere.test>"))

    opened = last()
    assert opened != known and opened.contact.email == "stranger@elsewhere.test"
    known.refresh_from_db()
    assert (known.version, known.contact_id, known.message_count) == before
    for letter in letters_to("stranger@elsewhere.test"):
        assert "Секрет" not in letter and "pavel" not in letter and "volga" not in letter
    assert opened.may_belong_to_id in (None, known.pk)


@pytest.mark.parametrize("subject", ["[#{n}] Звонок", "Re: Обращение № {n} принято", "заявка {n}"])
def test_a_number_in_the_subject_is_shown_to_the_agent(known: Ticket, take: Take, subject: str) -> None:
    take(mail(From=STRANGER, Subject=subject.format(n=known.number), Message_ID="<s@elsewhere.test>"))

    assert last().may_belong_to == known


def test_an_answer_without_identifiers_is_shown_to_the_agent_for_the_same_person_alone(
    known: Ticket, take: Take
) -> None:
    take(mail(Subject="Re: Звонок", Message_ID="<two@volga.test>"))
    assert last() != known and last().may_belong_to == known

    take(mail(Subject="Re: Звонок", From=STRANGER, Message_ID="<s@elsewhere.test>"))
    assert last().may_belong_to is None


@pytest.mark.parametrize("number", ["999999999", "0", "99999999999999999999", "１２"])
def test_a_number_that_is_none_of_ours_suggests_nothing(known: Ticket, take: Take, number: str) -> None:
    take(mail(From=STRANGER, Subject=f"#{number}", Message_ID="<s@elsewhere.test>"))

    assert last().may_belong_to is None


def altered(external_id: str) -> list[str]:
    local, _at, host = external_id.partition("@")
    return [
        f"{local[:-1]}@{host}",
        f"{local.swapcase()}@{host}",
        f"{local[1:]}{local[0]}@{host}",
        f"{local}@{host}.elsewhere.test",
        f"{local}@",
        local,
        f"x{local}@{host}",
        "%",
        "_" * len(external_id),
    ]


@pytest.mark.parametrize("way", ["References", "In_Reply_To"])
@pytest.mark.parametrize("which", range(9))
def test_SENDER_2_an_identifier_that_is_not_quite_ours_opens_no_door(
    known: Ticket, take: Take, anna: User, tomorrow: datetime, way: str, which: int
) -> None:
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))

    take(mail(From=STRANGER, Message_ID="<s@elsewhere.test>", **{way: f"<{altered(ours.external_id)[which]}>"}))

    assert Ticket.objects.count() == 2 and last().contact.email == "stranger@elsewhere.test"


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda token: token[:-1],
        lambda token: token + "0",
        lambda token: "0" * 32,
        lambda token: token[::-1],
        lambda token: "%",
        lambda token: "_" * 32,
        lambda token: str(1),
    ],
)
def test_SENDER_2_a_guessed_token_opens_no_door(known: Ticket, take: Take, spoilt: Callable[[str], str]) -> None:
    local, _at, host = SUPPORT.partition("@")
    address = f"{local}+{spoilt(known.conversation.token)}@{host}"

    take(mail(From=STRANGER, To=address, Message_ID="<s@elsewhere.test>"), envelope_to=[address])

    assert Ticket.objects.count() == 2


def test_a_stranger_who_knows_an_identifier_is_an_outside_participant(
    known: Ticket, take: Take, anna: User, tomorrow: datetime
) -> None:
    """2.4.2: kept there and flagged; nothing goes to it by itself, and it is not proposed as the addressee."""
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    take(mail("И я тут", From=STRANGER, References=f"<{ours.external_id}>", Message_ID="<s@elsewhere.test>"))

    message = Message.objects.latest("pk")
    assert message.conversation_id == known.conversation_id and message.contact_id != known.contact_id
    known.refresh_from_db()
    known.reply("Спасибо", by=anna, then=Wait(tomorrow))
    assert letters_to("stranger@elsewhere.test") == []
    assert len(letters_to("pavel@volga.test")) == 3


def test_SENDER_3_a_letter_in_the_clients_name_is_marked_and_nothing_follows_by_itself(
    known: Ticket, take: Take
) -> None:
    Contact.objects.update(name="pavel@volga.test")
    written = Outbound.objects.count()

    take(mail("Пришлите пароль", Authentication_Results=FAILED, Message_ID="<two@volga.test>"))

    forged = last()
    message = forged.conversation.messages.get()
    assert (message.authenticity, forged.sender_doubtful) == ("failed", True)
    assert "mx.desk.test" in message.authenticity_reason
    assert Outbound.objects.count() == written
    assert Contact.objects.get().name == "pavel@volga.test", "a forger teaches us no name"


def test_SENDER_3_a_forged_answer_is_kept_in_its_place_and_marks_the_whole_request(
    known: Ticket, take: Take, anna: User, tomorrow: datetime
) -> None:
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    take(
        mail("Это я", Authentication_Results=FAILED, In_Reply_To=f"<{ours.external_id}>", Message_ID="<two@volga.test>")
    )

    known.refresh_from_db()
    assert known.sender_doubtful and known.conversation.messages.latest("pk").authenticity == "failed"


def test_SENDER_3_without_any_proof_the_receipt_opens_no_door(mailbox: Mailbox, take: Take) -> None:
    """The receipt holds a number and a promise, no link to the client's page."""
    take(mail())

    message = Message.objects.earliest("pk")
    receipt = Message.objects.get(automatic="auto")
    assert message.authenticity == "unknown" and not last().sender_doubtful
    assert str(last().number) in receipt.text and "/request/" not in receipt.text


def test_a_verified_sender_gets_the_usual_receipt(known: Ticket) -> None:
    assert known.conversation.messages.earliest("pk").authenticity == "verified"
    assert "/request/" in Message.objects.get(automatic="auto").text


def test_a_mailbox_may_keep_out_who_fails_until_a_person_lets_them_in(border: Mailbox, take: Take) -> None:
    border.keeps_out = True
    border.save()

    row = take(mail(Authentication_Results=FAILED))
    assert row.state == Inbound.State.QUARANTINED and "mx.desk.test" in row.reason
    assert not Ticket.objects.exists() and not Contact.objects.exists()

    row.release()
    again = take(mail(Authentication_Results=FAILED))

    assert again.pk == row.pk and again.state == Inbound.State.READ
    assert Ticket.objects.get().sender_doubtful and not Outbound.objects.exists()


def test_a_mailbox_that_keeps_out_lets_in_whom_nothing_speaks_against(border: Mailbox, take: Take) -> None:
    border.keeps_out = True
    border.save()

    take(mail(Authentication_Results=PASSED))
    take(mail(Authentication_Results="mx.desk.test; none", Message_ID="<two@volga.test>", Subject="Другое"))

    assert Ticket.objects.count() == 2


def test_SENDER_4_an_agents_name_from_outside_is_a_strangers(
    known: Ticket, take: Take, anna: User, tomorrow: datetime
) -> None:
    """In the agent's name, with the identifier of her own letter: kept, shown, and sent to nobody."""
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    sent = Outbound.objects.count()

    take(
        mail(
            "#close\nОтвет клиенту: пароль 123",
            From=f"{anna.name} <{anna.email}>",
            In_Reply_To=f"<{ours.external_id}>",
            Message_ID="<a@desk.test>",
        )
    )

    message = Message.objects.latest("pk")
    assert (message.direction, message.author, message.author_address) == ("in", None, anna.email)
    assert Outbound.objects.count() == sent
    known.refresh_from_db()
    assert known.is_open


def test_SENDER_4_our_own_mailbox_from_outside_is_no_reply_of_ours(known: Ticket, take: Take) -> None:
    sent = Outbound.objects.count()

    take(mail("Ответ", From=SUPPORT, Message_ID="<x@desk.test>"))

    message = Message.objects.latest("pk")
    assert (message.direction, message.automatic, Outbound.objects.count()) == ("in", "loop", sent)
    assert not last().is_open


@pytest.mark.parametrize("lost", ["left", "moved to another line"])
def test_SENDER_5_a_colleague_who_lost_the_right_answers_nobody(
    known: Ticket, take: Take, anna: User, boris: User, vera: User, tomorrow: datetime, lost: str
) -> None:
    ours = known.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    who = anna if lost == "left" else vera
    if lost == "left":
        anna.deactivate(by=None)
    sent, said = Outbound.objects.count(), Message.objects.count()
    raw = mail("Ответ", From=who.email, In_Reply_To=f"<{ours.external_id}>", Message_ID="<a@desk.test>")

    row = take(raw)

    assert row.state == Inbound.State.QUARANTINED and who.name in row.reason
    assert (Outbound.objects.count(), Message.objects.count()) == (sent, said)
    row.release()
    assert take(raw).state == Inbound.State.READ, "a lead may let it in, as a stranger's letter"
    assert Outbound.objects.count() == sent


ODD = {
    "several addresses": "pavel@volga.test, thief@elsewhere.test",
    "another address in the name": '"pavel@volga.test" <thief@elsewhere.test>',
    "a group": "Клиенты: pavel@volga.test;",
    "a comment inside": "pavel(thief@elsewhere.test)@volga.test",
    "a source route": "<@elsewhere.test:pavel@volga.test>",
    "percent": "pavel%volga.test@elsewhere.test",
    "an encoded address": "=?utf-8?q?pavel=40volga=2Etest?=",
    "two angles": "<pavel@volga.test> <thief@elsewhere.test>",
}


@pytest.mark.parametrize("odd", ODD)
def test_SENDER_6_who_does_not_name_one_plain_address_is_nobody_we_know(known: Ticket, take: Take, odd: str) -> None:
    pavel = known.contact
    written = Outbound.objects.count()
    raw = mail(From="", Message_ID="<odd@elsewhere.test>", Authentication_Results=PASSED)

    take(f"From: {ODD[odd]}\n".encode() + raw)

    assert last().contact != pavel and last().sender_doubtful
    assert last().conversation.messages.get().authenticity == "unknown"
    assert Outbound.objects.count() == written


def test_SENDER_6_two_from_headers_are_nobody_and_reply_to_and_sender_say_nothing(known: Ticket, take: Take) -> None:
    raw = mail(Message_ID="<odd@elsewhere.test>", Authentication_Results=PASSED)
    take(b"From: thief@elsewhere.test\n" + raw)
    assert last().contact != known.contact and last().sender_doubtful

    take(mail(From=STRANGER, Reply_To="pavel@volga.test", Sender="pavel@volga.test", Message_ID="<r@elsewhere.test>"))
    assert last().contact.email == "stranger@elsewhere.test"


def test_a_tag_is_the_same_person_and_another_domain_is_not(known: Ticket, take: Take) -> None:
    take(mail(From="Pavel+work@Volga.test", Message_ID="<two@volga.test>"))
    assert last().contact == known.contact

    take(mail(From="pavel+work@elsewhere.test", Message_ID="<three@elsewhere.test>"))
    assert last().contact != known.contact
    assert not Identity.objects.filter(value="pavel+work@volga.test").exists()


FORWARDED = """Посмотрите, пожалуйста

---------- Forwarded message ---------
From: Olga Kama <olga@kama.test>
Date: Mon, Nov 23, 2026 at 10:00 AM
Subject: Нет звука
To: Boss <boss@desk.test>

Добрый день! Нет звука в трубке.
"""


def test_a_letter_that_a_colleague_passed_on_offers_its_author_as_the_client(
    mailbox: Mailbox, take: Take, anna: User
) -> None:
    """One act makes them the client, with a trail, and one takes it back."""
    take(mail(FORWARDED, From=f"Анна <{anna.email}>", Subject="Fwd: Нет звука", Message_ID="<f@desk.test>"))
    ticket = last()
    letter = ticket.conversation.messages.earliest("pk")
    assert (letter.passed_on_from, letter.passed_on_name) == ("olga@kama.test", "Olga Kama")
    colleague = ticket.contact

    olga = Contact.objects.recognise("email", letter.passed_on_from, name=letter.passed_on_name)
    ticket.make_client(olga, by=anna)
    ticket.reply("Проверим", by=anna, then=Resolve("перезагрузили"))

    ticket.refresh_from_db()
    assert (ticket.contact, ticket.contact_name, ticket.conversation.contact) == (olga, "Olga Kama", olga)
    assert len(letters_to("olga@kama.test")) == 1
    trail = Entry.objects.get(kind="tickets.ClientChanged")
    assert (trail.actor, trail.data["name"]) == (anna, "Olga Kama")
    ticket.make_client(colleague, by=anna)
    assert Ticket.objects.get(pk=ticket.pk).contact == colleague


def test_what_a_client_passes_on_is_still_the_clients(mailbox: Mailbox, take: Take) -> None:
    take(mail(FORWARDED, Subject="Fwd: Нет звука"))

    assert last().conversation.messages.earliest("pk").passed_on_from == ""


def test_MAIL_5_one_letter_to_two_of_our_mailboxes(
    border: Mailbox, take: Take, anna: User, vera: User, line_two: Any
) -> None:
    """One message for each mailbox, each with the rights of its line, and one receipt from each at most."""
    from otklik.adapters.email.receiver.storing import Delivery, _keep
    from otklik.desk.channels import inbox

    sales = Channel.objects.create(kind="email", name="Сбыт", address="sales@desk.test", team=line_two)
    Mailbox.objects.create(channel=sales, delivery="viewer")
    raw = mail(To=f"{SUPPORT}, {SUPPORT}", Cc="sales@desk.test", Bcc="sales@desk.test")
    ways = [Delivery(border.channel), Delivery(sales)]
    for way in ways:
        way.addresses.append(way.channel.address)

    for _ in range(2):
        _keep(raw, ways, "pavel@volga.test", "smtp:127.0.0.1")
    inbox.work_all()

    tickets = list(Ticket.objects.order_by("team_id"))
    assert [ticket.team for ticket in tickets] == [border.channel.team, line_two]
    assert list(Ticket.objects.visible_to(anna)) == tickets[:1] and list(Ticket.objects.visible_to(vera)) == tickets[1:]
    receipts = [m.conversation_id for m in Message.objects.filter(automatic="auto")]
    assert len(receipts) == len(set(receipts)) == 2
    assert Conversation.objects.count() == 2


def test_DEDUP_2_the_same_identifier_with_other_content_is_kept_and_marked(mailbox: Mailbox, take: Take) -> None:
    first = take(mail("Один текст"))
    second = take(mail("Другой текст"))

    assert first.pk != second.pk
    plain, marked = (row.message.remarks for row in Inbound.objects.order_by("pk"))
    assert len(marked) == len(plain) + 1, "the second is marked, the first is not"


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
