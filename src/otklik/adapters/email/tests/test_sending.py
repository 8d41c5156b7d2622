"""SEND-*: a letter leaves once, and what became of it is known or said to be unknown."""

import socket
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from otklik.adapters.email.models import Delivery, Mailbox, Security
from otklik.adapters.email.sending import server as servers
from otklik.adapters.email.tests.conftest import Say, Server
from otklik.adapters.email.tests.rude import DROP, STALL
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait

pytestmark = pytest.mark.django_db


def send(outbound: Outbound) -> Outbound:
    outbox.send_due()
    outbound.refresh_from_db()
    return outbound


def later(**time: int) -> Callable[[Outbound], Outbound]:
    def send_later(outbound: Outbound) -> Outbound:
        with clock.at(clock.now() + timedelta(**time)):
            return send(outbound)

    return send_later


def test_a_letter_arrives_as_it_was_written(server: Server, say: Say) -> None:
    rude = server()

    outbound = send(say("Добрый день.\n.\nточка"))

    assert outbound.state == "sent" and outbound.detail == "250 stored" and outbound.server == f"127.0.0.1:{rude.port}"
    assert rude.taken == [("support@desk.test", ["pavel@volga.test"], bytes(outbound.raw))]


def test_what_the_product_writes_itself_leaves_with_an_empty_sender(server: Server, say: Say) -> None:
    rude = server()

    send(say(kind="auto"))

    assert rude.taken[0][0] == ""


def test_in_the_demonstration_nothing_leaves(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers.Server, "connect", lambda self: pytest.fail("something would leave"))

    outbound = send(say())

    assert (outbound.state, outbound.server) == ("sent", "viewer")


def test_SEND_2_a_server_that_stores_and_hangs_up_makes_the_letter_uncertain_and_nothing_repeats_it(
    server: Server, say: Say
) -> None:
    rude = server(END=[DROP])

    outbound = send(say())
    for days in range(1, 5):
        later(days=days)(outbound)

    assert outbound.state == "uncertain" and len(rude.taken) == rude.talks == 1
    assert Ticket.objects.get().delivery_trouble
    outbox.send_again(outbound)
    send(outbound)
    assert outbound.state == "sent" and not Ticket.objects.get().delivery_trouble
    assert rude.taken[0][2] == rude.taken[1][2] == bytes(outbound.raw)


def test_SEND_2_a_server_that_never_answers_the_final_dot_makes_it_uncertain(
    server: Server, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "TIMEOUT", 0.5)
    server(END=STALL)

    assert send(say()).state == "uncertain"


NOT_NOW = ("421 going down", "451 later")
REFUSED = [(phase, manner) for phase in ("GREETING", "MAIL", "RCPT", "DATA") for manner in NOT_NOW]
SILENT = [(phase, manner) for phase in ("GREETING", "EHLO", "MAIL", "RCPT", "DATA") for manner in (DROP, STALL)]


@pytest.mark.parametrize(("phase", "manner"), [*REFUSED, *SILENT, ("BODY", DROP)])
def test_trouble_before_the_final_dot_is_tried_again_and_arrives_once(
    server: Server, say: Say, monkeypatch: pytest.MonkeyPatch, phase: str, manner: str
) -> None:
    monkeypatch.setattr(servers, "TIMEOUT", 0.5)
    rude = server(**{phase: [manner]})

    outbound = send(say())
    assert outbound.state in ("ready", "uncertain") if phase == "BODY" else outbound.state == "ready"
    if outbound.state == "ready":
        later(minutes=2)(outbound)
        assert outbound.state == "sent" and len(rude.taken) == 1


def test_SEND_3_a_refusal_for_now_is_tried_again_with_growing_pauses(server: Server, say: Say) -> None:
    rude = server(END=["451 busy"] * 3)
    outbound = say()

    pauses = []
    at = clock.now()
    while outbound.state == "ready":
        with clock.at(at):
            send(outbound)
            pauses.append(outbound.not_before - at)
            at = outbound.not_before

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15)]
    assert (outbound.state, outbound.attempt, len(rude.taken)) == ("sent", 4, 1)


