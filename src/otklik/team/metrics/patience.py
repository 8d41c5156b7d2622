"""How long callers wait before they hang up, in the mean: what a line with losses is planned by (METRICS W4)."""

from django.db.models import Q, Sum

from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.days import day_of
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell
from otklik.team.metrics.models.cell import Side
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.speaking import ABANDONED, ANSWERED, IN_TIME
from otklik.team.metrics.sureness import HIDDEN

FROM = 0.03
"""With so many lost of those that came, a plan that knows no losses asks for too many people."""


def patience(scope: Scope) -> float | None:
    """Seconds: Σ all waits ÷ calls lost, of the sums of days; None of few lost calls."""
    rows = Cell.objects.filter(side=Side.WHOLE, day__gte=day_of(scope.start), day__lt=day_of(scope.end))
    if scope.teams is not None:
        rows = rows.filter(team_id__in=scope.teams)
    of_calls = Q(measure=Measure.WAIT)
    told = rows.filter(measure__in=[Measure.WAIT, Measure.QUEUE]).aggregate(
        came=Sum("n", filter=of_calls & Q(bucket__in=[IN_TIME, ANSWERED, ABANDONED]), default=0),
        lost=Sum("n", filter=of_calls & Q(bucket=ABANDONED), default=0),
        waited=Sum("total", filter=Q(measure=Measure.QUEUE), default=0),
    )
    if told["lost"] < max(HIDDEN, FROM * told["came"]):
        return None
    return float(told["waited"]) / SECOND / told["lost"]
