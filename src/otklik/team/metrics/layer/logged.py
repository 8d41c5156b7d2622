"""When hours were counted in which requests hang: where nobody looked nothing is not zero."""

from datetime import date

from django.db.models.functions import TruncDate

from otklik.desk.tickets.models import HangingHour
from otklik.team.metrics.days import zone
from otklik.team.metrics.scope import Scope


def is_logged(scope: Scope) -> bool:
    return HangingHour.objects.filter(at__gte=scope.start, at__lt=scope.end).exists()


def days(scope: Scope) -> set[date]:
    """The local days of the scope of which an hour was looked at; one statement."""
    hours = HangingHour.objects.filter(at__gte=scope.start, at__lt=scope.end)
    return set(hours.annotate(day=TruncDate("at", tzinfo=zone())).values_list("day", flat=True).distinct())
