"""Within how many business days each step of a review is to be done (METRICS Q5, SERVICE_PRACTICE 15)."""

from datetime import datetime

from otklik.core.calendar.models import BusinessCalendar

REVIEW_DAYS = 3
DISPUTE_DAYS = 5
DECIDE_DAYS = 5


def within(days: int, since: datetime) -> datetime:
    """The same time of the shift so many business days later."""
    return BusinessCalendar.objects.default().working_time().add_business_days(since, days)
