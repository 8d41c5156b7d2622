"""More within an hour than chance makes: told once, to who can do something."""

from datetime import datetime, timedelta

import pytest

from otklik.care.problems import hints, spikes
from otklik.care.problems.models import Candidate
from otklik.care.problems.tests.conftest import Came
from otklik.core.formulas import overdispersed_spike, poisson_spike
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def hour() -> datetime:
    """The beginning of the last whole hour."""
    return clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)


@pytest.fixture
def history(came: Came, hour: datetime) -> None:
    """One request in this hour of this weekday, eight weeks long."""
    for week in range(1, 9):
        came(1, at=hour - timedelta(weeks=week) + timedelta(minutes=30))
    came(1, at=hour - timedelta(weeks=9))


def test_many_more_than_usual_are_told_once_to_leads(
    came: Came, hour: datetime, history: None, boris: User, head: User, anna: User
) -> None:
    came(9, at=hour + timedelta(minutes=5))

    (one,) = spikes.look()
    assert (one.count, one.hour) == (9, hour) and one.usual == pytest.approx(1)
    assert one.chance == pytest.approx(poisson_spike(9, 1)["p"])
    told = Notice.objects.filter(about="candidate", about_id=one.pk)
    assert set(told.values_list("person", flat=True)) == {boris.pk, head.pk}
    assert "9" in told[0].text and "обычно 1" in told[0].text
    assert spikes.look() == [] and told.count() == 2


def test_the_usual_number_is_no_spike(came: Came, hour: datetime, history: None) -> None:
    came(4, at=hour + timedelta(minutes=5))
    assert spikes.look() == []


def test_of_less_than_four_weeks_nothing_is_known(came: Came, hour: datetime) -> None:
    came(1, at=hour - timedelta(weeks=2))
    came(30, at=hour + timedelta(minutes=5))
    assert spikes.look() == []


def test_what_never_came_at_this_hour_is_not_impossible_and_one_client_is_no_spike(came: Came, hour: datetime) -> None:
    came(1, at=hour - timedelta(weeks=9))
    came(8, clients=2, at=hour + timedelta(minutes=5))
    assert spikes.look() == []
    came(1, clients=1, at=hour + timedelta(minutes=6), sender="third@x.test")
    (one,) = spikes.look()
    assert one.usual == pytest.approx(0.5 / 8)


def test_requests_of_an_incident_are_no_spike(
    came: Came, hour: datetime, history: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = came(9, at=hour + timedelta(minutes=5))
    theirs = Ticket.objects.filter(pk__in=[one.pk for one in tickets]).values("pk")
    monkeypatch.setattr(hints, "_absorbed", [lambda: theirs])
    assert spikes.look() == [] and not Candidate.objects.exists()


def test_where_weeks_differ_much_more_is_usual() -> None:
    calm, wild = [4, 4, 3, 5, 4, 4, 4, 4], [0, 12, 1, 9, 0, 8, 0, 2]
    assert spikes.judged(12, calm)[1] < 0.001 < spikes.judged(12, wild)[1]
    assert overdispersed_spike(12, 4, 3)["p"] == poisson_spike(12, 4)["p"]
