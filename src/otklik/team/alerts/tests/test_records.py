"""Alerts on complaints and incidents: counted as their owner sees them, told to nobody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.complaints.models import Complaint
from otklik.care.complaints.tests.conftest import File, bring, file
from otklik.care.incidents.models import Incident
from otklik.care.incidents.tests.conftest import Declare, declare
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Role, Team, User
from otklik.team.alerts.looking import look_at_all
from otklik.team.alerts.models import Alert
from otklik.team.alerts.tests.conftest import WEDNESDAY, alert, morning
from otklik.team.alerts.trying import tried
from tests.fixtures.cast import Write, person
from tests.fixtures.facts import count_facts

__all__ = ["declare", "file"]
pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)

type Answered = Callable[..., None]


def look(days: int = 0) -> int:
    count_facts()
    with clock.at(morning(WEDNESDAY + (1 + days) * DAY)):
        return look_at_all()


@pytest.fixture
def answered(file: File, boris: User, head: User) -> Answered:
    """`answered(2, 3)`: complaints answered on Wednesday, two upheld and three not."""

    def make(upheld: int, others: int, **told: User) -> None:
        for place in range(upheld + others):
            with clock.at(morning(WEDNESDAY, 8) + timedelta(minutes=place)):
                one = file(by=head if told else boris, **told)
                bring(one, "answered", by=head, investigator=head, decision="upheld" if place < upheld else "not")

    return make


def test_an_alert_on_complaints_rings_by_their_share_and_is_over(answered: Answered, head: User) -> None:
    """Three of five are 60 per cent; a week later only these five stand in the last seven days no more."""
    watched = alert(head, "complaint.upheld", bound=0.5, days=Alert.Days.WEEK, fewest=5)
    answered(3, 2)

    assert [look(), look(1)] == [1, 0]
    ringing = watched.ringings.get()
    assert (ringing.value, ringing.n, ringing.hi) == (0.6, 5, 0.5)
    assert (ringing.first, ringing.last) == (WEDNESDAY - 6 * DAY, WEDNESDAY)
    assert Notice.objects.get(about="alert").person == head

    with clock.at(morning(WEDNESDAY + DAY, 9)):
        for one in Complaint.objects.filter(decision="upheld")[:2]:
            Complaint.objects.filter(pk=one.pk).update(decision="not")
    assert look(2) == 1 and watched.ringings.get().ended, "one of five are 20 per cent"


def test_of_fewer_than_wanted_nothing_is_said(answered: Answered, head: User) -> None:
    alert(head, "complaint.upheld", bound=0.5, days=Alert.Days.WEEK, fewest=6)
    answered(3, 2)

    assert look() == 0


def test_a_rate_is_of_the_contacts_of_the_line(
    file: File, writes: Write, head: User, line_one: Team, line_two: Team
) -> None:
    """Two complaints for five contacts are 400 for a thousand; of the other line there are none."""
    with clock.at(morning(WEDNESDAY, 8)):
        for place in range(5):
            writes(sender=f"c{place}@volga.test", external_id=f"<c{place}>")
        for _each in range(2):
            file()
    for team in (line_one, line_two):
        alert(head, "complaint.rate", name=team.name, team=team, bound=399.0, fewest=1)

    assert look() == 1
    (rings,) = Alert.objects.filter(ringings__isnull=False)
    assert rings.team == line_one and rings.ringings.get().value == pytest.approx(400)


def test_each_counts_what_they_may_know_of(answered: Answered, head: User, boris: User, line_one: Team) -> None:
    """The three upheld ones are about the lead himself: the head's alert rings, his own knows of two others."""
    whole: dict[str, Any] = {"bound": 0.5, "days": Alert.Days.WEEK, "fewest": 1}
    of_head, of_lead = (
        alert(head, "complaint.upheld", **whole),
        alert(boris, "complaint.upheld", team=line_one, **whole),
    )
    other = person("gleb", "Глеб", Role.HEAD)
    answered(3, 0, against=boris)
    answered(0, 2)

    assert look() == 1
    assert [one.alert for one in of_head.ringings.all()] == [of_head] and not of_lead.ringings.exists()
    assert of_head.ringings.get().n == 5
    assert list(Notice.objects.filter(about="alert").values_list("person", flat=True)) == [head.pk]
    assert set(Alert.objects.visible_to(boris)) == {of_lead}
    assert set(Alert.objects.visible_to(other)) == {of_head, of_lead}
    rang = Entry.objects.get(kind="alerts.AlertRang")
    assert rang.data["value"] is None, "the journal is read by more people than complaints"


