"""What rates of records are for: months of clients, and time of operation; and incidents by their severity."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.care.complaints.tests.conftest import File, file
from otklik.care.incidents.models import Incident
from otklik.care.incidents.severity import Severity
from otklik.care.incidents.tests.conftest import Declare, declare
from otklik.core.formulas import poisson_rate
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer import exposed, recorded, telling
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.rolling import rolling
from otklik.team.metrics.layer.together import figures as together
from otklik.team.metrics.models.card_sum import WHOLE, CardSum
from otklik.team.metrics.tests.test_recorded import DAY, asked, told

__all__ = ["declare", "file"]

pytestmark = pytest.mark.django_db

CLIENTS = exposed.BY_CLIENTS
HOUR = timedelta(hours=1)


def night(days_ago: int, n: int) -> None:
    CardSum.objects.create(day=day_of(clock.now() - days_ago * DAY), fact=WHOLE, good=0, n=n)


def test_the_example_of_the_book(file: File, head: User) -> None:
    """Nine complaints in 2.4 thousand months of clients: 3.75 for a thousand, between 1.71 and 7.12."""
    for back in range(1, 11):
        night(back, round(240 * exposed.MONTH))
    with clock.at(clock.now() - DAY):
        for _each in range(9):
            file()

    found = told(CLIENTS, head)
    assert (found.good, found.n, found.status) == (9, 2400, "ok")
    assert [round(one or 0, 2) for one in (found.value, found.lo, found.hi)] == [3.75, 1.71, 7.12]
    assert together([asked(CLIENTS, head)])[0] == found
    assert "9" in telling.of_how_many(found) and telling.shown(found).replace(",", ".") == "3.75"


def test_a_day_that_no_night_counted_is_left_out_with_its_complaints(file: File, head: User) -> None:
    night(0, 3000)
    file()
    with clock.at(clock.now() - 5 * DAY):
        file()

    found = told(CLIENTS, head)
    assert found.good == 1 == len(recorded.behind(asked(CLIENTS, head))) == found.listed
    assert sum(one.good or 0 for one in layer.by_day(asked(CLIENTS, head)).values()) == 1
    CardSum.objects.all().delete()
    assert told(CLIENTS, head).value is None, "nobody counted clients: unknown, and not zero"


def test_of_today_as_much_counts_as_has_passed(head: User) -> None:
    """A quarter of a day's clients at six in the morning; yesterday counts whole."""
    with clock.at(midnight(today()) + timedelta(hours=6)):
        night(0, 3044)
        night(1, 3044)
        found = exposed.by_day(asked(CLIENTS, head))
        assert [round(found[day]) for day in sorted(found)] == [100, 25]


def test_clients_are_of_no_line(file: File, head: User, boris: User, line_one: Team) -> None:
    night(0, 3000)
    file()
    question = asked(CLIENTS, head)
    assert layer.figure(question.of("line", str(line_one.pk))).value is None and layer.by_side(question, "line") == {}
    assert told(CLIENTS, boris).value is None and told(CLIENTS, None).value is None


@pytest.fixture
def failed(declare: Declare, head: User) -> list[Incident]:
    """Six that lasted an hour each, five of them S2, two of which overlap by half; one S1 of two hours goes on."""
    Team.objects.update(created_at=clock.now() - 365 * DAY)
    starts = [timedelta(days=number) for number in (1, 2, 3, 4)] + [4 * DAY + HOUR / 2]
    found = [_failed(declare, start, ended_at=clock.now() - start + HOUR) for start in starts]
    return [*found, _failed(declare, 2 * HOUR, severity=Severity.S1)]


def _failed(declare: Declare, ago: timedelta, severity: Severity = Severity.S2, **more: Any) -> Incident:
    started = clock.now() - ago
    one = declare(severity=severity)
    rows = Incident.objects.filter(pk=one.pk)
    over = {"state": "resolved"} if "ended_at" in more else {}
    rows.update(started_at=started, detected_at=started, declared_at=started, **over, **more)
    return one


def test_time_between_incidents_is_operation_alone(failed: list[Incident], head: User) -> None:
    question = asked("inc.mtbf", head, days=10)
    found = layer.figure(question)

    felt = 3 * HOUR + 1.5 * HOUR + 2 * HOUR
    operated = (10 * DAY - felt).total_seconds()
    assert found.n == 6 and found.value == pytest.approx(operated / 6, rel=1e-3)
    rate = poisson_rate(6, operated)
    assert found.lo == pytest.approx(1 / (rate["hi"] or 1), rel=1e-3) and found.hi and found.hi > found.value  # type: ignore[operator]
    assert layer.by_day(question) == {}, "no day tells how long it is between two"
    assert set(rolling(question, 7)), "and windows do"
    assert together([question])[0].n == 6


def test_without_an_incident_nobody_knows_when_the_first_one_comes(head: User, line_one: Team) -> None:
    Team.objects.update(created_at=clock.now() - 365 * DAY)
    assert told("inc.mtbf", head).value is None


def test_before_the_desk_began_nothing_operated(failed: list[Incident], head: User) -> None:
    Team.objects.update(created_at=clock.now() - 5 * DAY)
    found = layer.figure(asked("inc.mtbf", head, days=90))
    assert found.value is not None and found.value < 5 * DAY.total_seconds() / 6


def test_few_of_a_severity_are_listed_and_not_averaged(failed: list[Incident], head: User) -> None:
    told_of = recorded.by_severity(asked("inc.mttr", head))

    assert set(told_of) == {Severity.S2}, "what goes on has no end yet"
    figure, lengths = told_of[Severity.S2]
    assert (figure.n, round(figure.value or 0), lengths) == (5, 3600, [])
    Incident.objects.filter(pk__in=[one.pk for one in failed[:2]]).update(severity=Severity.S3)
    told_of = recorded.by_severity(asked("inc.mttr", head))
    assert [round(one) for one in told_of[Severity.S3][1]] == [3600, 3600] and told_of[Severity.S2][0].n == 3
    counted = recorded.by_severity(asked("inc.mtbf", head))
    assert {level: one.n for level, (one, _lengths) in counted.items()} == {
        Severity.S1: 1,
        Severity.S2: 3,
        Severity.S3: 2,
    }
    assert recorded.by_severity(asked("complaint.cycle", head)) == {}
