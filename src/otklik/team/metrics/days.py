"""Days of figures are those of the organisation, whoever reads them and wherever: sums are kept by these days.

A page is shown in the zone of its reader; a period, a course by day and what is frozen or paid are the same for all.
"""

from datetime import date, datetime, time, tzinfo

from django.utils import timezone

from otklik.core.journal import clock


def zone() -> tzinfo:
    return timezone.get_default_timezone()


def day_of(moment: datetime) -> date:
    return clock.house_day(moment)


def today() -> date:
    return clock.house_today()


def midnight(day: date) -> datetime:
    """Where a day begins."""
    return datetime.combine(day, time(), zone())
