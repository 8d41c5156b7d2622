"""Green outside and red within (METRICS V18), and a number of open requests that does not fit its flow (V11)."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.doubting import Doubt, Kind, doubts, looks_well
from otklik.team.metrics.layer.figure import Counts, Figure, counted
from otklik.team.metrics.layer.misleading import TRICKS
from otklik.team.metrics.layer.question import Question, figure
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

START = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = 86_400_000_000
PERIOD = Scope(START - timedelta(days=1), START + timedelta(days=40))

type Tell = Callable[..., None]


@pytest.fixture
def tell(writes: Write, line_one: Team) -> Tell:
    """Readings of measures, as {measure: {(kind, value): how many}}; a metric's own kinds are found by name."""
    ticket = writes()

    def told(readings: dict[Measure, dict[tuple[int, int], int]]) -> None:
        rest = (line_one.pk, None, "email", None, None, None, ticket.contact_id, None)
        seen: Counter[Seen] = Counter()
        for measure, kinds in readings.items():
            for (kind, value), times in kinds.items():
                seen[Seen(measure.value, START, value, kind, *rest)] += times
        Reading.objects.replace({ticket.pk: seen})

    return told


def of(name: str, good: int, bad: int) -> dict[Measure, dict[tuple[int, int], int]]:
    """Readings that give a share so many of its numerator."""
    metric = METRICS[name]
    other = next(kind for kind in metric.kinds or range(10) if kind not in metric.good)
    assert metric.measure is not None
    return {metric.measure: {(min(metric.good), 0): good, (other, 0): bad}}


def found(name: str, satisfied: float | None = None) -> list[Doubt]:
    asked = Question(METRICS[name], PERIOD)
    return doubts(asked, figure(asked), satisfied)


@pytest.mark.django_db
def test_kept_in_time_and_still_coming_back_is_no_success(tell: Tell) -> None:
    tell({**of("sla.attainment", 95, 5), **of("reopen", 15, 85)})

    (doubt,) = found("sla.attainment")

    assert (doubt.kind, doubt.metric.id, round(doubt.value, 9)) == (Kind.COMES_BACK, "reopen", 0.15)


@pytest.mark.django_db
@pytest.mark.parametrize(("kept", "back"), [((80, 20), (15, 85)), ((95, 5), (9, 91)), ((95, 5), (4, 10))])
def test_without_pride_or_without_proof_nothing_is_said(
    tell: Tell, kept: tuple[int, int], back: tuple[int, int]
) -> None:
    """Late anyway; a tenth is no more than usual; fourteen solutions prove nothing."""
    tell({**of("sla.attainment", *kept), **of("reopen", *back)})

    assert found("sla.attainment") == []


@pytest.mark.django_db
def test_clients_are_held_against_their_plan_only_where_there_is_one(tell: Tell) -> None:
    marks = {Measure.SCORE: {(5, 0): 60, (2, 0): 40}}
    tell({**of("sla.attainment", 95, 5), **marks})

    (doubt,) = found("sla.attainment", satisfied=0.85)

    assert (doubt.kind, round(doubt.value, 9), doubt.least) == (Kind.DISSATISFIED, 0.6, 0.85)
    assert found("sla.attainment") == found("sla.attainment", satisfied=0.5) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("lived", "is_even"), [(1, False), (40, True)])
def test_open_requests_fit_inflow_and_lifetime_or_are_called_uneven(
    writes: Write, tell: Tell, lived: int, is_even: bool
) -> None:
    """Thirty of one day stand open for forty days: a lifetime of forty days fits that, one of a day does not."""
    with clock.at(START):
        for number in range(29):
            writes(sender=f"client{number}@volga.test")
    Ticket.objects.update(opened_at=START)
    count_facts()
    tell({Measure.OPENED: {(0, 0): 1}, Measure.SOLVED_CALENDAR: {(140, lived * DAY): 30}})
    with clock.at(PERIOD.end):
        told = found("backlog")

    assert [doubt.kind for doubt in told] == ([] if is_even else [Kind.UNEVEN])
    if told:
        assert told[0].least > 25 and told[0].value < 1


def test_pride_needs_a_sample() -> None:
    assert not looks_well(figure_of(5, 5)) and looks_well(figure_of(95, 100))


def figure_of(good: int, n: int) -> Figure:
    metric = METRICS["sla.attainment"]
    return counted(metric, Counts({min(metric.good): good, max(metric.good) + 1: n - good}))


def test_each_trick_is_of_a_metric_and_shows_in_others() -> None:
    for name, tricks in TRICKS.items():
        assert name in METRICS and tricks
        for trick in tricks:
            assert set(trick.shows_in) <= set(METRICS) and name not in trick.shows_in, name
