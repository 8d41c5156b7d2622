"""Since when hours are counted in which requests hang: before that nobody looked, and nothing is not zero."""

from datetime import date

from otklik.desk.tickets.models import HangingHour
from otklik.team.metrics.days import day_of
from otklik.team.metrics.scope import Scope


def is_logged(scope: Scope) -> bool:
    return HangingHour.objects.filter(at__gte=scope.start, at__lt=scope.end).exists()


def since() -> date:
    """The first day; one that never comes when no hour was counted yet."""
    first = HangingHour.objects.order_by("at").values_list("at", flat=True).first()
    return day_of(first) if first else date.max