@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "END"])
def test_SEND_3_a_refusal_for_good_fails_at_once_and_shows_on_the_ticket(server: Server, say: Say, phase: str) -> None:
    rude = server(**{phase: "550 5.7.1 no, thank you"})

    outbound = send(say())
    later(days=1)(outbound)

    assert (outbound.state, outbound.attempt, rude.taken) == ("failed", 1, [])
    assert "5.7.1 no, thank you" in outbound.detail and Ticket.objects.get().delivery_trouble


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 4.7.1 greylisted, come again", "ready"),
        ("450 5.1.1 no such person", "failed"),
        ("452 4.2.2 mailbox full", "ready"),
        ("552 5.3.4 too large", "failed"),
        ("554 2.0.0 strange", "failed"),
        ("450 5.x strange", "ready"),
        ("421 4.3.2 going down", "ready"),
    ],
)
@pytest.mark.parametrize("phase", ["MAIL", "RCPT", "DATA", "END"])
def test_SEND_3_the_class_of_rfc_3463_says_whether_a_refusal_may_pass(
    server: Server, say: Say, answer: str, state: str, phase: str
) -> None:
    server(**{phase: [answer]})

    assert send(say()).state == state


@pytest.mark.parametrize("answer", ["530 5.7.0 Authentication required", "535 5.7.139 SmtpClientAuthentication is off"])
def test_a_server_that_wants_a_login_is_trouble_of_the_mailbox_and_no_letter_fails(
    server: Server, say: Say, answer: str
) -> None:
    server(MAIL=[answer])
    outbound = send(say())

    assert outbound.state == "ready" and answer[4:] in Channel.objects.get().trouble

    later(minutes=2)(outbound)
    assert outbound.state == "sent" and Channel.objects.get().trouble == ""


def test_after_three_days_of_refusals_the_letter_has_failed(server: Server, say: Say) -> None:
    server(END="451 busy")
    outbound = say()

    with clock.at(clock.now() + timedelta(days=3, minutes=1)):
        send(outbound)

    assert outbound.state == "failed"


def test_addresses_that_were_refused_are_shown_although_the_letter_left(server: Server, say: Say) -> None:
    rude = server(**{"RCPT boss@volga.test": "550 nobody here"})

    outbound = send(say(to=["pavel@volga.test"], cc=["boss@volga.test"]))

    assert outbound.state == "sent" and rude.taken[0][1] == ["pavel@volga.test"]
    assert "boss@volga.test: 550 nobody here" in outbound.detail


def test_the_old_password_is_trouble_of_the_mailbox_and_the_letter_waits(
    server: Server, say: Say, mailbox: Mailbox
) -> None:
    rude = server(AUTH=["535 5.7.8 bad password"])
    rude.extensions = ("AUTH PLAIN",)
    mailbox.smtp_login, mailbox.smtp_password = "support", "старый"
    mailbox.configured()

    outbound = send(say())
    channel = Channel.objects.get()
    assert outbound.state == "ready" and "5.7.8 bad password" in channel.trouble

    later(minutes=2)(outbound)
    channel.refresh_from_db()
    assert outbound.state == "sent" and channel.trouble == ""


def test_when_the_mailbox_is_repaired_its_letters_leave_at_once_but_for_those_that_may_be_taken_back(
    server: Server, say: Say, mailbox: Mailbox
) -> None:
    rude = server(GREETING=["421 closed"])
    tried = send(say())
    undoable = say(not_before=clock.now() + timedelta(minutes=1))
    assert tried.state == "ready" and tried.not_before > clock.now()

    mailbox.configured()
    send(tried)
    undoable.refresh_from_db()

    assert (tried.state, undoable.state, len(rude.taken)) == ("sent", "ready", 1)


