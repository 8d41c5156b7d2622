"""Quarters in the days of the organisation; a quarter is named by its first day."""

from datetime import date, timedelta

from otklik.team.metrics.days import today


def quarter_of(day: date) -> date:
    """The first day of the quarter that the day is in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def this_quarter() -> date:
    return quarter_of(today())


def moved(quarter: date, by: int) -> date:
    """So many quarters later, or earlier."""
    months = quarter.year * 12 + quarter.month - 1 + 3 * by
    return date(months // 12, months % 12 + 1, 1)


def last_day(quarter: date) -> date:
    return moved(quarter, 1) - timedelta(days=1)


def key_of(quarter: date) -> str:
    """2026-4 in an address."""
    return f"{quarter.year}-{(quarter.month + 2) // 3}"


def from_key(key: str) -> date | None:
    """None for what is no quarter."""
    year, _sign, number = key.partition("-")
    if not (len(year) == 4 and year.isdecimal() and number in ("1", "2", "3", "4") and 2000 <= int(year) <= 2100):
        return None
    return date(int(year), 3 * int(number) - 2, 1)
