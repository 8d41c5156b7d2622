"""What rooms below this one tell of a period or of now, by the names of the layer (`layer.told`)."""

from collections.abc import Iterator
from datetime import timedelta

from otklik.care.knowledge import figures
from otklik.desk.tickets.models import Change
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer.recorded import Item
from otklik.team.metrics.layer.told import Reading, share, tells
from otklik.team.metrics.scope import Scope


def tell() -> None:
    tells("change.lead", records=_carried_out)
    tells("change.failed", records=_ended)
    tells("kb.unmet", records=_searches)
    tells("kb.freshness", now=_fresh)


def _carried_out(scope: Scope) -> Iterator[Item]:
    for one in _changes(scope):
        if one.lead_time is not None and one.ended_at:
            yield Item(one.ended_at, one.pk, one.ticket.team_id, seconds=one.lead_time.total_seconds())


def _ended(scope: Scope) -> Iterator[Item]:
    for one in _changes(scope):
        if one.ended_at:
            yield Item(one.ended_at, one.pk, one.ticket.team_id, good=int(one.state != Change.State.DONE))


def _changes(scope: Scope) -> list[Change]:
    """Of the lines of the scope."""
    ended = Change.objects.filter(ended_at__gte=scope.start, ended_at__lt=scope.end).select_related("ticket")
    return list(ended if scope.teams is None else ended.filter(ticket__team__in=scope.teams))


def _searches(scope: Scope) -> Iterator[Item]:
    """Of clients, a sum for each day: nobody knows who searched."""
    for one in figures.unmet(day_of(scope.start), day_of(scope.end) - timedelta(days=1)):
        yield Item(midnight(one.day), one.day.toordinal(), None, one.vain, one.all)


def _fresh(scope: Scope) -> Reading:
    return share(*figures.fresh(today()))
