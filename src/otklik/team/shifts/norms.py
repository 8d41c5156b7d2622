"""The norm of hours of an accounting period, by the production calendar of Russia (order 588n, 2009)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from otklik.core.calendar.russia import production_year
from otklik.core.formulas import month_norm
from otklik.team.shifts.hours import Span

DAY = timedelta(days=1)
WEEK_DAYS = 5


def period_of(day: date, months: int) -> tuple[date, date]:
    """The accounting period of so many months in which this day lies: its first day and the first after it."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    end = date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    return first, end


def norm(first: date, end: date, week_hours: float, away: Iterable[Span] = ()) -> float:
    """Hours of these days; a working day of which the person is away from beginning to end is none of theirs."""
    gone = {day for since, until in away for day in _days(_from(since), until.date())}
    working = [kind for day in _days(first, end) if day not in gone and (kind := _kind(day)) != "off"]
    return month_norm(len(working), working.count("short"), week_hours)


def _from(since: datetime) -> date:
    """The first day that lies in it as a whole."""
    return since.date() if since.time() == time() else since.date() + DAY


def _days(first: date, end: date) -> Iterable[date]:
    return (first + DAY * step for step in range((end - first).days))


def _kind(day: date) -> str:
    """ "work", "short" or "off"."""
    return _special(day.year).get(day) or ("off" if day.weekday() >= WEEK_DAYS else "work")


@lru_cache(maxsize=16)
def _special(year: int) -> dict[date, str]:
    try:
        days = production_year(year).days
    except ValueError:
        return {}
    return {day: "off" if not one.works else "short" if one.is_short else "work" for day, one in days.items()}
