"""The test on the past says what the job would have done."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.alerts.looking import look_at_all
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.alerts.tests.conftest import WEDNESDAY, Day, alert, morning, weeks
from otklik.team.alerts.trying import Try, tried
from otklik.team.metrics.measure import Measure
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def of_thursday(watched: Alert) -> Try:
    with clock.at(morning(WEDNESDAY + DAY)):
        told = tried(watched)
    assert told
    return told


def lived(watched: Alert, days: int) -> list[date | None]:
    """What the job rings for when it looks morning after morning."""
    for back in range(days - 1, -1, -1):
        count_facts()
        with clock.at(morning(WEDNESDAY - back * DAY + DAY)):
            look_at_all()
    return list(Ringing.objects.filter(alert=watched).order_by("began").values_list("last", flat=True))


@pytest.mark.parametrize("window", [1, 7])
def test_a_threshold_on_medians(head: User, day: Day, window: int) -> None:
    watched = alert(head, "frt", bound=1800.0, days=window, fewest=2)
    for back, minutes, times in ((20, 45, 3), (19, 45, 3), (12, 10, 9), (9, 60, 1), (3, 50, 4), (1, 5, 9), (0, 44, 20)):
        day(WEDNESDAY - back * DAY, times, Measure.FIRST, minutes=minutes)

    told = of_thursday(watched)

    assert len(told.found) == 90 and told.is_known
    assert told.began == lived(watched, 25) and len(told.began) == 3


def test_an_anomaly_of_counts(head: User, day: Day) -> None:
    watched = alert(head, "arrivals", kind="anomaly", way="either", weeks=4)
    weeks(day, [32, 38, 34, 36, 90, 33, 37, 35, 36, 2])

    told = of_thursday(watched)

    assert told.began == [WEDNESDAY - 35 * DAY, WEDNESDAY] == lived(watched, 37)


def test_of_one_side_and_of_many_days_it_costs_two_statements(head: User, day: Day) -> None:
    watched = alert(head, "frt", bound=1800.0, days=28, side="channel", key="phone")
    for back in range(0, 80, 4):
        day(WEDNESDAY - back * DAY, 2, Measure.FIRST, minutes=40, channel="phone")
        day(WEDNESDAY - back * DAY, 9, Measure.FIRST, minutes=4)

    with CaptureQueriesContext(connection) as asked:
        told = of_thursday(watched)

    assert len(asked) == 2 and len(told.began) == 1
    assert told.found[-1][1].figure.n == 14


def test_what_stands_has_a_past_only_of_the_backlog(head: User, writes: Write) -> None:
    with clock.at(clock.now() - 10 * DAY):
        writes()
    assert tried(alert(head, "backlog.late", bound=1.0, days=0)) is None
    told = tried(alert(head, "backlog", bound=0.0, days=0))
    assert told and len(told.began) == 1
