"""ACCESS-5: a deputy has tickets and lines of who is away, for as long as they are away, and nothing else of theirs."""

from datetime import timedelta

import pytest

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.deputies import may_decide_for
from otklik.core.staff.models import Absence, Team, User
from otklik.desk.routing.models import Delegation
from otklik.desk.sla import due
from otklik.desk.tickets import access
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def absence(boris: User, vera: User) -> Absence:
    """The lead of the first line is away; an agent of the second line stands in."""
    found = Absence.objects.declare(boris, by=boris, until=clock.now() + 2 * DAY, deputy=vera)
    Delegation.objects.hand_over(found)
    return found


@pytest.fixture
def his(writes: Write, boris: User) -> Ticket:
    ticket = writes("Ему", sender="c1@volga.test")
    ticket.take(by=boris)
    return ticket


@pytest.fixture
def of_the_line(writes: Write, anna: User) -> Ticket:
    """Of his line, but not his."""
    ticket = writes("Не ему", sender="c2@volga.test")
    ticket.take(by=anna)
    return ticket


@pytest.fixture
def foreign(writes: Write, calendar: BusinessCalendar) -> Ticket:
    """Of a line that is neither his nor hers."""
    ticket = writes("Третьей линии", sender="c3@volga.test")
    Ticket.objects.filter(pk=ticket.pk).update(team=Team.objects.create(name="Третья", level=3, calendar=calendar))
    return Ticket.objects.get(pk=ticket.pk)


def seen(person: User) -> set[Ticket]:
    person = User.objects.get(pk=person.pk)
    found = set(Ticket.objects.visible_to(person))
    assert found == {one for one in Ticket.objects.all() if access.can_see(person, one)}
    return found


def told(person: User, moment: timedelta) -> list[int | None]:
    """About which tickets they are warned by then."""
    with clock.at(clock.now() + moment):
        due.tell_all()
    said = Entry.objects.filter(kind__in=("sla.TargetAtRisk", "sla.TargetBreached"))
    return sorted({entry.about_id for entry in said if person.pk in entry.data["people"]}, key=str)


def test_ACCESS_5_a_deputy_answers_what_is_delegated_and_leads_nobody(
    his: Ticket, of_the_line: Ticket, foreign: Ticket, vera: User, boris: User, anna: User, absence: Absence
) -> None:
    vera = User.objects.get(pk=vera.pk)
    assert seen(vera) == {his, of_the_line} and Ticket.objects.get(pk=his.pk).owner == vera
    assert access.can_answer(vera, of_the_line) and not access.can_answer(vera, foreign)
    assert not access.can_assign_others(vera) and not access.can_give(vera, of_the_line)
    assert not access.can_change_class(vera, his) and not access.can_release_quarantine(vera)
    assert may_decide_for(vera, boris, asked_by=anna) and not may_decide_for(vera, boris, asked_by=vera)
    assert not may_decide_for(anna, boris, asked_by=vera)


def test_ACCESS_5_a_deputy_is_told_of_the_delegated_tickets_alone(
    his: Ticket, of_the_line: Ticket, foreign: Ticket, vera: User, boris: User, absence: Absence
) -> None:
    """Breaches of the line are told to its leads; standing in for one does not make a lead."""
    assert told(vera, timedelta(minutes=50)) == [his.pk]
    assert told(vera, timedelta(hours=2)) == [his.pk]
    assert told(boris, timedelta(hours=2)) == [his.pk, of_the_line.pk]


def test_ACCESS_5_at_its_date_all_of_it_ends_though_no_job_has_run(
    his: Ticket, of_the_line: Ticket, vera: User, boris: User, anna: User, absence: Absence
) -> None:
    now = clock.now()
    Absence.objects.filter(pk=absence.pk).update(since=now - DAY, until=now)
    assert seen(vera) == {his}, "it is still with her: the job gives it back within the minute"
    assert not may_decide_for(vera, boris, asked_by=anna)

    assert Absence.objects.turn_due() == 1 and Delegation.objects.give_back(absence.pk) == 1
    assert seen(vera) == set() and Ticket.objects.get(pk=his.pk).owner == boris


def test_ACCESS_5_who_is_back_before_has_all_of_it_back(
    his: Ticket, of_the_line: Ticket, vera: User, boris: User, anna: User, absence: Absence
) -> None:
    absence.end(by=boris)
    Delegation.objects.give_back(absence.pk)
    assert seen(vera) == set() and not may_decide_for(vera, boris, asked_by=anna)

    Ticket.objects.get(pk=his.pk).write_in("Ну что?")
    assert Ticket.objects.get(pk=his.pk).owner == boris
    assert told(vera, timedelta(hours=2)) == []
