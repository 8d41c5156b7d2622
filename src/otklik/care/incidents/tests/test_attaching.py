"""A request is part of one incident at most, alone or with many others, and every way back is open."""

import pytest
from django.db import IntegrityError, transaction

from otklik.care.incidents import many
from otklik.care.incidents.models import Affected
from otklik.care.incidents.tests.conftest import Declare, Say
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import fresh

pytestmark = pytest.mark.django_db


def test_it_is_attached_once_and_stays_in_its_queue(declare: Declare, three: list[Ticket], anna: User) -> None:
    incident, ticket = declare(), three[0]
    before = (ticket.status, ticket.due_at, ticket.owner_id, ticket.next_step)

    assert incident.attach(ticket, by=anna) and not incident.attach(ticket, by=anna)

    ticket = fresh(ticket)
    assert (ticket.status, ticket.due_at, ticket.owner_id, ticket.next_step) == before
    assert [one.kind for one in Entry.objects.about("ticket", ticket.pk)].count("incidents.AttachedToIncident") == 1


def test_of_two_incidents_it_is_part_of_one(declare: Declare, three: list[Ticket], anna: User) -> None:
    first, second = declare(), declare()
    first.attach(three[0], by=anna)

    with pytest.raises(Conflict, match=str(first.number)):
        second.attach(three[0], by=anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        Affected.objects.create(incident=second, ticket=three[0])
    first.detach(three[0], by=anna)
    assert second.attach(three[0], by=anna)


def test_a_closed_incident_lets_its_requests_go_and_takes_none(
    declare: Declare, say: Say, three: list[Ticket], anna: User
) -> None:
    incident = declare(severity=3, tickets=three[:1])
    say(incident, state="resolved", quiet=True)
    incident.close(by=anna, learned="Так")

    with pytest.raises(Conflict):
        incident.attach(three[1], by=anna)
    assert declare().attach(three[0], by=anna)
    assert incident.affected.count() == 1  # it stays in the story of the one that is closed


def test_a_request_that_is_over_is_not_attached(declare: Declare, three: list[Ticket], anna: User) -> None:
    three[0].close("spam", by=anna)
    with pytest.raises(Conflict):
        declare().attach(three[0], by=anna)


def test_detaching_what_is_no_part_does_nothing(declare: Declare, three: list[Ticket], anna: User) -> None:
    assert not declare().detach(three[0], by=anna)
    assert not Entry.objects.filter(kind="incidents.DetachedFromIncident").exists()


def test_many_at_once_and_the_undo_of_all(declare: Declare, three: list[Ticket], anna: User) -> None:
    incident, other = declare(), declare()
    other.attach(three[2], by=anna)
    outcome = many.attach(three, incident, by=anna)

    assert outcome.done == [three[0].pk, three[1].pk] and list(outcome.refused.values()) == [[three[2].pk]]
    assert incident.affected.count() == 2
    assert outcome.batch and outcome.batch.undo(by=anna).done == outcome.done
    assert incident.affected.count() == 0 and other.affected.count() == 1


def test_undo_leaves_what_somebody_has_changed_since(
    declare: Declare, three: list[Ticket], anna: User, boris: User
) -> None:
    incident, other = declare(), declare()
    outcome = many.attach(three, incident, by=anna)
    many.leave(three[0], by=boris)
    other.attach(three[0], by=boris)

    assert outcome.batch
    undone = outcome.batch.undo(by=anna)

    assert undone.done == [three[1].pk, three[2].pk]
    assert many.incident_of(three[0]) == other


def test_many_are_detached_and_come_back_each_to_its_own(declare: Declare, three: list[Ticket], anna: User) -> None:
    first, second = declare(tickets=three[:1]), declare(tickets=three[1:2])
    outcome = many.detach(three, by=anna)

    assert outcome.done == [three[0].pk, three[1].pk] and len(outcome.refused) == 1
    assert outcome.batch
    outcome.batch.undo(by=anna)
    assert [many.incident_of(ticket) for ticket in three] == [first, second, None]


def test_who_may_not_answer_a_request_attaches_it_nowhere(declare: Declare, three: list[Ticket], vera: User) -> None:
    outcome = many.attach(three, declare(), by=vera)
    assert not outcome.done and not Affected.objects.exists()


def test_a_request_that_is_joined_takes_its_incident_along(
    declare: Declare, three: list[Ticket], anna: User, boris: User
) -> None:
    incident = declare(tickets=three[:1])
    three[0].merge_into(three[1], by=boris, disclose=True)

    assert many.incident_of(three[1]) == incident
