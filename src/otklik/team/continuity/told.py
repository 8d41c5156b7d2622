"""What this room tells by the name of the layer (METRICS G7)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from otklik.team.continuity.models import Drill
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer.recorded import Item
from otklik.team.metrics.layer.told import tells
from otklik.team.metrics.scope import Scope


def tell() -> None:
    tells("continuity", records=_drills)


def _drills(scope: Scope) -> Iterator[Item]:
    """On the day on which they were due, or, held before it, on the day on which they were held."""
    first, last = day_of(scope.start), min(day_of(scope.end), today() + timedelta(days=1))
    due = Q(due_on__gte=first, due_on__lt=last)
    early = Q(due_on__gt=today(), held_on__gte=first, held_on__lt=last)
    for one in Drill.objects.filter(due | early).select_related("scenario"):
        day = one.due_on if one.due_on <= today() else one.held_on
        if day is not None:
            yield Item(midnight(day), one.scenario_id, None, good=int(one.passed is True))
