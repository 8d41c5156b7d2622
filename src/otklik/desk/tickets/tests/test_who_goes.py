"""Somebody of a planned visit goes away or leaves: whoever can send another one hears of it in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, User
from otklik.desk.tickets.models import Ticket, Visit
from otklik.desk.tickets.steps import PutAside
from otklik.desk.tickets.visit_plan import VisitPlan
from tests.fixtures.cast import Write
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def starts() -> datetime:
    return (clock.now() + 3 * DAY).replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def asleep(ticket: Ticket, anna: User, starts: datetime) -> Ticket:
    """Anna's, put aside until the visit."""
    ticket.reply("Приедем.", by=anna, then=PutAside(starts, "Едем на объект", agreed=True))
    return ticket


@pytest.fixture
def visit(asleep: Ticket, anna: User, ilya: User, starts: datetime) -> Visit:
    Notice.objects.all().delete()
    return asleep.plan_visit(VisitPlan("Садовая, 5", starts, starts + 2 * HOUR, [ilya]), by=anna)


def told(person: User) -> list[str]:
    notices = Notice.objects.filter(person=person, text__contains="не сможет поехать")
    return list(notices.values_list("text", flat=True))


def doubted(visit: Visit) -> int:
    return Entry.objects.about("ticket", visit.ticket_id).filter(kind="tickets.VisitDoubted").count()


def test_an_absence_over_a_visit_is_told_and_wakes_the_request(
    asleep: Ticket, visit: Visit, anna: User, ilya: User, boris: User, starts: datetime
) -> None:
    Absence.objects.declare(ilya, by=ilya, since=starts - DAY, until=starts + DAY)

    asleep.refresh_from_db()
    assert (asleep.status, asleep.returned) == ("open", "visit") and "не сможет поехать" in asleep.next_note
    assert len(told(anna)) == len(told(ilya)) == doubted(visit) == 1 and not told(boris)
    assert ilya.name in told(anna)[0] and f"№ {asleep.pk}" in told(anna)[0]


def test_where_somebody_else_still_goes_it_sleeps_on(
    asleep: Ticket, visit: Visit, anna: User, ilya: User, starts: datetime
) -> None:
    visit.people.add(anna)
    Absence.objects.declare(ilya, by=ilya, since=starts - DAY, until=starts + DAY)
    asleep.refresh_from_db()
    assert asleep.status == "scheduled" and len(told(anna)) == 1


def test_the_lead_hears_of_it_where_the_owner_is_the_one_who_goes_away(
    asleep: Ticket, visit: Visit, anna: User, boris: User, starts: datetime
) -> None:
    asleep.replan_visit(visit, VisitPlan("Садовая, 5", starts, starts + 2 * HOUR, [anna]), by=anna)
    Absence.objects.declare(anna, by=boris, since=starts - DAY, until=starts + DAY)
    assert len(told(boris)) == len(told(anna)) == 1


def test_before_and_after_nothing_is_said_and_a_longer_absence_says_what_it_meets(
    visit: Visit, anna: User, ilya: User, starts: datetime
) -> None:
    absence = Absence.objects.declare(ilya, by=ilya, since=starts - DAY, until=starts)
    assert not doubted(visit)
    absence.end_at(starts + HOUR, by=ilya)
    absence.end_at(starts + 3 * DAY, by=ilya)
    absence.end_at(starts + DAY, by=ilya)
    assert doubted(visit) == len(told(anna)) == 1


def test_what_is_over_is_not_doubted(asleep: Ticket, visit: Visit, anna: User, ilya: User, starts: datetime) -> None:
    asleep.step_visit(visit, "failed", by=anna, result="Отменили", by_client=True)
    Absence.objects.declare(ilya, by=ilya, since=starts - DAY, until=starts + DAY)
    assert not doubted(visit)


def test_whoever_leaves_goes_nowhere(asleep: Ticket, visit: Visit, anna: User, ilya: User, admin: User) -> None:
    ilya.deactivate(by=admin)
    asleep.refresh_from_db()
    assert asleep.status == "open" and len(told(anna)) == 1 and not told(ilya)


@pytest.mark.django_db(transaction=True)
def test_who_leaves_holds_no_later_request_while_waiting_for_an_earlier_one(
    ticket: Ticket, visit: Visit, writes: Write, ilya: User, boris: User
) -> None:
    """Everybody locks in the order of the numbers: who holds the earlier one gets the later one, too."""
    own = writes("Ещё вопрос", sender="olga@else.test")
    own.take(by=ilya)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Ticket.objects.get(pk=ticket.pk).lock()
            leaving = pool.submit(at_an_end, lambda: User.objects.get(pk=ilya.pk).deactivate(by=boris))
            wait_until_somebody_is_blocked()
            assert Ticket.objects.select_for_update(nowait=True).get(pk=own.pk).owner == ilya
        leaving.result()
    own.refresh_from_db()
    assert own.owner is None
