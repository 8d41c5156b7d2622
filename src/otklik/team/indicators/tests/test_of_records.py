"""Indicators of reviews, complaints and incidents: what a month's close freezes of them."""

from collections import Counter
from datetime import timedelta

import pytest

from otklik.care.complaints.models import Complaint
from otklik.care.complaints.tests.conftest import File, bring, file
from otklik.care.incidents.models import Incident
from otklik.care.incidents.tests.conftest import Declare, declare
from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.indicators.measuring import measured
from otklik.team.indicators.models import Close, Frozen, Of, Plan
from otklik.team.indicators.tests.conftest import IN_JUNE, IN_MAY, MAY, planned
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact, Watermark
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

__all__ = ["declare", "file"]
pytestmark = pytest.mark.django_db(transaction=True)
SHARE = {"floor": 0.5, "target": 0.9, "weight": 100, "fewest": 1}


def closed(head: User) -> list[Frozen]:
    with clock.at(IN_JUNE):
        return list(Close.objects.close(MAY, by=head).frozen.order_by("plan__indicator"))


def test_the_score_of_reviews_is_frozen_with_its_month(
    writes: Write, head: User, anna: User, ilya: User, line_one: Team
) -> None:
    """Anna's 60, 90 and 90 of May are a mean of 80; a review of June and one of Ilya are in another figure."""
    ticket = writes()
    count_facts()
    seen: Counter[Seen] = Counter()

    def score(person: User, at: timedelta, *scores: int) -> None:
        for place, one in enumerate(scores):
            rest = (line_one.pk, person.pk, "email", None, None, None, ticket.contact_id, None)
            seen[Seen(Measure.REVIEWED.value, IN_MAY + at + timedelta(minutes=place), one, one, *rest)] += 1

    score(anna, timedelta(0), 60, 90, 90)
    score(anna, timedelta(days=31), 10)
    score(ilya, timedelta(0), 20)
    Reading.objects.replace({ticket.pk: seen})
    points = {"floor": 60, "target": 85, "weight": 50, "fewest": 1}
    planned(head, "qa.score", person=anna, of=Of.OWN, **points)
    planned(head, "qa.score", person=anna, of=Of.LINE, team=line_one, **points)

    own, line = closed(head)
    assert (own.value, own.n, own.tickets) == (80, 3, [ticket.pk] * 3)
    assert (line.value, line.n) == (65, 4)

    score(anna, timedelta(hours=1), 0)
    Reading.objects.replace({ticket.pk: seen})
    assert Frozen.objects.get(pk=own.pk).value == 80
    assert measured([own.plan], MAY)[own.plan_id].value == 60, "today it would be another"


def test_complaints_of_a_line_are_frozen_without_those_about_a_colleague(
    file: File, head: User, boris: User, anna: User, line_one: Team, line_two: Team
) -> None:
    """Three of four were upheld; a fifth is about Anna and stands in no figure that she reads."""
    with clock.at(IN_MAY):
        some = [file() for _each in range(4)]
        about_her, elsewhere = file(against=anna), file()
    Complaint.objects.filter(pk=elsewhere.pk).update(line=line_two)
    with clock.at(IN_MAY + timedelta(hours=2)):
        for place, one in enumerate((*some, about_her)):
            bring(one, "answered", by=boris, investigator=head, decision="upheld" if place < 3 else "not")
    planned(head, "complaint.ack", person=anna, of=Of.LINE, team=line_one, **SHARE)
    planned(head, "complaint.ack", of=Of.DEPARTMENT, **SHARE)
    planned(head, "complaint.cycle", of=Of.LINE, team=line_one, floor=9e6, target=1e5, weight=100, fewest=1)

    line, whole, cycle = closed(head)
    assert (line.good, line.n, sorted(line.tickets)) == (4, 4, sorted(one.pk for one in some))
    assert (whole.n, len(whole.tickets)) == (5, 5), "the other line's is among them"
    assert (cycle.n, cycle.value) == (4, 2 * 3600)


def test_incidents_are_the_department_s(declare: Declare, head: User, anna: User) -> None:
    for place, hours in enumerate((1, 3, 4)):
        begun = IN_MAY + timedelta(days=place)
        with clock.at(begun):
            one = declare(title=f"Авария {place}")
        Incident.objects.filter(pk=one.pk).update(
            started_at=begun, state="resolved", ended_at=begun + timedelta(hours=hours)
        )
    planned(head, "inc.mttr", person=anna, of=Of.DEPARTMENT, floor=36_000, target=3600, weight=100, fewest=3)

    (whole,) = closed(head)
    assert (whole.value, whole.n) == (3 * 3600, 3)
    assert set(whole.tickets) == set(Incident.objects.values_list("pk", flat=True))


def test_what_does_not_fit_says_why(head: User, anna: User, line_one: Team) -> None:
    own, line = {"person": anna, "of": Of.OWN}, {"of": Of.LINE, "team": line_one}
    for metric, whose, field in (
        ("complaint.ack", own, "of"),
        ("inc.mttr", own, "of"),
        ("inc.mttr", line, "of"),
        ("backlog", line, "metric"),
        ("complaint.rate", line, "metric"),
    ):
        with pytest.raises(Refused) as refused:
            planned(head, metric, **whose, floor=2.0, target=1.0, weight=100)
        assert (refused.value.field, bool(str(refused.value.text))) == (field, True), metric
    assert not Plan.objects.exists()


def test_no_month_is_closed_while_an_upgrade_counts_anew(head: User) -> None:
    planned(head, "csat.t2b", floor=0.8, target=0.9, weight=30, of=Of.DEPARTMENT)
    count_facts()
    Watermark.objects.update(anew_after=0)
    with pytest.raises(Refused):
        closed(head)
    while TicketFact.objects.count_anew():
        pass
    assert len(closed(head)) == 1


def test_a_month_before_anything_was_planned_is_not_closed(head: User) -> None:
    """Such as one before the desk existed: it would freeze nothing, and look as if somebody had looked."""
    planned(head, "csat.t2b", floor=0.8, target=0.9, weight=30, of=Of.DEPARTMENT)
    with clock.at(IN_JUNE), pytest.raises(Refused, match="закрывать нечего"):
        Close.objects.close(MAY.replace(month=4), by=head)
    assert not Close.objects.exists()
