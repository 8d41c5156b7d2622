"""Thirty people, one week: nothing hangs at its end, nobody shares a request, nothing slept past its moment."""

from datetime import UTC, datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Message
from otklik.desk.tickets import proof
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.simulation.department import HOUR, Department, build
from tests.simulation.week import Week

pytestmark = pytest.mark.django_db

ACTS_OF_AN_OWNER = ("tickets.TicketOpened", "tickets.Answered", "tickets.TicketPutAside")
"""Who opens a request, or does that to one of the queue, has it from then on."""

SEED = 7
MONDAY = datetime(2026, 5, 31, 21, 0, tzinfo=UTC)
"""The midnight of Moscow in which the first of June begins."""


def test_a_week_of_thirty_people_ends_with_nothing_hanging(door: Channel, writes: Write) -> None:
    with clock.at(MONDAY):
        department = build(door)
    assert len(department.workers) == 30
    week = Week(department, writes, begin=MONDAY, seed=SEED, busy=1.3)

    _live_through_absences(week, department)

    story, end = week.story, week.now
    with clock.at(end):
        assert story.faults == [] and story.overslept == []
        assert list(Ticket.objects.hanging(end).values_list("pk", flat=True)) == []
        assert proof.walk().faults == []
        assert Message.objects.filter(direction="in", automatic="").count() == story.letters + story.acts["not solved"]
        _owners_follow_each_other()


def _live_through_absences(week: Week, department: Department) -> None:
    first, second = department.lines["first"], department.lines["second"]
    people = [worker.user for worker in department.workers if worker.line == first]
    others = [worker.user for worker in department.workers if worker.line == second]
    lead = department.leads[second.pk].user
    week.live(MONDAY + timedelta(days=1, hours=8))
    with clock.at(week.now):
        until = week.now + timedelta(days=2)
        Absence.objects.declare(others[0], by=lead, until=until, deputy=others[1])
        Absence.objects.declare(people[1], by=lead, since=week.now + 30 * HOUR, until=week.now + 60 * HOUR)
    week.live(MONDAY + timedelta(days=2, hours=12))
    with clock.at(week.now):
        User.objects.get(pk=others[2].pk).deactivate()
        Absence.objects.declare(others[3], by=lead, until=week.now + 26 * HOUR, deputy=others[4], sudden=True)
    week.live(MONDAY + timedelta(days=7))


def _owners_follow_each_other() -> None:
    """Each change of an owner begins where the one before ended: nobody took what somebody else had."""
    left = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    owners: dict[int, list[int | None]] = {}
    for entry in Entry.objects.filter(about="ticket").order_by("id"):
        story = owners.setdefault(entry.about_id, [None])
        if "owner_id" in entry.data:
            assert entry.data["was"] == story[-1] or story[-1] in left, (entry, entry.data, story)
            story.append(entry.data["owner_id"])
        elif entry.kind in ACTS_OF_AN_OWNER and story[-1] is None:
            story.append(entry.actor_id)
    for ticket in Ticket.objects.open():
        assert ticket.owner_id == owners[ticket.pk][-1], (ticket.pk, owners[ticket.pk])
