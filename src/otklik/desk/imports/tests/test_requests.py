"""Requests of another desk: history with its own moments, quiet, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.imports.tests.conftest import Bring
from otklik.desk.sla.models import Clock
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db

TALK = """ticket id,subject,status,priority,assignee,requester email,requester,created at,text,message at,author email
T-1,Нет звука,closed,high,anna,pavel@volga.test,Павел,2024-03-01T10:00Z,Не слышно,2024-03-01T10:00Z,pavel@volga.test
T-1,Нет звука,closed,high,anna,pavel@volga.test,Павел,2024-03-01T10:00:00Z,Проверьте кабель,2024-03-01T11:00:00Z,ANNA
T-2,Счёт,open,,nobody,new@don.test,Новый,2024-03-02T10:00:00Z,Где счёт?,2024-03-02T10:00:00Z,new@don.test
T-3,,pending,,,,,2024-03-03T10:00:00Z,,,
"""


@pytest.fixture
def talk(anna: User, door: Channel, pavel: Contact) -> str:
    return TALK.replace("ANNA", anna.email).replace(",anna,", f",{anna.login},")


def test_requests_come_with_their_moments_messages_owner_and_client(
    bring: Bring, talk: str, anna: User, pavel: Contact
) -> None:
    of = bring("tickets", talk)
    assert of.told == {"new": 3, "changed": 1, "same": 0, "wrong": 0}
    first = Ticket.objects.get(subject="Нет звука")
    assert (first.status, first.priority, first.owner, first.contact) == ("resolved", 3, anna, pavel)
    assert first.opened_at == datetime(2024, 3, 1, 10, tzinfo=UTC)
    assert first.first_answer_at == first.ended_at == datetime(2024, 3, 1, 11, tzinfo=UTC)
    assert [(one.direction, one.author) for one in first.conversation.messages.all()] == [("in", None), ("out", anna)]
    assert first.message_count == 2 and first.preview == "Проверьте кабель"
    second = Ticket.objects.get(subject="Счёт")
    assert (second.status, second.next_step, second.owner) == ("open", "answer", None)
    assert second.waiting_since == datetime(2024, 3, 2, 10, tzinfo=UTC)
    assert second.contact.email == "new@don.test" and second.is_open
    assert Ticket.objects.get(status="pending_client").contact.name
    assert of.problems.get().kept and of.problems.get().column == "assignee"


def test_nothing_is_sent_no_clock_begins_no_news(bring: Bring, talk: str) -> None:
    bring("tickets", talk)
    assert not Outbound.objects.exists() and not Clock.objects.exists()
    assert not Entry.objects.filter(about="ticket").exists()


def test_a_second_run_doubles_nothing_and_a_longer_export_adds(bring: Bring, talk: str) -> None:
    bring("tickets", talk)
    assert bring("tickets", talk).told == {"new": 0, "changed": 0, "same": 4, "wrong": 0}
    assert (Ticket.objects.count(), Message.objects.count()) == (3, 3)
    more = (
        talk.replace("T-2,Счёт,open", "T-2,Счёт,solved")
        + "T-2,,solved,,,,,,Спасибо,2024-03-05T10:00:00Z,new@don.test\n"
    )
    bring("tickets", more)
    second = Ticket.objects.get(subject="Счёт")
    assert second.status == "resolved" and second.message_count == 2
    assert second.ended_at == datetime(2024, 3, 5, 10, tzinfo=UTC)


def test_what_was_worked_on_here_keeps_its_standing(bring: Bring, talk: str, anna: User) -> None:
    bring("tickets", talk)
    Ticket.objects.get(subject="Счёт").assign(anna, by=anna)
    bring("tickets", talk.replace("T-2,Счёт,open", "T-2,Счёт,solved"))
    assert Ticket.objects.get(subject="Счёт").status == "open"


def test_unknown_words_are_wrong_rows(bring: Bring, door: Channel) -> None:
    of = bring("tickets", "number,status,priority\n1,банан,\n2,open,банан\n,open,\n4,решена,высокий\n")
    assert of.told["wrong"] == 3 and Ticket.objects.get().priority == 3


def test_what_slept_there_wakes_here(bring: Bring, talk: str) -> None:
    bring("tickets", talk)
    asleep = Ticket.objects.get(status="pending_client")
    assert asleep.due_at is not None
    with time_machine.travel(asleep.due_at + timedelta(minutes=1), tick=False):
        Ticket.objects.wake_due()
    asleep.refresh_from_db()
    assert asleep.is_our_move


def test_a_dry_run_counts_requests_and_keeps_none(bring: Bring, talk: str) -> None:
    dry = bring("tickets", talk, dry=True)
    assert dry.told == {"new": 3, "changed": 1, "same": 0, "wrong": 0} and not Ticket.objects.exists()
