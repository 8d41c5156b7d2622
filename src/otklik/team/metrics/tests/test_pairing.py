"""The same clients before and after (METRICS S11): those who answered once say nothing of a change."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import pytest

from otklik.core.staff.models import Team
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.pairing import Turned, moved, turned
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
START = datetime(2026, 6, 1, 9, tzinfo=UTC)
WEEKS = timedelta(weeks=4)
BEFORE, AFTER = Scope(START - WEEKS, START), Scope(START, START + WEEKS)

type Answered = Callable[[Iterable[tuple[int, int, int]]], None]


@pytest.fixture
def answered(writes: Write, line_one: Team) -> Answered:
    """Marks as (person, days from the beginning, mark)."""
    ticket = writes()

    def tell(marks: Iterable[tuple[int, int, int]]) -> None:
        seen: Counter[Seen] = Counter()
        for person, day, mark in marks:
            at = START + timedelta(days=day)
            rest = (line_one.pk, None, "email", None, None, None, person, None)
            seen[Seen(Measure.SCORE.value, at, mark, mark, *rest)] += 1
        Reading.objects.replace({ticket.pk: seen})

    return tell


def sides(name: str) -> tuple[Question, Question]:
    return Question(METRICS[name], BEFORE), Question(METRICS[name], AFTER)


def test_example_of_s11_mcnemar(answered: Answered) -> None:
    """b = 18, c = 6: p = 0.023; those who stayed and those who answered once do not move it."""
    better = [(person, day, mark) for person in range(1, 19) for day, mark in ((-5, 2), (5, 5))]
    worse = [(person, day, mark) for person in range(19, 25) for day, mark in ((-5, 4), (5, 3))]
    alike = [(person, day, 5) for person in range(25, 75) for day in (-5, 5)]
    once = [(person, -5, 1) for person in range(75, 99)]
    answered([*better, *worse, *alike, *once])

    told = turned(*sides("csat.t2b"))

    assert told is not None and (told.clients, told.good, told.bad) == (74, 18, 6)
    assert told.p == pytest.approx(0.0227, abs=0.0005)


def test_the_last_answer_of_each_side_counts(answered: Answered) -> None:
    answered([(1, -9, 5), (1, -2, 1), (1, 3, 2), (1, 8, 5)])

    assert turned(*sides("csat.t2b")) == Turned(1, 1, 0, None)


def test_five_who_changed_their_mind_prove_nothing(answered: Answered) -> None:
    answered([(person, day, mark) for person in range(1, 6) for day, mark in ((-5, 1), (5, 5))])

    told = turned(*sides("csat.t2b"))

    assert told is not None and told.good == 5 and told.p is None


def test_marks_of_the_same_clients_are_compared_in_pairs(answered: Answered) -> None:
    answered([(person, day, mark) for person in range(1, 12) for day, mark in ((-5, 3), (5, 4 + person % 2))])

    told = moved(*sides("csat.mean"))

    assert told is not None and told["n"] == 11
    assert told["mean"] == pytest.approx(17 / 11) and told["lo"] is not None and told["lo"] > 1
    assert turned(*sides("csat.mean")) is None and moved(*sides("csat.t2b")) is None


def test_nine_pairs_are_too_few(answered: Answered) -> None:
    answered([(person, day, 4) for person in range(1, 10) for day in (-5, 5)])

    assert moved(*sides("csat.mean")) is None


def test_of_what_is_no_opinion_of_clients_there_are_no_pairs(answered: Answered) -> None:
    answered([(1, -5, 4), (1, 5, 4)])

    assert turned(*sides("reopen")) is None and moved(*sides("frt")) is None
