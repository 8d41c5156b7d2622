"""A silent client is reminded, then let go politely."""

from datetime import datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Identity
from otklik.desk.tickets.models import Habits, Ticket
from otklik.desk.tickets.steps import Wait
from otklik.desk.tickets.strip import strip
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def asked(ticket: Ticket, anna: User, tomorrow: datetime) -> Ticket:
    ticket.reply("Какая модель телефона?", by=anna, then=Wait(tomorrow))
    outbox.send_due()
    return ticket


def at(moment: datetime) -> None:
    with clock.at(moment):
        Ticket.objects.wake_due()
        outbox.send_due()


def notices(ticket: Ticket) -> list[str]:
    letters = Outbound.objects.filter(kind="notify", message__conversation=ticket.conversation_id).order_by("id")
    return [bytes(letter.raw).decode() for letter in letters]


def test_two_reminders_at_the_pace_of_the_line_then_a_polite_end(asked: Ticket, tomorrow: datetime) -> None:
    at(tomorrow)
    asked.refresh_from_db()
    assert (asked.status, asked.reminded, asked.due_at) == ("pending_client", 1, tomorrow + 5 * DAY)
    at(tomorrow + DAY)
    at(tomorrow + 5 * DAY)
    asked.refresh_from_db()
    assert strip(asked).due_kind == "Если промолчит, закрыть"
    at(tomorrow + 10 * DAY)
    asked.refresh_from_db()

    first, second, end = notices(asked)
    assert "> Какая модель телефона?" in first and "ещё раз" in first and "закроем" in second
    assert "/request/" in end and "в течение 7 дней" in end
    assert (asked.status, asked.returned, asked.due_at) == ("closed", "", None)
    kinds = Entry.objects.about("ticket", asked.pk).values_list("kind", flat=True)
    assert list(kinds).count("tickets.ClientReminded") == 2 and "tickets.TicketClosed" in kinds


def test_ACCESS_6_a_reminder_quotes_nothing_that_went_to_somebody_else(
    asked: Ticket, anna: User, writes: Write, tomorrow: datetime
) -> None:
    """Neither what was forwarded nor a question to a supplier; the client reads their own question again."""
    ids = [asked.conversation.messages.order_by("id")[0].pk]
    asked.forward("Клиент скандалит, что с деталью?", by=anna, to=["sales@supplier.test"], messages=ids)
    Ticket.objects.get(pk=asked.pk).reply("Почём отдадите?", by=anna, then=Wait(tomorrow), to=["sales@supplier.test"])
    at(tomorrow)

    (reminder,) = notices(asked)
    assert "> Какая модель телефона?" in reminder and "скандалит" not in reminder and "Почём" not in reminder


def test_a_word_of_the_client_begins_it_all_anew(asked: Ticket, anna: User, writes: Write, tomorrow: datetime) -> None:
    at(tomorrow)
    with clock.at(tomorrow + DAY):
        writes("Yealink", token=asked.conversation.token)
        asked.refresh_from_db()
        assert asked.is_our_move and asked.reminded == 0
        asked.reply("А прошивка?", by=anna, then=Wait(tomorrow + 2 * DAY))
    at(tomorrow + 2 * DAY)
    asked.refresh_from_db()
    assert asked.reminded == 1


def test_the_closed_one_opens_again_where_it_stopped(asked: Ticket, anna: User, writes: Write, tomorrow) -> None:
    for days in (0, 5, 10):
        at(tomorrow + days * DAY)
    with clock.at(tomorrow + 12 * DAY):
        same = writes("Извините, был в отпуске. Yealink", token=asked.conversation.token)
    assert same == asked and same.is_open and same.owner == anna


def test_a_line_without_reminders_gets_it_back(asked: Ticket, line_one: Team, tomorrow: datetime) -> None:
    Habits.objects.create(team=line_one, reminders=0)
    at(tomorrow)
    asked.refresh_from_db()
    assert (asked.status, asked.next_step, asked.returned) == ("open", "remind", "silence") and not notices(asked)


@pytest.mark.parametrize("quiet", ["returning", "doubtful", "breaker"])
def test_where_no_machine_may_write_a_person_decides(asked: Ticket, quiet: str, tomorrow: datetime) -> None:
    if quiet == "returning":
        Identity.objects.filter(contact=asked.contact).update(failed_at=clock.now())
    elif quiet == "doubtful":
        Ticket.objects.filter(pk=asked.pk).update(sender_doubtful=True)
    else:
        with clock.at(tomorrow - timedelta(minutes=30)):
            for _ in range(3):
                asked.conversation.say("x", kind=Outbound.Kind.NOTIFY, subject="x", to=["pavel@volga.test"])
    at(tomorrow)
    asked.refresh_from_db()
    assert (asked.status, asked.returned) == ("open", "silence")


def test_machines_are_told_that_a_machine_wrote(asked: Ticket, tomorrow: datetime, paper: Paper) -> None:
    """RFC 3834: the letter says so itself, so that no auto-reply answers it."""
    at(tomorrow)
    message = asked.conversation.messages.order_by("-id").first()
    assert message and message.automatic and message.outbound and message.outbound.kind == "notify"


def test_working_days_are_those_of_the_line(asked: Ticket, line_one: Team, tomorrow: datetime) -> None:
    calendar = line_one.calendar
    calendar.weekly = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    calendar.save()
    at(tomorrow)
    asked.refresh_from_db()
    assert asked.due_at and asked.due_at - tomorrow > 5 * DAY and asked.due_at.weekday() < 5
