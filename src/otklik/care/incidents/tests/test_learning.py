"""What is owed after an incident: a post-mortem by a day with its causes, and changes with an owner and a day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from otklik.care.incidents import learning, owing
from otklik.care.incidents.models import Action, Cause, Incident, IncidentPolicy
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.states import State
from otklik.care.incidents.tests.conftest import Declare, Say
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db
NOW = clock.now().replace(microsecond=0)
DAY = timedelta(days=1)
type Over = Callable[..., Incident]


@pytest.fixture
def over(declare: Declare, say: Say) -> Over:
    """`over(severity=…, at=…)`: one that is over and waits to be closed."""

    def make(at=NOW, **told) -> Incident:
        with clock.at(at):
            incident = declare(**told)
            say(incident, state=State.RESOLVED)
        incident.refresh_from_db()
        return incident

    return make


def close(incident: Incident, *causes: str, at=None) -> None:
    with clock.at(at or clock.now()):
        incident.close(by=incident.leader, learned="Узнали", post_mortem="Разбор", causes=causes or ("узел",))


def plan(incident: Incident, owner: User, days: int = 3, text: str = "Сверять настройку") -> Action:
    due = clock.today() + days * DAY
    return Action.objects.plan(incident, text=text, owner=owner, due_on=due, by=incident.leader)


@pytest.mark.parametrize(("severity", "days"), [(1, 5), (2, 10), (3, None), (4, None)])
def test_it_is_owed_by_the_worst_it_was_within_business_days(over: Over, severity: int, days: int | None) -> None:
    incident = over(severity=severity)
    due = days and BusinessCalendar.objects.default().working_time().add_business_days(NOW, days)
    assert incident.post_mortem_due == due and incident.needs_post_mortem == bool(days)
    assert due in (None, incident.next_at), "the closing is the post-mortem's term"


def test_from_when_and_how_long_are_settings(over: Over) -> None:
    IncidentPolicy(pk=1, post_mortem_from=Severity.S3, closed_within=2).save()
    due = BusinessCalendar.objects.default().working_time().add_business_days(NOW, 2)
    assert over(severity=3).post_mortem_due == due and over(severity=4).post_mortem_due is None


def test_what_is_not_over_after_all_owes_none_yet(over: Over, anna: User) -> None:
    incident = over(severity=1)
    incident.move(State.MITIGATING, by=anna)
    incident.refresh_from_db()
    assert incident.post_mortem_due is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.update(post_mortem_due=NOW)


def test_a_cause_is_named_and_known_again_in_any_letters(over: Over, anna: User) -> None:
    incident = over(severity=1)
    with pytest.raises(Invalid) as refused:
        incident.close(by=anna, learned="Узнали", post_mortem="Разбор", causes=[" ", ""])
    assert refused.value.field == "causes" and not incident.is_closed
    with pytest.raises(Invalid):
        incident.close(by=anna, learned="Узнали", post_mortem="Разбор", causes=[str(n) for n in range(11)])
    close(incident, "Нет  запасного узла", "нет запасного узла", "Настройка")
    other = over(severity=1)
    close(other, "НЕТ ЗАПАСНОГО УЗЛА")

    assert [one.name for one in incident.causes.all()] == ["Настройка", "Нет запасного узла"]
    assert Cause.objects.count() == 2 and learning.repeats_of(other) == [incident]


def test_its_leader_is_told_two_days_before(over: Over, anna: User) -> None:
    incident = over(severity=1)
    assert incident.post_mortem_due
    Notice.objects.all().delete()
    with clock.at(incident.post_mortem_due - 2 * DAY - timedelta(minutes=1)):
        assert owing.warn_of_post_mortems() == 0
    with clock.at(incident.post_mortem_due - 2 * DAY):
        assert owing.warn_of_post_mortems() == 1
        assert owing.warn_of_post_mortems() == 0
    assert "Разбор инцидента" in Notice.objects.get(person=anna).text


def test_post_mortems_in_time_by_hand(over: Over, declare: Declare) -> None:
    """METRICS I7: of five required four in time, 80 %; one without a term and one whose term is to come are none."""
    some = [over(at=NOW - 40 * DAY, severity=2) for _each in range(5)]
    for number, one in enumerate(some):
        assert one.post_mortem_due
        close(one, at=one.post_mortem_due + (timedelta(minutes=1) if number == 4 else timedelta(0)))
    over(at=NOW - 40 * DAY, severity=3)
    over(severity=1), declare(severity=1)
    told = learning.post_mortems(NOW - 60 * DAY, NOW + 60 * DAY)
    assert (sum(one.counts for one in told), len(told)) == (4, 5)
    open_and_late = over(at=NOW - 41 * DAY, severity=2)
    told = learning.post_mortems(NOW - 60 * DAY, NOW + 60 * DAY)
    assert (sum(one.counts for one in told), len(told)) == (4, 6) and open_and_late.needs_post_mortem


def test_a_change_has_an_owner_and_a_day_that_stays(over: Over, anna: User, boris: User, vera: User, quality) -> None:
    incident = over()
    for wrong, field in (
        ({"text": " "}, "text"),
        ({"owner": quality}, "owner"),
        ({"due_on": clock.today() - DAY}, "due_on"),
        ({"due_on": clock.today() + 400 * DAY}, "due_on"),
    ):
        usual = {"text": "Сверять", "owner": boris, "due_on": clock.today(), "by": anna}
        with pytest.raises(Invalid) as refused:
            Action.objects.plan(incident, **{**usual, **wrong})
        assert refused.value.field == field
    with pytest.raises(Conflict):
        Action.objects.plan(incident, text="Сверять", owner=boris, due_on=clock.today(), by=vera)
    action = plan(incident, boris)

    assert "Сверять настройку" in Notice.objects.get(person=boris, about="incident", text__contains="за вами").text
    assert Entry.objects.about("incident", incident.pk).filter(kind="incidents.ActionPlanned").count() == 1
    for told in ({"owner": None}, {"due_on": None}, {"ended_at": NOW}, {"result": "Да"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.filter(pk=action.pk).update(**told)


def test_who_does_it_ends_it_with_a_word(over: Over, anna: User, boris: User, vera: User) -> None:
    action = plan(over(), vera)
    with pytest.raises(Invalid):
        action.end(" ", by=vera)
    action.end("Две платы прошли сверку", by=vera)
    with pytest.raises(Conflict):
        action.end("Ещё раз", by=vera)
    other = plan(action.incident, boris)
    with pytest.raises(Conflict):
        other.end("Не моё", by=vera)
    other.end("Не нужно: узел списан", dropped=True, by=anna)
    assert not Action.objects.open().exists()


def test_what_is_late_is_told_once_to_who_does_it_and_the_head(over: Over, vera: User, head: User) -> None:
    action = plan(over(), vera, days=2)
    Notice.objects.all().delete()
    with clock.at(clock.now() + 2 * DAY):
        assert owing.tell_late_actions() == 0, "its day is not over"
    with clock.at(clock.now() + 3 * DAY):
        assert owing.tell_late_actions() == 1 and action.is_late
        assert owing.tell_late_actions() == 0
    assert {one.person_id for one in Notice.objects.all()} == {vera.pk, head.pk}


def test_who_leaves_hands_it_to_the_leader(over: Over, anna: User, boris: User) -> None:
    action = plan(over(), boris)
    boris.deactivate()
    action.refresh_from_db()
    assert action.owner == anna and action.due_on == clock.today() + 3 * DAY


def test_changes_in_time_by_hand(over: Over, anna: User) -> None:
    """Done on its day, done a day late, given up in time, open past its day; one whose day is not over is none."""
    incident = over()
    with clock.at(NOW - 10 * DAY):
        some = [plan(incident, anna, days=4) for _each in range(4)]
    for action, back, dropped in ((some[0], 6, False), (some[1], 5, False), (some[2], 7, True)):
        with clock.at(NOW - back * DAY):
            action.end("Так", dropped=dropped, by=anna)
    plan(incident, anna, days=0)
    told = learning.actions(date(2000, 1, 1), date(2100, 1, 1))
    assert sorted(done for _day, _incident, done in told) == [False, False, False, True]


def test_the_same_cause_within_ninety_days_is_a_repeat(over: Over) -> None:
    """At day 0, 90 and 181: the second is a repeat to the day, the third is none; another cause never was there."""
    for back, *causes in ((181, "узел"), (91, "Узел", "питание"), (0, "узел"), (0, "кабель")):
        close(over(at=NOW - back * DAY), *causes)
    close(over(at=NOW, severity=3), "x")
    told = learning.repeats(NOW - 200 * DAY, NOW + DAY)
    assert [one.counts for one in told] == [False, True, False, False, False]
    assert [one.counts for one in learning.repeats(NOW - 100 * DAY, NOW - 50 * DAY)] == [True]


def test_a_term_that_has_passed_stays_missed(over: Over) -> None:
    incident = over(severity=Severity.S1)
    missed = incident.post_mortem_due
    assert missed is not None
    with clock.at(missed), pytest.raises(Conflict):
        incident.move(State.MONITORING, by=incident.leader)
    with clock.at(missed + DAY):
        found = learning.post_mortems(missed, missed + DAY)
        assert [(one.at, one.counts) for one in found] == [(missed, False)]
    with clock.at(missed - timedelta(seconds=1)):
        incident.move(State.MONITORING, by=incident.leader)
    assert incident.post_mortem_due is None
