"""What the journal says about a ticket, counted."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PutAside, Resolve
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.stories import events_of, living
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

# Entries of a running transaction are not settled, so the facts need real commits.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(solved: Ticket) -> Ticket:
    """Example V3, counted."""
    count_facts()
    return solved


def test_the_wait_for_the_client_pauses_the_solution_but_not_the_first_answer(story: Ticket, anna: User) -> None:
    fact = TicketFact.objects.get()

    assert fact.frt_business_s == 0.5 * 3600 and fact.agent == anna
    assert fact.resolution_business_s == 3.5 * 3600
    assert fact.resolution_calendar_s == 26.5 * 3600
    assert (fact.ended_as, fact.ended_at) == ("resolved", hours(26.5))


def test_rebuilding_gives_the_same_facts(story: Ticket) -> None:
    before = list(TicketFact.objects.values())

    assert TicketFact.objects.rebuild() == 1
    assert list(TicketFact.objects.values()) == before


def test_a_reply_that_was_taken_back_never_was(writes: Write, anna: User) -> None:
    with clock.at(START):
        ticket = writes()
    with clock.at(hours(1)):
        message = ticket.reply("Ой", by=anna, then=Resolve(), undo=15)
        ticket.take_back(message, by=anna)
    count_facts()

    fact = TicketFact.objects.get()
    assert (fact.first_answer_at, fact.frt_business_s, fact.ended_as) == (None, None, "")


@pytest.mark.parametrize(("agreed", "counted"), [(True, 1), (False, 24)])
def test_time_put_aside_pauses_only_when_the_client_agreed(
    writes: Write, anna: User, agreed: bool, counted: int
) -> None:
    with clock.at(START):
        ticket = writes()
        ticket.put_aside(PutAside(hours(23), "ждём склад", agreed), by=anna)
    with clock.at(hours(23)):
        Ticket.objects.wake_due()
    with clock.at(hours(24)):
        ticket.refresh_from_db()
        ticket.reply("Готово", by=anna, then=Resolve())
    count_facts()

    assert TicketFact.objects.get().resolution_business_s == counted * 3600


def test_machines_are_not_counted(writes: Write) -> None:
    writes(automatic="bounce")
    count_facts()

    assert TicketFact.objects.get().excluded == "bounce" and not TicketFact.objects.counted().exists()


def test_our_own_people_are_no_clients(writes: Write, ilya: User) -> None:
    """C8: tickets of the organisation itself."""
    User.objects.filter(pk=ilya.pk).update(email="ilya@Desk.test")
    writes(sender="Ilya@desk.test", sender_name="Илья")
    writes(sender="olga@volga.test")
    count_facts()

    assert sorted(TicketFact.objects.values_list("excluded", flat=True)) == ["", "own"]


def test_who_files_a_request_has_no_first_response(writes: Write, anna: User, door: Channel) -> None:
    """V1: the client was spoken with when it was written down; the solution counts as any other."""
    with clock.at(hours(0)):
        filed = Ticket.open_by(anna, channel=door, address="pavel@volga.test", text="Звонил Павел")
    with clock.at(hours(1)):
        filed.reply("Готово", by=anna, then=Resolve())
    count_facts()

    fact = TicketFact.objects.get()
    assert fact.frt_business_s is None and fact.resolution_business_s is not None


def test_who_waits_for_a_third_party_waits_for_us(ticket: Ticket, anna: User) -> None:
    """METRICS V4: the ball is on our side, whatever the client agreed to."""
    ticket.put_aside(PutAside(clock.now() + timedelta(days=1), "склад", agreed=True, whom="Склад"), by=anna)
    agreed = set(ticket.schedules.values_list("pk", flat=True))

    told = events_of(ticket, list(Entry.objects.filter(about="ticket", about_id=ticket.pk).order_by("id")), agreed)

    assert [one["status"] for one in told if one["type"] == "status"] == ["pending_supplier"]


def test_what_was_forwarded_and_taken_back_put_nothing_aside(ticket: Ticket, anna: User) -> None:
    ids = [ticket.conversation.messages.order_by("id")[0].pk]
    aside = PutAside(clock.now() + timedelta(days=1), "ждать поставщика")
    message = ticket.forward("Ой", by=anna, to=["sales@supplier.test"], messages=ids, then=aside, undo=15)
    ticket.take_back(message, by=anna)

    story = list(Entry.objects.filter(about="ticket", about_id=ticket.pk).order_by("id"))
    left = {entry.kind for entry in living(story)}
    assert "tickets.TicketPutAside" in {entry.kind for entry in story} and "tickets.TicketPutAside" not in left
