"""UI-124: what a client answers to somebody who is away goes to the line, if that person wants it so."""

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, Availability, Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ticket: Ticket, anna: User, tomorrow) -> Ticket:
    """Anna has asked the client something, and then went away."""
    ticket.assign(anna, by=anna)
    ticket.reply("Какая модель?", by=anna, then=Wait(tomorrow))
    anna.replies_to_line = True
    anna.save(update_fields=["replies_to_line"])
    anna.say(Availability.AWAY, by=anna)
    return ticket


def answered(ticket: Ticket) -> Ticket:
    Ticket.objects.get(pk=ticket.pk).write_in("Модель 7")
    return Ticket.objects.get(pk=ticket.pk)


def test_it_is_for_the_line_and_the_story_says_so(asked: Ticket, anna: User, line_one: Team) -> None:
    found = answered(asked)

    assert (found.owner, found.team, found.is_our_move) == (None, line_one, True)
    (told,) = Entry.objects.about("ticket", asked.pk).filter(kind="tickets.TicketAssigned").order_by("-id")[:1]
    assert (told.data["owner_id"], told.data["was"], told.actor) == (None, anna.pk, None)


@pytest.mark.parametrize("said", [Availability.READY, Availability.BUSY, Availability.BREAK])
def test_who_works_keeps_it(asked: Ticket, anna: User, said: Availability) -> None:
    anna.say(said, by=anna)

    assert answered(asked).owner == anna


def test_without_the_wish_it_stays(asked: Ticket, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(replies_to_line=False)

    assert answered(asked).owner == anna


def test_their_own_notes_and_what_is_given_to_them_stay(asked: Ticket, anna: User, ilya: User) -> None:
    asked.refresh_from_db()
    asked.note("Посмотрю завтра", by=ilya)

    assert Ticket.objects.get(pk=asked.pk).owner == anna


def test_a_deputy_comes_before_the_line(asked: Ticket, anna: User, ilya: User, boris: User, tomorrow) -> None:
    Absence.objects.declare(anna, by=boris, until=tomorrow, deputy=ilya)

    assert answered(asked).owner == ilya
