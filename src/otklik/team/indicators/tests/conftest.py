"""Readings of people and lines, said in numbers, and the plan of METRICS P7."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.indicators.models import Indicator, Of, Scheme
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading
from otklik.team.metrics.observing import KEPT
from otklik.team.metrics.seen import Seen
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

MAY = date(2026, 5, 1)
IN_MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)
IN_JUNE = datetime(2026, 6, 9, 9, tzinfo=UTC)

type Read = Callable[..., None]
"""`read(Measure.SCORE, good=93, of=100)`: so many readings of a person in May, `good` of them count."""

KINDS = {Measure.SCORE: (5, 2), Measure.COMMITMENT: (1, 0), Measure.PROMISE: (KEPT, KEPT + 1)}


@pytest.fixture
def read(writes: Write, line_one: Team, anna: User) -> Read:
    ticket = writes()
    count_facts()  # what is read here stands beside the journal: nothing may count the request anew
    seen: Counter[Seen] = Counter()

    def add(
        measure: Measure,
        *,
        good: int,
        of: int,
        person: User | None = anna,
        team: Team = line_one,
        at: datetime = IN_MAY,
    ) -> None:
        for place in range(of):
            kind = KINDS[measure][0 if place < good else 1]
            rest = (team.pk, person.pk if person else None, "email", None, None, None, ticket.contact_id, None)
            value = kind if measure == Measure.SCORE else 0
            seen[Seen(measure.value, at + timedelta(minutes=place), value, kind, *rest)] += 1
        Reading.objects.replace({ticket.pk: seen})

    return add


def planned(head: User, metric: str, **told: Any) -> Indicator:
    """An indicator since the first of May."""
    names = ("floor", "target", "stretch", "weight", "fewest")
    figures = {name: told.pop(name) for name in names if name in told}
    figures["weight"] = Decimal(str(figures["weight"]))
    with clock.at(IN_MAY):
        indicator = Indicator(metric=metric, made_by=head, **told)
        indicator.plan(by=head, starts_on=MAY, **figures)
    return indicator


@pytest.fixture
def four(anna: User, head: User, line_one: Team) -> list[Indicator]:
    """P7: satisfied .30, (in place of reviews) dates of one's own .30, commitments .25, dates of the line .15."""
    own = {"person": anna, "of": Of.OWN}
    line = {"person": anna, "of": Of.LINE, "team": line_one}
    return [
        planned(head, "csat.t2b", floor=0.80, target=0.90, weight=30, **own),
        planned(head, "promise.kept", floor=0.70, target=0.90, weight=30, **own),
        planned(head, "sla.attainment", floor=0.85, target=0.95, weight=25, **own),
        planned(head, "promise.kept", floor=0.80, target=0.95, weight=15, **line),
    ]


@pytest.fixture
def may(read: Read, ilya: User) -> None:
    """Anna: CSAT 93 of 100, dates 86 of 100, commitments 94 of 100; dates of the line 184 of 200 with Ilya's."""
    read(Measure.SCORE, good=93, of=100)
    read(Measure.PROMISE, good=86, of=100)
    read(Measure.COMMITMENT, good=94, of=100)
    read(Measure.PROMISE, good=98, of=100, person=ilya)


@pytest.fixture
def scheme(head: User) -> Scheme:
    """12 000 ₽ for agents, approved by the head."""
    made = Scheme(name="Агенты", base=Decimal(12_000), approver=head, starts_on=MAY)
    with clock.at(IN_MAY):
        made.make(by=head)
    return made
