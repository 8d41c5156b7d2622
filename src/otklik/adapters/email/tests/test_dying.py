"""SEND-1, SEND-2, MAIL-2: a process is killed between each pair of steps; nothing is lost, nothing comes twice.

What SMTP leaves open is kept as small as it can be: from the commit before the final dot to the commit of the answer.
A letter caught there is `uncertain` and waits for a person, who may send the same bytes again.
"""

import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from otklik.adapters.email.models import AfterReading, Mailbox
from otklik.adapters.email.tests.conftest import Say, Server
from otklik.adapters.email.tests.dying import BEFORE, FETCHING, UNCLEAR
from otklik.adapters.email.tests.fakeimap import FakeImap
from otklik.adapters.email.tests.rude import Rude
from otklik.adapters.email.tests.test_fetching import connect, ids, letter
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.mail.program import Program, until

pytestmark = pytest.mark.django_db(transaction=True)

OURS = {"channels", "metrics", "tickets", "surveys", "journal", "staff"}


def killed_at(step: str, folder: Path) -> None:
    program = Program(folder)
    words = [sys.executable, "-m", "otklik.adapters.email.tests.dying", step]
    environment = {**program.environment, "DJANGO_SETTINGS_MODULE": "otklik.config.settings"}
    assert subprocess.run(words, env=environment, timeout=60, check=False).returncode == -signal.SIGKILL


def days_pass(outbound: Outbound) -> Outbound:
    """Every minute's look of the first quarter of an hour, then one a day."""
    for minutes in (*range(2, 17), 1440, 2 * 1440, 4 * 1440):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            outbox.find_lost()
            outbox.send_due()
    outbound.refresh_from_db()
    return outbound


def copies(rude: Rude) -> list[bytes]:
    return [raw for _sender, _recipients, raw in rude.taken]


@pytest.mark.parametrize("step", BEFORE)
def test_SEND_1_killed_before_anything_could_arrive_it_leaves_once_with_the_same_bytes(
    server: Server, say: Say, tmp_path: Path, step: str
) -> None:
    rude, outbound = server(), say()
    killed_at(step, tmp_path)
    assert copies(rude) == []

    days_pass(outbound)

    assert outbound.state == "sent" and copies(rude) == [bytes(outbound.raw)]


@pytest.mark.parametrize("step", UNCLEAR)
def test_SEND_2_killed_where_only_the_server_knows_it_is_a_question_for_a_person(
    server: Server, say: Say, tmp_path: Path, step: str
) -> None:
    rude, outbound = server(), say()
    killed_at(step, tmp_path)
    if step != "leaving":
        until(lambda: rude.taken, "the server stores the letter")
    arrived = len(rude.taken)

    days_pass(outbound)
    assert outbound.state == "uncertain" and len(rude.taken) == arrived <= 1
    assert Ticket.objects.get().delivery_trouble

    outbox.send_again(outbound)
    days_pass(outbound)
    assert outbound.state == "sent" and copies(rude) == [bytes(outbound.raw)] * (arrived + 1)


def test_SEND_2_a_sender_that_died_is_noticed_within_two_minutes(server: Server, say: Say, tmp_path: Path) -> None:
    server()
    outbound = say()
    killed_at("dot", tmp_path)

    with clock.at(clock.now() + timedelta(minutes=1)):  # the look of the minute
        outbox.find_lost()
    with clock.at(clock.now() + timedelta(minutes=2)):  # and the next one
        outbox.find_lost()

    outbound.refresh_from_db()
    assert outbound.state == "uncertain"


def test_killed_after_the_answer_was_written_down_there_is_nothing_left_to_do(
    server: Server, say: Say, tmp_path: Path
) -> None:
    rude, outbound = server(), say()
    killed_at("settled", tmp_path)

    days_pass(outbound)

    assert outbound.state == "sent" and copies(rude) == [bytes(outbound.raw)]


def test_SEND_4_a_worker_that_died_with_a_ticket_locked_holds_up_nobody(
    server: Server, say: Say, anna: User, tmp_path: Path
) -> None:
    """The lock of a ticket is a row lock: it ends with its connection, and no job of ours takes another kind."""
    from procrastinate.contrib.django import app

    rude = server()
    say()
    ticket = Ticket.objects.get()
    killed_at("locked", tmp_path)

    began = time.monotonic()
    ticket.reply("Проверим", by=anna, then=Wait(clock.now() + timedelta(days=1)))
    outbox.send_due()

    assert time.monotonic() - began < 10 and len(rude.taken) == 2
    assert {task.lock for task in app.tasks.values() if task.name.split(".")[0] in OURS} == {None}


@pytest.mark.parametrize("step", FETCHING)
def test_MAIL_2_a_fetcher_killed_between_the_commit_and_the_mark_leaves_every_mail_once(
    mailbox: Mailbox, tmp_path: Path, step: str
) -> None:
    imap = FakeImap(folders=("INBOX", "Done"))
    box = connect(mailbox, imap)
    if step == "moved":
        box.after_reading, box.move_to = AfterReading.MOVE, "Done"
        box.configured()
    for number in range(3):
        imap.add(letter(number))
    killed_at(step, tmp_path)
    stored, seen = (0 if step == "stored" else 3), (3 if step == "marked" else 0)
    assert (Inbound.objects.count(), sum(one.seen for one in imap.mails)) == (stored, seen)

    Mailbox.objects.get().fetch()

    assert sorted(ids()) == [f"{number}@volga.test" for number in range(3)]
    moved = imap.others.get("Done", [])
    assert len(moved) == 3 if step == "moved" else all(one.seen for one in imap.mails)
    imap.close()
