"""By when the law wants an answer."""

import calendar
from datetime import date, timedelta

from otklik.core.calendar.models import BusinessCalendar

WORKING_DAYS = 10
"""152-FZ, articles 20 and 21."""
FARTHEST = 366


def month_later(day: date) -> date:
    """GDPR, article 12: the same day of the next month, or its last one."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def working_days_later(day: date, count: int = WORKING_DAYS) -> date:
    """By the official days of the default calendar: what it closes does not count, what it opens does.

    A desk that works on Saturdays and Sundays still counts five days a week: terms of the law follow the common week.
    """
    special = {one.date: bool(one.windows) for one in BusinessCalendar.objects.default().exceptions.all()}
    found = day
    for _try in range(FARTHEST):
        if not count:
            break
        found += timedelta(days=1)
        count -= special.get(found, found.weekday() < 5)
    return found
