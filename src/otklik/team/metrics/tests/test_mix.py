"""With which requests somebody worked: said where the mix differs from that of their lines, and of enough requests."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.mix import leanings
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 9, tzinfo=UTC)
BILLING, PHONES = 1, 2


@pytest.fixture
def ended(ticket: Ticket) -> Callable[..., None]:
    """So many solved requests of a person and a topic, in the line of the ticket or another one."""
    seen: Counter[Seen] = Counter()

    def add(person: User, topic: int, count: int, team: Team | None = None) -> None:
        rest = ("email", topic, None, None, ticket.contact_id, None)
        for _each in range(count):
            at = NOON + timedelta(seconds=seen.total())
            seen[Seen(Measure.ENDED.value, at, 0, 0, (team or ticket.team).pk, person.pk, *rest)] += 1
        Reading.objects.replace({ticket.pk: seen})

    return add


def told(team: Team, person: User) -> list[tuple[str, str, float, float]]:
    scope = Scope(NOON - timedelta(days=1), NOON + timedelta(days=1), [team.pk])
    return [(one.side, one.key, one.own, one.line) for one in leanings(Question(METRICS["solved"], scope), person.pk)]


def test_a_topic_that_they_had_more_of_is_told(
    ended: Callable[..., None], ticket: Ticket, anna: User, ilya: User
) -> None:
    ended(anna, BILLING, 40)
    ended(ilya, PHONES, 40)

    assert told(ticket.team, anna) == [("topic", "1", 1.0, 0.5), ("topic", "2", 0.0, 0.5)]


def test_the_same_mix_and_too_few_requests_say_nothing(
    ended: Callable[..., None], ticket: Ticket, anna: User, ilya: User, line_two: Team
) -> None:
    for person in (anna, ilya):
        ended(person, BILLING, 20)
        ended(person, PHONES, 20)
    assert told(ticket.team, anna) == []
    ended(anna, PHONES, 29, line_two)
    assert told(line_two, anna) == []
