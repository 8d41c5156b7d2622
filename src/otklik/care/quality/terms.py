"""Terms are in business days of the usual calendar (METRICS Q5, SERVICE_PRACTICE 15); `ReviewPolicy` says how many."""

from datetime import datetime

from otklik.core.calendar.models import BusinessCalendar


def within(days: int, since: datetime) -> datetime:
    """The same time of the shift so many business days later."""
    return BusinessCalendar.objects.default().working_time().add_business_days(since, days)
