"""P6: of few cases a share is drawn to what such requests bring the department."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.shrinking import Shrunk, shrunk
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)
EASY, HARD, RARE = 1, 2, 3
SCOPE = Scope(NOON - DAY, NOON + DAY)


@pytest.fixture
def due(ticket: Ticket) -> Callable[..., None]:
    """So many first answers of a person that fell due, and were met or not."""
    seen: Counter[Seen] = Counter()

    def add(person: User, topic: int, met: int, missed: int, *, ago: timedelta = timedelta()) -> None:
        rest = ("email", topic, None, None, ticket.contact_id, None)
        for kind, count in ((1, met), (0, missed)):
            for _each in range(count):
                at = NOON - ago + timedelta(seconds=seen.total())
                seen[Seen(Measure.COMMITMENT.value, at, 0, kind, ticket.team.pk, person.pk, *rest)] += 1
        Reading.objects.replace({ticket.pk: seen})

    return add


def of(person: User) -> Shrunk | None:
    return shrunk(Question(METRICS["sla.first"], SCOPE), person.pk)


def test_METRICS_example_five_of_six_where_ninety_per_cent_are_usual(
    due: Callable[..., None], anna: User, ilya: User
) -> None:
    """(5 + 20 × 0.9) ÷ (6 + 20) = 88.5 %."""
    due(ilya, EASY, 85, 9, ago=20 * DAY)
    due(anna, EASY, 5, 1)

    found = of(anna)
    assert found and (found.n, found.good, found.usual) == (6, 5, 0.9)
    assert found.value == pytest.approx(0.885, abs=5e-4)


def test_what_is_expected_is_of_the_requests_that_they_had(due: Callable[..., None], anna: User, ilya: User) -> None:
    """Half of the hard ones are met, all of the easy ones: of one easy and three hard ones 5/8 are expected."""
    due(ilya, EASY, 39, 0)
    due(ilya, HARD, 20, 17)
    due(anna, EASY, 1, 0)
    due(anna, HARD, 0, 3)

    found = of(anna)
    assert found and found.usual == pytest.approx((1 + 3 * 0.5) / 4)
    assert found.value == pytest.approx((1 + 20 * 0.625) / 24)


def test_of_a_kind_that_nobody_had_lately_what_all_had_is_expected(
    due: Callable[..., None], anna: User, ilya: User
) -> None:
    """The scope is longer than the twelve weeks by which is told what is usual."""
    due(anna, RARE, 1, 0, ago=95 * DAY)
    due(ilya, EASY, 8, 2, ago=30 * DAY)
    question = Question(METRICS["sla.first"], Scope(NOON - 100 * DAY, NOON + DAY))

    found = shrunk(question, anna.pk)
    assert found and (found.n, found.good, found.usual) == (1, 1, 0.8)
    assert found.value == pytest.approx((1 + 20 * 0.8) / 21)


def test_of_nothing_nothing_is_said(due: Callable[..., None], anna: User, ilya: User) -> None:
    due(ilya, EASY, 0, 50, ago=90 * DAY)
    assert of(anna) is None
    due(ilya, EASY, 8, 2, ago=30 * DAY)
    assert of(anna) is None and of(ilya) is None, "they had nothing in the period"


def test_what_is_no_share_is_refused(anna: User) -> None:
    with pytest.raises(ValueError, match="no share"):
        shrunk(Question(METRICS["frt"], SCOPE), anna.pk)