def test_nobody_else_sees_or_hears_it(
    answered: Answered, head: User, boris: User, quality: User, line_one: Team
) -> None:
    one = alert(head, "complaint.upheld", team=line_one, bound=0.5, whom=Alert.Whom.LEADS)
    assert not Alert.objects.visible_to(boris).exists() and not Alert.objects.visible_to(quality).exists()
    answered(5, 0)

    assert look() == 1 and one.ringings.exists()
    assert not Notice.objects.filter(about="alert").exists(), "leads of the line are not told of complaints"


def test_the_lead_complained_about_hears_of_no_open_complaint(
    file: File, boris: User, head: User, line_one: Team
) -> None:
    """One of two is about the lead: no alert of the head tells them, and their own counts one."""
    of_head = alert(head, "complaint.open", team=line_one, bound=1.0, days=Alert.Days.NOW, whom=Alert.Whom.LEADS)
    to_them = alert(
        head, "complaint.open", [boris], team=line_one, bound=1.0, days=Alert.Days.NOW, whom=Alert.Whom.CHOSEN
    )
    own = alert(boris, "complaint.open", team=line_one, bound=1.0, days=Alert.Days.NOW)
    with clock.at(morning(WEDNESDAY, 8)):
        file()
        file(by=head, against=boris)

    assert look() == 0 and look() == 2, "seen twice in a row"
    assert of_head.ringings.exists() and to_them.ringings.exists() and not own.ringings.exists()
    assert not Notice.objects.filter(about="alert", person=boris).exists()
    assert set(Alert.objects.visible_to(boris)) == {own}
    assert {one.data["value"] for one in Entry.objects.filter(kind="alerts.AlertRang")} == {None}


def test_an_alert_on_incidents_is_of_the_whole_desk_and_has_a_past(declare: Declare, head: User) -> None:
    """Restored after one, two and nine hours: the median is two."""
    watched = alert(head, "inc.mttr", bound=3600.0, fewest=3)
    for place, hours in enumerate((1, 2, 9)):
        begun = morning(WEDNESDAY, 1) + timedelta(minutes=place)
        with clock.at(begun):
            one = declare(title=f"Авария {place}")
        Incident.objects.filter(pk=one.pk).update(
            started_at=begun, state="resolved", ended_at=begun + timedelta(hours=hours)
        )

    assert look() == 1 and watched.ringings.get().value == 7200
    with clock.at(morning(WEDNESDAY + 4 * DAY)):
        told = tried(watched)
    assert told is not None and told.began == [WEDNESDAY]
    assert dict(told.found)[WEDNESDAY].figure.n == 3 and dict(told.found)[WEDNESDAY + DAY].figure.n == 0


def test_the_past_of_a_week_is_tried_as_the_job_looks(answered: Answered, head: User) -> None:
    watched = alert(head, "complaint.upheld", bound=0.5, days=Alert.Days.WEEK, fewest=5)
    answered(4, 1)

    with clock.at(morning(WEDNESDAY + 9 * DAY)):
        told = tried(watched)
    assert told is not None and told.began == [WEDNESDAY]
    values = [one.figure.value for day, one in told.found if day >= WEDNESDAY - DAY]
    assert values[:9] == [None, *[0.8] * 7, None]


def test_the_round_asks_for_complaints_once_for_one_owner(answered: Answered, head: User) -> None:
    answered(1, 1)
    counts = []
    for more in (1, 4):
        for place in range(more):
            alert(head, "complaint.upheld", name=f"{more} {place}", bound=0.9, days=Alert.Days.WEEK)
        count_facts()
        with clock.at(morning(WEDNESDAY + more * DAY)), CaptureQueriesContext(connection) as asked:
            look_at_all()
        counts.append(sum("complaints_complaint" in query["sql"] for query in asked))
    assert counts[0] == counts[1]
