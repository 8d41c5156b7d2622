"""The full round on real servers: a client's letter, our answer in their mailbox, their reply in the same ticket."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Inbound, Outbound
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from tests.mail.program import Program, until
from tests.real_mail.world import BY_LMTP, OLGA, PAVEL, SUPPORT, MailWorld

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(tmp_path: Path, mail_world: MailWorld, desk_mailbox: Channel) -> Iterator[Program]:
    """The real worker: it fetches by IMAP, takes in by LMTP, reads and sends."""
    program = Program(tmp_path, "worker", lmtp=mail_world.desk_lmtp, OTKLIK_MAIL_CA_FILE=str(mail_world.ca))
    program.start()
    until(lambda: desk_mailbox.mailbox.__class__.objects.get().fetched_at, "the mailbox is opened")
    yield program
    program.kill()


def the_ticket(what: Callable[[Ticket], object] = lambda ticket: True) -> Ticket:
    until(lambda: [one for one in Ticket.objects.all() if what(one)], "a ticket")
    return next(one for one in Ticket.objects.order_by("-id") if what(one))


def references(letter: object) -> list[str]:
    return [one.strip("<>") for one in str(letter["References"] or "").split()]  # type: ignore[index]


def test_a_letter_is_answered_and_the_reply_finds_its_ticket(desk: Program, mail_world: MailWorld, anna: User) -> None:
    mail_world.swaks(PAVEL, SUPPORT, "--header", "Subject: Не работает звонок", "--body", "Тишина в трубке",
                     "--header", "Message-Id: <first@volga.test>")  # fmt: skip
    ticket = the_ticket()
    assert ticket.subject == "Не работает звонок" and ticket.preview == "Тишина в трубке"

    receipt = mail_world.next_letter(PAVEL, 0)
    assert str(ticket.number) in str(receipt["Subject"]) and receipt["Auto-Submitted"] == "auto-replied"
    assert references(receipt) == ["first@volga.test"] and receipt["Return-Path"] == "<>"

    ours = ticket.reply("Включите звук.", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    answer = mail_world.next_letter(PAVEL, 1)
    assert answer["Message-ID"] == f"<{ours.external_id}>" and answer["In-Reply-To"] == "<first@volga.test>"
    assert references(answer)[-1] == "first@volga.test" and receipt["Message-ID"].strip("<>") in references(answer)
    assert "Включите звук." in answer.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert str(answer["From"]).endswith(f"<{SUPPORT}>") and "Анна Белова" in str(answer["From"])

    mail_world.write(
        PAVEL,
        answer["Reply-To"].addresses[0].addr_spec,
        "Теперь слышно, спасибо!",
        Subject="Re: Не работает звонок",
        In_Reply_To=str(answer["Message-ID"]),
        References=f"{answer['References']} {answer['Message-ID']}",
    )
    until(lambda: Ticket.objects.get().preview == "Теперь слышно, спасибо!", "the reply is in the ticket")
    ticket = Ticket.objects.get()
    assert ticket.waiting_since and ticket.conversation.messages.public().count() == 4

    ticket.reply("Рада помочь.", by=anna, then=Resolve("Звук был выключен"))
    assert "Рада помочь." in mail_world.next_letter(PAVEL, 2).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    until(lambda: not Outbound.objects.exclude(state="sent").exists(), "everything is sent")


def test_an_answer_finds_its_ticket_by_the_address_alone(desk: Program, mail_world: MailWorld, anna: User) -> None:
    mail_world.write(PAVEL, SUPPORT, "Вопрос")
    ticket = the_ticket()
    ticket.reply("Ответ", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    answer = mail_world.next_letter(PAVEL, 1)

    mail_world.write(OLGA, answer["Reply-To"].addresses[0].addr_spec, "Я коллега Павла", Subject="Другая тема")

    until(lambda: Inbound.objects.filter(state="read").count() == 2, "both letters are read")
    assert Ticket.objects.get().conversation.messages.filter(author_address=OLGA).exists()


def test_postfix_hands_mail_to_our_own_receiver(desk: Program, mail_world: MailWorld, desk_mailbox: Channel) -> None:
    Channel.objects.create(kind="email", name="Помощь", address=BY_LMTP, team=desk_mailbox.team)

    mail_world.write(PAVEL, BY_LMTP, "Прямо на стол", Subject="По LMTP")

    the_ticket(lambda ticket: ticket.subject == "По LMTP")
    assert Inbound.objects.get().source == "lmtp:127.0.0.1"


def test_a_letter_that_came_back_is_marked_on_its_ticket(desk: Program, mail_world: MailWorld, anna: User) -> None:
    Channel.objects.update(acknowledges=False)
    mail_world.write(PAVEL, SUPPORT, "Вопрос", From="gone@lost.test")
    ticket = the_ticket()

    message = ticket.reply("Ответ", by=anna, then=Wait(clock.now() + timedelta(days=1)))

    until(
        lambda: Outbound.objects.get(message=message).state == "failed",
        f"the bounce is read\n{mail_world.postfix.log()}",
    )
    ticket.refresh_from_db()
    assert ticket.delivery_trouble and Inbound.objects.get(automatic="bounce").outcome == "appended"
    assert Ticket.objects.count() == 1


def test_an_address_that_the_server_refuses_fails_at_once(desk: Program, mail_world: MailWorld, anna: User) -> None:
    Channel.objects.update(acknowledges=False)
    mail_world.write(PAVEL, SUPPORT, "Вопрос", From="nobody@volga.test")

    message = the_ticket().reply("Ответ", by=anna, then=Wait(clock.now() + timedelta(days=1)))

    until(lambda: Outbound.objects.get(message=message).state == "failed", "the refusal is known")
    assert "nobody@volga.test" in Outbound.objects.get(message=message).detail


def test_a_new_letter_is_on_the_desk_within_two_seconds(desk: Program, mail_world: MailWorld) -> None:
    mail_world.write(PAVEL, SUPPORT, "первое")
    the_ticket()

    mail_world.write(OLGA, SUPPORT, "второе", Subject="Второе")
    sent = clock.now()

    ticket = the_ticket(lambda one: one.subject == "Второе")
    assert ticket.opened_at - sent < timedelta(seconds=2)
