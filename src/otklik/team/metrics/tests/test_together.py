"""Many figures in few statements are the figures that each question has by itself."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from random import Random

import pytest
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.buckets import bucket_of, edges
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.spread import spread
from otklik.team.metrics.layer.together import figures
from otklik.team.metrics.measure import DURATIONS, Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.observing import Seen
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START, hours

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = Scope(START, START + timedelta(days=28))
QUESTIONS = [Question(metric, scope) for metric in METRICS.values() for scope in (MONTH, MONTH.before())]


@pytest.fixture
def measured(solved: Ticket, line_two: Team) -> Ticket:
    """From none to 37 readings of each measure on two lines over two months, some of them alike."""
    chance, seen = Random(20261129), Counter[Seen]()
    for place, measure in enumerate(Measure):
        for _number in range((37 - place * 3) % 38):
            value = chance.choice([chance.randrange(10**12), 1_800_000_000]) if measure in DURATIONS else 0
            seen[
                Seen(
                    measure=measure,
                    at=START + timedelta(days=chance.uniform(-27, 27)),
                    value=value,
                    kind=0 if measure in DURATIONS else chance.randrange(6),
                    team_id=chance.choice([solved.team_id, line_two.pk]),
                    agent_id=None,
                    channel="email",
                    topic_id=None,
                    class_id=None,
                    product_id=None,
                    contact_id=solved.contact_id,
                    client_id=None,
                )
            ] += 1
    Reading.objects.replace({solved.pk: seen})
    return solved


def test_each_is_what_it_is_by_itself(measured: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    bounded = 0
    for most in (layer.EXACT_UP_TO, 5):  # beyond it quantiles are of sums
        monkeypatch.setattr(layer, "EXACT_UP_TO", most)
        for now in (hours(24 * 20), hours(24 * 60)):
            with clock.at(now):
                told = figures(QUESTIONS)
                for one, found in zip(QUESTIONS, told, strict=True):
                    assert found == layer.figure(one), one.metric.id
                    bounded += one.metric.measure in DURATIONS and found.lo is not None
    assert bounded, "medians with bounds are among them"


def test_of_one_line_and_of_one_side(measured: Ticket, line_two: Team) -> None:
    of_line = Scope(MONTH.start, MONTH.end, [line_two.pk])
    asked = [Question(METRICS["frt"], of_line), Question(METRICS["frt"], MONTH, {"channel": "email"})]

    assert figures(asked) == [layer.figure(one) for one in asked]
    assert figures(asked)[0].n < figures(asked)[1].n


def test_thirty_cost_as_much_as_three(
    measured: Ticket,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[CaptureQueriesContext]],
) -> None:
    measured_only = [one for one in QUESTIONS if not one.metric.stands]
    with (
        clock.at(hours(24 * 60)),
        django_assert_max_num_queries(52),
    ):  # with the roster, what is ahead, the form, words, and nine rooms that tell everybody, of two periods each
        figures(measured_only)


def test_nothing_asked_is_nothing_told(db: None) -> None:
    assert figures([]) == []


def test_of_very_many_a_part_is_drawn_the_same_at_every_call(measured: Ticket, monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question(METRICS["frt"], Scope(MONTH.before().start, MONTH.end))
    whole = layer.values(question)
    monkeypatch.setattr(layer, "EXACT_UP_TO", len(whole) // 2 + 1)
    part = layer.values(question)

    assert part == layer.values(question)
    assert 0 < len(part) < len(whole) and not Counter(part) - Counter(whole)


def test_a_histogram_of_very_many_is_made_of_sums_and_right_within_a_bucket(
    measured: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = Question(METRICS["frt"], Scope(MONTH.before().start, MONTH.end))
    exact = spread(question)
    values = layer.values(question)
    monkeypatch.setattr(layer, "EXACT_UP_TO", 5)
    rough = spread(question)

    assert sum(one.n for one in rough) == sum(one.n for one in exact) == len(values) > 5
    for place, one in enumerate(rough):
        if one.high is None:
            continue
        low, high = edges(bucket_of(one.high * 1_000_000))
        near = [sum(value < edge for value in values) for edge in (low, high)]
        assert near[0] <= sum(each.n for each in rough[: place + 1]) <= near[1]
        assert sum(each.n for each in exact[: place + 1]) == sum(value < one.high for value in values)
