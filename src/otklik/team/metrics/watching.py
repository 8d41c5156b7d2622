"""Time of the service's components, day by day, put into figures (METRICS I5, I6).

What is lost on a day is reckoned by the room of the status page; days add up to any period, so a course, a window and
a month have one definition.  Of a period in which less than a day is known of a component nothing is told of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from otklik.care.status import clients, figures
from otklik.care.status.figures import Record
from otklik.care.status.models import Component
from otklik.core.formulas.instants import elapsed
from otklik.core.journal import clock
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer.once import once
from otklik.team.metrics.layer.recorded import Item
from otklik.team.metrics.scope import Scope


def worked(scope: Scope) -> Iterator[Item]:
    """Of each component and day the microseconds that it worked, of those that are known."""
    components, known = _read(scope)
    yield from _days(known, components)


def for_clients(scope: Scope) -> Iterator[Item]:
    """The same times the clients who have its product in the period; of other components nobody knows whom they
    concern.
    """
    every, known = _read(scope)
    components = [one for one in every if one.product_id]
    until = max(scope.start, min(scope.end, clock.now()))
    held = clients.holders([one.product_id for one in components if one.product_id], scope.start, until)
    for one in components:
        if many := held.get(one.product_id or 0, 0):
            for item in _days(known, [one], clients=many):
                yield Item(item.at, item.record, None, item.good * many, item.of * many)


def left(scope: Scope) -> Iterator[Item]:
    """What may be lost on each day of the period, those to come as well, and what of it was not."""
    components, known = _read(scope)
    lost: dict[tuple[int, date], int] = {}
    for one in components:
        told = list(_days(known, [one]))
        lost |= {(item.record, day_of(item.at)): item.of - item.good for item in told}
        allowed = 1 - float(one.target) / 100
        for day in _spans(scope, one) if told else ():
            budget = round(allowed * elapsed(day.starts, day.ends) * SECOND)
            yield Item(day.starts, one.pk, None, budget - lost.get((one.pk, day_of(day.starts)), 0), budget)


def _read(scope: Scope) -> tuple[list[Component], Record]:
    def read() -> tuple[list[Component], Record]:
        components = list(Component.objects.in_order())
        return components, figures.record(components, scope.start, scope.end)

    return once(("components", scope.start, scope.end), read)


@dataclass(frozen=True)
class _Day:
    starts: datetime
    ends: datetime


def _spans(scope: Scope | Record, component: Component) -> Iterator[_Day]:
    """The days of the period since the component is watched."""
    start = max(scope.start, component.since)
    while start < scope.end:
        after = min(scope.end, midnight(day_of(start) + timedelta(days=1)))
        yield _Day(start, after)
        start = after


def _days(known: Record, components: Sequence[Component], clients: int | None = None) -> Iterator[Item]:
    """A day on which nothing happened is whole and needs no reckoning."""
    for one in components:
        if not known.of(one).is_enough:
            continue
        touched = [(outage.began_at, outage.ended_at or known.end) for outage in known.outages.get(one.pk, ())]
        touched += known.excluded.get(one.pk, [])
        for day in _spans(known, one):
            ends = min(day.ends, clock.now())
            if ends <= day.starts:
                break
            if any(since < ends and until > day.starts for since, until in touched):
                found = known.of(one, day.starts, ends, clients)
                base, down = found.base_s, found.down_s
            else:
                base, down = elapsed(day.starts, ends), 0.0
            whole = round(base * SECOND)
            yield Item(day.starts, one.pk, None, whole - round(down * SECOND), whole)
