"""Line, people, shifts, swaps: everybody holds them in this order, so nobody waits in a ring or acts on what was."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.shifts.models import Shift, Swap, Week
from otklik.team.shifts.models.week import SEVEN, monday_of
from otklik.team.shifts.tests.conftest import DAY
from tests.fixtures.races import at_an_end, wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def line(line_one: Team) -> Team:
    BusinessCalendar.objects.filter(pk=line_one.calendar_id).update(time_zone="Europe/Moscow")
    return Team.objects.select_related("calendar").get(pk=line_one.pk)


@pytest.fixture
def shift(line: Team, anna: User, boris: User) -> Shift:
    """Anna's, of the Monday after next; not published yet."""
    return Shift.objects.plan(anna, line, monday_of(clock.house_today()) + 2 * SEVEN, DAY, by=boris)


def beside[T](act: Callable[[], T]) -> tuple[ThreadPoolExecutor, Future[T]]:
    pool = ThreadPoolExecutor(1)
    return pool, pool.submit(at_an_end, act)


def publish(shift: Shift, by: User) -> Week:
    return Week.objects.publish(shift.line, monday_of(shift.day), by=by)


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw", "approve", "refuse"])
def test_a_swap_is_held_after_its_people(shift: Shift, anna: User, ilya: User, boris: User, act: str) -> None:
    publish(shift, boris)
    swap = Swap.objects.ask(shift, ilya, by=anna)
    if act in ("approve", "refuse"):
        swap.accept(by=ilya)
    who = {"accept": ilya, "decline": ilya, "withdraw": anna}.get(act, boris)
    with transaction.atomic():
        list(User.objects.hold(anna.pk))
        pool, future = beside(lambda: getattr(Swap.objects.get(pk=swap.pk), act)(by=who))
        wait_until_somebody_is_blocked()
        Swap.objects.select_for_update(nowait=True).get(pk=swap.pk)
    future.result(20)
    pool.shutdown()
    assert Swap.objects.get().state != swap.state


def test_a_swap_is_asked_for_with_its_people_held(shift: Shift, anna: User, ilya: User, boris: User) -> None:
    publish(shift, boris)
    with transaction.atomic():
        list(User.objects.hold(ilya.pk))
        pool, future = beside(lambda: Swap.objects.ask(shift, ilya, by=anna))
        wait_until_somebody_is_blocked()
        Shift.objects.select_for_update(nowait=True).get(pk=shift.pk)
    assert future.result(20).taker == ilya
    pool.shutdown()


def test_what_was_taken_out_beside_it_is_not_published(shift: Shift, anna: User, boris: User) -> None:
    """Publishing holds the line, so taking out waits and tells what people know by then."""
    with transaction.atomic():
        publish(shift, boris)
        pool, future = beside(lambda: shift.remove(by=boris))
        wait_until_somebody_is_blocked()
        with connection.cursor() as cursor:  # it waits for the line, before anybody
            cursor.execute("SELECT FROM staff_user WHERE id = %s FOR UPDATE NOWAIT", [anna.pk])
    future.result(20)
    pool.shutdown()
    said = list(Notice.objects.filter(person=anna, kind="shift").order_by("id").values_list("text", flat=True))
    assert len(said) == 2 and "снята" in said[1]
    assert not Shift.objects.exists()


def test_who_leaves_while_a_swap_is_approved_keeps_nothing(
    shift: Shift, anna: User, ilya: User, boris: User, admin: User, line_two: Team
) -> None:
    """Approval holds them: leaving the line looks for shifts after it, not beside it."""
    publish(shift, boris)
    swap = Swap.objects.ask(shift, ilya, by=anna)
    swap.accept(by=ilya)
    with transaction.atomic():
        swap.approve(by=boris)
        pool, future = beside(lambda: User.objects.get(pk=ilya.pk).appoint("agent", [line_two], by=admin))
        wait_until_somebody_is_blocked()
    future.result(20)
    pool.shutdown()
    assert not Shift.objects.exists()


def test_a_swap_that_went_with_its_shift_is_told_so(shift: Shift, anna: User, ilya: User, boris: User) -> None:
    publish(shift, boris)
    swap = Swap.objects.ask(shift, ilya, by=anna)
    shift.remove(by=boris)
    with pytest.raises(Refused):
        swap.accept(by=ilya)


def test_a_number_that_nobody_has_is_no_shift(shift: Shift, anna: User, ilya: User, boris: User) -> None:
    publish(shift, boris)
    gone = Shift.objects.get(pk=shift.pk)
    shift.remove(by=boris)
    with pytest.raises(Refused):
        Swap.objects.ask(gone, ilya, by=anna)
