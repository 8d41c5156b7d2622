"""Who left within a period: their figures end with their last day, and so does what they are paid for."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal.models import Entry
from otklik.team.indicators.period import Period
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.scope import Scope

LEFT, RETURNED = "staff.PersonLeft", "staff.PersonReturned"


def left_within(period: Period) -> dict[int, date]:
    """The last day of each person who left in the period and had not come back at its end."""
    scope = period.scope()
    told = Entry.objects.filter(kind__in=(LEFT, RETURNED), about="person", at__gte=scope.start, at__lt=scope.end)
    last = {pk: (kind, at) for pk, kind, at in told.order_by("id").values_list("about_id", "kind", "at") if pk}
    return {pk: day_of(at) for pk, (kind, at) in last.items() if kind == LEFT}


def worked(period: Period, last: date | None) -> Scope:
    """The period, up to the end of the last day of whoever left."""
    scope = period.scope()
    return scope if last is None else replace(scope, end=_end_of(last))


def share_of(period: Period, last: date, calendar: BusinessCalendar) -> Decimal:
    """How much of the working time of the period lay before the end of this day; of days where nobody works any."""
    start, end, left = midnight(period.first), midnight(period.ends), _end_of(last)
    hours = calendar.working_time()
    whole, worked = hours.seconds(start, end), hours.seconds(start, left)
    if not whole:
        whole, worked = (end - start).total_seconds(), (left - start).total_seconds()
    return min(Decimal(1), Decimal(str(worked)) / Decimal(str(whole)))


def _end_of(day: date) -> datetime:
    return midnight(day + timedelta(days=1))