@pytest.mark.parametrize("answer", [None, "454 TLS not available", "220 go"])
def test_where_encryption_is_asked_for_nothing_leaves_without_it(
    server: Server, say: Say, mailbox: Mailbox, answer: str | None
) -> None:
    """STARTTLS missing, refused or stripped on the way: never in clear text."""
    rude = server(STARTTLS=answer, **({"EHLO": "250 rude.test"} if answer is None else {}))
    rude.extensions = ("STARTTLS",) if answer else ()
    mailbox.smtp_security = Security.STARTTLS
    mailbox.configured()

    outbound = send(say())

    assert outbound.state == "ready" and rude.taken == [] and Channel.objects.get().trouble


def test_a_certificate_that_cannot_be_trusted_stops_the_letter(say: Say, mailbox: Mailbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    mailbox.delivery, mailbox.smtp_host, mailbox.smtp_port = Delivery.SMTP, "127.0.0.1", port
    mailbox.configured()

    assert send(say()).state == "ready" and str(port) in Channel.objects.get().trouble


def test_SEND_1_a_worker_that_died_before_the_letter_could_arrive_costs_nothing(server: Server, say: Say) -> None:
    rude = server()
    outbound = say()
    Outbound.objects.filter(pk=outbound.pk).update(
        state="sending", attempt=1, sending_since=clock.now() - timedelta(seconds=100)
    )

    outbox.find_lost()
    send(outbound)
    send(outbound)

    assert outbound.state == "sent" and rude.taken == [("support@desk.test", ["pavel@volga.test"], bytes(outbound.raw))]


def test_a_worker_that_died_at_the_final_dot_leaves_the_question_to_a_person(server: Server, say: Say) -> None:
    rude = server()
    outbound = say()
    long_ago = clock.now() - timedelta(seconds=100)
    Outbound.objects.filter(pk=outbound.pk).update(
        state="sending", attempt=1, sending_since=long_ago, leaving_at=long_ago
    )

    outbox.find_lost()

    assert send(outbound).state == "uncertain" and rude.taken == []


def test_an_attempt_that_was_given_up_does_not_wake_and_send_a_second_copy(
    server: Server, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    rude = server()
    outbound = say()

    def meanwhile(self: Outbound) -> bool:
        monkeypatch.undo()
        Outbound.objects.filter(pk=self.pk).update(attempt=self.attempt + 1)
        return self.leaves()

    monkeypatch.setattr(Outbound, "leaves", meanwhile)
    send(outbound)

    assert rude.taken == [] and outbound.state == "sending"


def test_SEND_6_what_was_rolled_back_never_leaves(server: Server, say: Say, anna: User) -> None:
    rude = server()
    say("earlier")
    ticket = Ticket.objects.get()

    @transaction.atomic
    def reply_and_break() -> None:
        ticket.reply("Забудьте", by=anna, then=Wait(clock.now() + timedelta(days=1)))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reply_and_break()
    outbox.send_due()

    assert len(rude.taken) == 1 and Outbound.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_SEND_6_what_was_committed_leaves_though_its_process_died_at_once(server: Server, say: Say) -> None:
    """The wish to send is a row of the same transaction: any worker finds it."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    rude = server()
    ProcrastinateJob.objects.all()._raw_delete("default")
    with transaction.atomic():
        outbound = say()
    assert ProcrastinateJob.objects.filter(task_name="channels.send", status="todo").count() == 1

    send(outbound)

    assert len(rude.taken) == 1


def test_the_mailbox_can_be_checked_before_anything_is_sent(server: Server, mailbox: Mailbox) -> None:
    rude = server()
    assert mailbox.try_out() == []

    rude.close()
    mailbox.smtp_port = 1
    (words,) = mailbox.try_out()
    assert "127.0.0.1:1" in words
