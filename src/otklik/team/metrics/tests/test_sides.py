"""One figure from several sides at once is what each side tells by itself, and its readings are walked once."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.sides import by_sides
from otklik.team.metrics.layer.together import figures
from otklik.team.metrics.measure import DURATIONS, Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.observing import Seen
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START, hours

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = Scope(START, START + timedelta(days=28))
SIDES = ("line", "agent", "channel", "topic", "class", "product")
OF_EVERY_KIND = ("frt", "resolution.full", "arrivals", "solved", "reopen", "sla.attainment", "csat.mean", "nps", "aht")
NARROWED: list[dict[str, str]] = [{}, {"agent": "1"}, {"topic": "2"}, {"channel": "phone", "product": "3"}]


@pytest.fixture
def measured(solved: Ticket, line_two: Team) -> Ticket:
    """Forty readings of each measure over two months, of three people, topics, classes and products, or of none."""
    chance, seen = Random(20261130), Counter[Seen]()
    for measure in Measure:
        for _number in range(40):
            agent, topic, of_class, product = (chance.choice([None, 1, 2, 3]) for _side in range(4))
            seen[
                Seen(
                    measure=measure,
                    at=START + timedelta(days=chance.uniform(-27, 27)),
                    value=chance.choice([chance.randrange(10**12), 1_800_000_000]),
                    kind=0 if measure in DURATIONS else chance.randrange(6),
                    team_id=chance.choice([solved.team_id, line_two.pk]),
                    agent_id=agent,
                    channel=chance.choice(["email", "phone"]),
                    topic_id=topic,
                    class_id=of_class,
                    product_id=product,
                    contact_id=solved.contact_id,
                    client_id=None,
                )
            ] += 1
    Reading.objects.replace({solved.pk: seen})
    return solved


@pytest.mark.parametrize("exact_up_to", [layer.EXACT_UP_TO, 5])
@pytest.mark.parametrize("only", NARROWED, ids=str)
def test_each_side_is_what_it_is_by_itself(
    measured: Ticket, line_two: Team, only: dict[str, str], exact_up_to: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer, "EXACT_UP_TO", exact_up_to)
    told = 0
    with clock.at(hours(24 * 60)):
        for metric in (METRICS[name] for name in OF_EVERY_KIND):
            for teams in (None, [line_two.pk]):
                asked = Question(metric, Scope(MONTH.start, MONTH.end, teams), only)
                found = by_sides(asked, SIDES)
                assert found == {side: layer.by_side(asked, side) for side in SIDES}, metric.id
                told += sum(map(len, found.values()))
    assert told


@pytest.mark.parametrize("exact_up_to", [layer.EXACT_UP_TO, 5])
def test_figures_narrowed_alike_are_what_they_are_by_themselves(
    measured: Ticket, line_two: Team, exact_up_to: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of one line among several, of a day that is cut, and where nothing is."""
    monkeypatch.setattr(layer, "EXACT_UP_TO", exact_up_to)
    line = {"line": str(line_two.pk)}
    cut = Scope(MONTH.start, START + timedelta(days=14, hours=7))
    narrowed = [*NARROWED, line, {**line, "agent": "2"}, {"topic": "999"}]
    asked = [
        Question(METRICS[name], scope, only)
        for name in (*OF_EVERY_KIND, "backlog", "backlog.age", "occupancy", "complaint.ack")
        for scope in (MONTH, MONTH.before(), cut)
        for only in narrowed
    ]
    with clock.at(hours(24 * 60)):
        for one, found in zip(asked, figures(asked), strict=True):
            assert found == layer.figure(one), (one.metric.id, one.only)


def test_readings_are_walked_once(measured: Ticket) -> None:
    """A median, what nine of ten do not exceed and both bounds: one statement; so are five sides of one person."""
    first = day_of(START)
    weeks = Scope(midnight(first), midnight(first + timedelta(days=28)))
    frt, arrivals = (
        Question(METRICS["frt"], weeks, {"agent": "1"}),
        Question(METRICS["arrivals"], weeks, {"topic": "2"}),
    )
    several = [Question(METRICS[name], weeks, {"agent": "1"}) for name in ("frt", "resolution.full", "solved")]
    with clock.at(hours(24 * 60)):
        assert _walks(lambda: layer.figure(Question(METRICS["frt"], weeks))) == 1
        assert _walks(lambda: layer.figure(frt)) == 1
        assert _walks(lambda: by_sides(frt, SIDES)) == 1
        assert _walks(lambda: by_sides(arrivals, ("agent", "channel", "product"))) == 1
        assert _walks(lambda: figures(several)) == 1


def _walks(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return sum('FROM "metrics_reading"' in one["sql"] for one in asked.captured_queries)
