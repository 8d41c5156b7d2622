"""Days of readings, said in numbers, and alerts on them."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.alerts.models import Alert
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

WEDNESDAY = date(2026, 6, 10)
MINUTE = 60_000_000
THEN = datetime(2026, 6, 1, tzinfo=UTC)

type Day = Callable[..., None]
"""`day(date(2026, 6, 9), 12, Measure.OPENED)`: so many readings on a day, each of so many minutes."""


def morning(day: date, hour: int = 6) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def day(writes: Write, line_one: Team) -> Day:
    with clock.at(THEN):
        ticket = writes()
    count_facts()  # what is read here stands beside the journal: nothing may count the request anew
    seen: Counter[Seen] = Counter()

    def add(
        when: date,
        times: int,
        measure: Measure = Measure.OPENED,
        *,
        minutes: float = 0,
        kind: int = 0,
        team: Team = line_one,
        channel: str = "email",
        hour: int = 9,
    ) -> None:
        rest = (team.pk, None, channel, None, None, None, ticket.contact_id, None)
        seen[Seen(measure.value, morning(when, hour), round(minutes * MINUTE), kind, *rest)] += times
        Reading.objects.replace({ticket.pk: seen})

    Reading.objects.replace({ticket.pk: seen})
    return add


def alert(owner: User, metric: str, people: list[User] | None = None, **told: Any) -> Alert:
    """Above `bound` on the last day, whatever the sample."""
    made = Alert(name=told.pop("name", metric), metric=metric, **{"fewest": 1, **told})
    made.make(people or [], by=owner)
    return made


def weeks(day: Day, counts: list[int], last: date = WEDNESDAY, **told: Any) -> None:
    """Arrivals of the same weekday, week after week; the last count is that of `last`."""
    for back, count in enumerate(reversed(counts)):
        if count:
            day(last - timedelta(weeks=back), count, **told)
