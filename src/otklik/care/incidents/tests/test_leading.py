"""An incident has a leader and a next moment until it is closed; who may do what with it."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from otklik.care.incidents import figures, sending
from otklik.care.incidents.models import Incident, IncidentPolicy
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import GOING_ON, State
from otklik.care.incidents.tests.conftest import Declare, Say
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
NOW = clock.now().replace(microsecond=0)


def due(incident: Incident) -> datetime:
    assert incident.next_at
    return incident.next_at


def test_a_new_one_has_its_leader_and_its_next_moment(declare: Declare, anna: User, boris: User) -> None:
    with clock.at(NOW):
        incident = declare(severity=Severity.S1, leader=boris)

    assert incident.leader == boris and incident.state == State.DECLARED
    assert incident.next_at == NOW + timedelta(minutes=15)
    assert incident.started_at == incident.detected_at == incident.declared_at == NOW
    assert "Вы ведёте инцидент" in Notice.objects.get(person=boris).text
    assert not Notice.objects.filter(person=anna).exists()


@pytest.mark.parametrize(("severity", "minutes"), [(1, 15), (2, 30), (3, 120), (4, 24 * 60)])
def test_the_first_notice_is_due_by_its_level(declare: Declare, severity: int, minutes: int) -> None:
    """The calendar of the tests works always, so that working minutes are minutes."""
    with clock.at(NOW):
        assert declare(severity=severity).next_at == NOW + timedelta(minutes=minutes)


def test_the_rhythm_is_a_setting(declare: Declare) -> None:
    IncidentPolicy(pk=1, s2_first=45).save()
    with clock.at(NOW):
        assert declare().next_at == NOW + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": "  "}, "title"),
        ({"affects": ""}, "affects"),
        ({"severity": 5}, "severity"),
        ({"started_at": NOW, "detected_at": NOW - timedelta(minutes=1)}, "started_at"),
        ({"detected_at": NOW + timedelta(days=1)}, "detected_at"),
    ],
)
def test_what_makes_no_sense_is_refused(declare: Declare, told: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused, clock.at(NOW):
        declare(**told)

    assert refused.value.field == field
    assert not Incident.objects.exists()


def test_who_does_not_answer_clients_leads_nothing(declare: Declare, quality: User) -> None:
    with pytest.raises(Invalid):
        declare(leader=quality)


@pytest.mark.parametrize("told", [{"next_at": None}, {"ended_at": NOW}, {"state": "closed"}, {"state": "resolved"},
                                  {"leader": None}, {"worst": 3}])  # fmt: skip
def test_one_that_hangs_cannot_be_written(declare: Declare, told: dict) -> None:
    incident = declare()

    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(**told)


def test_anybody_raises_it_and_the_clients_hear_sooner(declare: Declare, boris: User, vera: User) -> None:
    with clock.at(NOW):
        incident = declare(severity=Severity.S3, leader=boris)
        incident.change_severity(Severity.S1, by=vera)

    assert incident.next_at == NOW + timedelta(minutes=15) and incident.worst == Severity.S1
    assert Notice.objects.filter(person=boris, urgent=True).exists()


def test_raising_late_does_not_give_more_time(declare: Declare, vera: User) -> None:
    with clock.at(NOW):
        incident = declare(severity=Severity.S2)
    with clock.at(NOW + timedelta(minutes=29)):
        incident.change_severity(Severity.S1, by=vera)

    assert incident.next_at == NOW + timedelta(minutes=30)


def test_lowering_needs_its_leader_or_a_lead_and_a_reason(
    declare: Declare, anna: User, vera: User, boris: User
) -> None:
    incident = declare(severity=Severity.S1, leader=anna)

    with pytest.raises(Conflict):
        incident.change_severity(Severity.S2, by=vera, reason="Мне так кажется")
    with pytest.raises(Invalid) as refused:
        incident.change_severity(Severity.S2, by=anna, reason=" ")
    assert refused.value.field == "reason"
    incident.change_severity(Severity.S2, by=anna, reason="Одна площадка из пяти")
    incident.change_severity(Severity.S3, by=boris, reason="Есть обход")

    assert incident.severity == Severity.S3 and incident.worst == Severity.S1
    last = Entry.objects.about("incident", incident.pk).latest("id")
    assert last.kind == "incidents.SeverityChanged" and last.data["reason"] == "Есть обход"


def test_who_watches_quality_changes_nothing(declare: Declare, quality: User) -> None:
    with pytest.raises(Conflict):
        declare().change_severity(Severity.S1, by=quality)


@pytest.mark.parametrize(("was", "state"), list(product(GOING_ON, GOING_ON)))
def test_from_each_state_to_each_other_one_while_it_goes_on(declare: Declare, anna: User, was: str, state: str) -> None:
    incident = declare()
    incident.move(was, by=anna)
    incident.move(state, by=anna)
    incident.refresh_from_db()

    assert incident.state == state and incident.next_at and incident.ended_at is None


def test_it_is_not_over_after_all(declare: Declare, say: Say, anna: User) -> None:
    with clock.at(NOW):
        incident = declare()
        say(incident, state=State.RESOLVED)
        assert incident.ended_at == NOW
        incident.move(State.MITIGATING, by=anna)

    assert incident.ended_at is None and incident.next_at == NOW + timedelta(minutes=60)


def test_only_who_leads_moves_it(declare: Declare, vera: User) -> None:
    with pytest.raises(Conflict):
        declare().move(State.IDENTIFIED, by=vera)


@pytest.mark.parametrize("state", ["resolved", "closed", "nowhere"])
def test_it_ends_by_an_update_alone(declare: Declare, anna: User, state: str) -> None:
    with pytest.raises(Invalid):
        declare().move(state, by=anna)


def test_a_moment_is_corrected_and_the_old_one_is_in_the_journal(declare: Declare, anna: User) -> None:
    with clock.at(NOW):
        incident = declare()
        incident.correct({"started_at": NOW - timedelta(minutes=20)}, by=anna)
        with pytest.raises(Invalid):
            incident.correct({"started_at": NOW + timedelta(minutes=1)}, by=anna)
        with pytest.raises(Invalid):
            incident.correct({"ended_at": NOW}, by=anna)

    entry = Entry.objects.about("incident", incident.pk).latest("id")
    assert entry.data == {
        "incident_id": incident.pk,
        "field": "started_at",
        "value": (NOW - timedelta(minutes=20)).isoformat(),
        "was": NOW.isoformat(),
    }


def test_moments_that_move_together_are_looked_at_together(declare: Declare, anna: User) -> None:
    began = NOW - timedelta(minutes=30)
    with clock.at(NOW):
        incident = declare(started_at=began, detected_at=began)
        for minutes in (20, 40):  # later, then earlier: alone, one of the two would be out of order
            moved = NOW - timedelta(minutes=minutes)
            incident.correct({"detected_at": moved, "started_at": moved}, by=anna)
            incident.correct({"started_at": moved, "detected_at": moved}, by=anna)

    assert incident.started_at == incident.detected_at == NOW - timedelta(minutes=40)
    assert Entry.objects.filter(kind="incidents.IncidentCorrected").count() == 4  # nothing is said twice


def test_nothing_is_noticed_after_it_was_declared(declare: Declare, say: Say, anna: User, ticket: Ticket) -> None:
    """Its times would be below nothing, and the page with them."""
    with clock.at(NOW):
        incident = declare(tickets=[ticket])
        update = say(incident)
    with clock.at(update.begins_at):
        sending.send_due()
    with clock.at(NOW + timedelta(hours=1)):
        for field in ("detected_at", "started_at"):
            with pytest.raises(Invalid) as refused:
                incident.correct({field: NOW + timedelta(minutes=1)}, by=anna)
            assert refused.value.field == field
        incident.refresh_from_db()

    assert incident.told_at and incident.detected_at == NOW
    assert figures.times(incident)["mtta_s"] == 0


def test_it_closes_with_what_was_learned(declare: Declare, say: Say, anna: User) -> None:
    incident = declare(severity=Severity.S3)
    with pytest.raises(Conflict):
        incident.close(by=anna, learned="Рано")
    say(incident, state=State.RESOLVED)
    with pytest.raises(Invalid):
        incident.close(by=anna, learned=" ")
    incident.close(by=anna, learned="Оператор предупреждает нас заранее")

    assert incident.is_closed and incident.next_at is None and incident.closed_at
    with pytest.raises(Conflict):
        incident.close(by=anna, learned="Ещё раз")


def test_after_the_worst_levels_a_post_mortem_is_written(declare: Declare, say: Say, anna: User) -> None:
    incident = declare(severity=Severity.S2)
    incident.change_severity(Severity.S4, by=anna, reason="Чтобы не писать разбор")
    say(incident, state=State.RESOLVED)

    with pytest.raises(Invalid) as refused:
        incident.close(by=anna, learned="Узнали")
    assert refused.value.field == "post_mortem"
    incident.close(by=anna, learned="Узнали", post_mortem="Что было, почему, что меняем", causes=["узел"])


def test_who_leaves_hands_it_to_the_head(declare: Declare, anna: User, boris: User, head: User) -> None:
    incident = declare(leader=boris)
    boris.deactivate()

    incident.refresh_from_db()
    assert incident.leader == head
    assert "Вы ведёте инцидент" in Notice.objects.filter(person=head, about="incident").get().text


def test_what_is_late_is_told_once_to_its_leader_and_the_head(declare: Declare, anna: User, head: User) -> None:
    with clock.at(NOW):
        incident = declare()
    with clock.at(NOW + timedelta(minutes=29)):
        assert Incident.objects.find_overdue() == 0
    with clock.at(NOW + timedelta(minutes=30)):
        assert Incident.objects.find_overdue() == 1
        assert Incident.objects.find_overdue() == 0
        assert incident.is_overdue

    told = Notice.objects.filter(about="incident", about_id=incident.pk)
    assert {notice.person_id for notice in told} == {anna.pk, head.pk}
    assert all("просрочено" in notice.text for notice in told)


def test_an_update_makes_it_late_no_more_and_it_may_be_late_again(declare: Declare, say: Say) -> None:
    with clock.at(NOW):
        incident = declare()
    with clock.at(NOW + timedelta(minutes=31)):
        Incident.objects.find_overdue()
        incident.refresh_from_db()
        say(incident)
        assert incident.overdue_at is None and not incident.is_overdue
    with clock.at(due(incident)):
        assert Incident.objects.find_overdue() == 1


def test_what_is_over_has_to_be_closed_in_time(declare: Declare, say: Say, anna: User, head: User) -> None:
    with clock.at(NOW):
        incident = declare(severity=Severity.S1)
        say(incident, state=State.RESOLVED)
    assert due(incident) > NOW + timedelta(days=4)
    with clock.at(due(incident)):
        assert Incident.objects.find_overdue() == 1
    assert "не закрыт в срок" in Notice.objects.filter(person=head).latest("id").text
