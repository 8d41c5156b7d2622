"""Visits when people are careless, absent or quicker than each other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Absence, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Promise, Ticket, Visit
from otklik.desk.tickets.models.habits import Habits
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.desk.tickets.visit_plan import Overlaps, VisitPlan
from tests.fixtures.cast import Paper
from tests.fixtures.races import at_once

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def plan(starts: datetime, ilya: User) -> VisitPlan:
    return VisitPlan("Самара, Садовая, 5", starts, starts + 2 * HOUR, [ilya])


@pytest.fixture
def visit(ticket: Ticket, plan: VisitPlan, anna: User) -> Visit:
    return ticket.plan_visit(plan, by=anna)


@pytest.fixture
def told(ticket: Ticket, visit: Visit, anna: User) -> Visit:
    ticket.tell_visit(visit, by=anna)
    return visit


def moved(plan: VisitPlan, by: timedelta, **more: Any) -> VisitPlan:
    return replace(plan, starts_at=plan.starts_at + by, ends_at=plan.ends_at + by, **more)


def notices(person: User) -> list[str]:
    return list(Notice.objects.of(person.pk).values_list("text", flat=True))


def test_a_letter_that_is_sent_twice_leaves_once_and_takes_no_word_of_the_client_back(
    ticket: Ticket, visit: Visit, anna: User, ilya: User, paper: Paper
) -> None:
    before = len(paper.letters)
    first = ticket.tell_visit(visit, by=anna, key="k")
    ticket.answer_visit(visit.pk, True)
    assert ticket.tell_visit(visit, by=anna, key="k") == first
    ticket.step_visit(visit, "done", by=ilya)
    assert ticket.tell_visit(visit, by=anna, key="k") == first

    visit.refresh_from_db()
    assert (visit.agreed, visit.times_told, len(paper.letters) - before) == (True, 1, 1)


def test_on_the_spot_by_a_slip_is_taken_back(ticket: Ticket, told: Visit, ilya: User) -> None:
    ticket.step_visit(told, "here", by=ilya)
    ticket.step_visit(told, "coming", by=ilya)

    told.refresh_from_db()
    assert told.came_at is None and Promise.objects.current().get() == told.promise


def test_who_came_and_comes_again_has_not_come_yet(
    ticket: Ticket, told: Visit, plan: VisitPlan, anna: User, ilya: User
) -> None:
    ticket.step_visit(told, "here", by=ilya)
    ticket.replan_visit(told, moved(plan, DAY), by=anna)
    ticket.tell_visit(told, by=anna)
    assert told.came_at is None

    with clock.at(told.ends_at + HOUR):
        ticket.step_visit(told, "done", by=ilya)
    assert not Promise.objects.get(pk=told.promise_id or 0).is_kept, "the second time they were late"


def test_a_word_of_the_client_does_not_call_back_who_is_on_the_way(ticket: Ticket, told: Visit, ilya: User) -> None:
    ticket.step_visit(told, "coming", by=ilya)
    with pytest.raises(Conflict):
        ticket.answer_visit(told.pk, False)
    told.refresh_from_db()
    assert told.state == "coming"


def test_no_visit_is_taken_up_where_the_request_is_over(ticket: Ticket, told: Visit, anna: User, ilya: User) -> None:
    ticket.step_visit(told, "done", by=ilya)
    ticket.reply("Готово", by=anna, then=Resolve())
    with pytest.raises(Conflict):
        ticket.step_visit(told, "planned", by=ilya)
    assert not Promise.objects.current()


def test_a_visit_that_is_taken_up_after_its_day_is_found_missed(ticket: Ticket, visit: Visit, ilya: User) -> None:
    with clock.at(visit.ends_at + DAY):
        ticket.step_visit(visit, "done", by=ilya)
        ticket.step_visit(visit, "planned", by=ilya)
        assert Ticket.objects.mind_visits() == 1
    visit.refresh_from_db()
    assert visit.missed_at and visit.next_mark is None


def test_a_second_letter_taken_back_leaves_what_the_first_one_said(
    ticket: Ticket, told: Visit, plan: VisitPlan, anna: User, ilya: User
) -> None:
    first = told.promise
    ticket.answer_visit(told.pk, True)
    ticket.replan_visit(told, moved(plan, DAY), by=anna)
    second = ticket.tell_visit(told, by=anna, why="машина занята")
    Ticket.objects.get(pk=ticket.pk).take_back(second, by=anna)

    told.refresh_from_db()
    assert told.promise == first and Promise.objects.current().get() == first
    assert (told.told_starts_at, told.is_told_otherwise) == (plan.starts_at, True)
    Ticket.objects.get(pk=ticket.pk).step_visit(told, "here", by=ilya)
    assert first and Promise.objects.get(pk=first.pk).is_kept


def test_no_machine_ends_a_request_to_which_somebody_goes(ticket: Ticket, visit: Visit, anna: User) -> None:
    Habits.objects.create(team=ticket.team, reminders=1, remind_days=1)
    ticket.reply("Подойдёт время?", by=anna, then=Wait(clock.now() + HOUR))
    for days in (1, 2, 3, 4):
        with clock.at(clock.now() + days * DAY):
            Ticket.objects.wake_due()
    ticket.refresh_from_db()
    assert ticket.is_open


def test_whoever_goes_hears_that_they_do_not_go_after_all(
    ticket: Ticket, told: Visit, plan: VisitPlan, anna: User, ilya: User
) -> None:
    assert "Вам назначен выезд" in notices(ilya)[0]
    ticket.answer_visit(told.pk, False)
    assert "не подходит" in notices(ilya)[0]
    ticket.replan_visit(told, replace(plan, people=[anna]), by=anna)
    assert "едете не вы" in notices(ilya)[0] and not notices(anna)
    ticket.step_visit(told, "failed", by=ilya, result="Отменил", by_client=True)
    assert "не состоится" in notices(anna)[0]


def test_each_reads_it_in_their_own_language(ticket: Ticket, plan: VisitPlan, anna: User, ilya: User) -> None:
    User.objects.filter(pk=ilya.pk).update(language="en")
    ticket.plan_visit(replace(plan, people=[User.objects.get(pk=ilya.pk)]), by=anna)
    assert notices(ilya)[0].startswith("A visit is yours")


def test_a_request_of_another_line_is_not_named(
    ticket: Ticket, visit: Visit, plan: VisitPlan, writes: Callable[..., Ticket], ilya: User, vera: User, head: User
) -> None:
    theirs = writes("Вторая", sender="other@else.test")
    theirs.hand_over(vera.memberships.get().team, Brief("Звук", "", "проверить"), by=ilya)
    theirs = Ticket.objects.get(pk=theirs.pk)
    theirs.assign(vera, by=vera)
    theirs.invite(ilya, by=vera)
    with pytest.raises(Overlaps) as met:
        theirs.plan_visit(plan, by=vera)
    assert f"№ {ticket.pk}" not in met.value.text and ilya.name in met.value.text
    with pytest.raises(Overlaps, match=str(ticket.pk)):
        theirs.plan_visit(plan, by=head)


def test_a_visit_of_who_leaves_asks_for_somebody_else(
    ticket: Ticket, visit: Visit, anna: User, ilya: User, boris: User
) -> None:
    ticket.reply("Приедем", by=anna, then=Wait(clock.now() + DAY))
    ilya.deactivate(by=boris)

    ticket.refresh_from_db()
    visit.refresh_from_db()
    assert not visit.people.exists() and ticket.is_our_move and ticket.returned == "visit"
    assert "Илья Соколов" in ticket.next_note
    assert Entry.objects.filter(kind="tickets.VisitReplanned").count() == 1


def test_a_visit_in_an_absence_asks_who_goes(
    ticket: Ticket, visit: Visit, plan: VisitPlan, anna: User, ilya: User, boris: User
) -> None:
    after = ticket.plan_visit(moved(plan, 9 * DAY), by=anna)
    ticket.reply("Приедем", by=anna, then=Wait(clock.now() + DAY))
    Absence.objects.declare(ilya, by=boris, until=visit.ends_at + DAY)

    ticket.refresh_from_db()
    assert ticket.is_our_move and "Илья Соколов" in ticket.next_note and visit.place in ticket.next_note
    assert after.people.count() == visit.people.count() == 1


@pytest.mark.django_db(transaction=True)
def test_RACE_two_at_once_do_not_send_one_person_to_two_clients(
    ticket: Ticket, plan: VisitPlan, writes: Callable[..., Ticket], anna: User, boris: User
) -> None:
    tickets = [ticket, *(writes(f"Ещё {number}", sender=f"c{number}@else.test") for number in range(3))]
    done = at_once([partial(Ticket.objects.get(pk=one.pk).plan_visit, plan, by=anna) for one in tickets])
    assert sum(isinstance(one, Visit) for one in done) == 1, done
    assert sum(isinstance(one, Overlaps) for one in done) == 3
    assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_RACE_told_ended_and_answered_at_once(ticket: Ticket, told: Visit, anna: User, ilya: User) -> None:
    """Whatever comes first, the visit has one end and the promise is not current where it has come."""

    def again() -> tuple[Ticket, Visit]:
        one = Visit.objects.select_related("ticket").get(pk=told.pk)
        return one.ticket, one

    def step(state: str) -> None:
        one, visit = again()
        one.step_visit(visit, state, by=ilya, result="так", by_client=True)

    done = at_once(
        [
            lambda: step("done"),
            lambda: step("failed"),
            lambda: again()[0].answer_visit(told.pk, False),
            lambda: again()[0].tell_visit(again()[1], by=anna, why="так"),
        ]
    )
    assert all(one is None or isinstance(one, Conflict) or hasattr(one, "pk") for one in done), done
    assert Entry.objects.filter(kind="tickets.VisitTurned").count() == 1
    told.refresh_from_db()
    assert told.is_over and (told.state == "failed" or not Promise.objects.current().filter(pk=told.promise_id or 0))
