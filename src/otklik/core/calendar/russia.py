"""Russia's production calendar of one year: days off, moved working days, short days before holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

DAY = timedelta(days=1)
type Rows = tuple[Any, ...]
"""Moved days of one year as the library has them: one row, or a tuple of rows."""


@dataclass(frozen=True, slots=True)
class ProductionDay:
    """A date that differs from its week.  A moved working day has the hours of `like`."""

    name: str
    works: bool = False
    is_short: bool = False
    like: date | None = None


@dataclass(frozen=True, slots=True)
class ProductionYear:
    days: dict[date, ProductionDay]
    is_final: bool
    """The government has published which days are moved."""


def production_year(year: int) -> ProductionYear:
    """The days of a year between 1992 and 2099 that differ, named in the reader's language; ValueError for another."""
    if not 1992 <= year <= 2099:
        raise ValueError(f"no production calendar for {year}")
    from holidays.countries.russia import Russia

    off = Russia(years=year, language="ru" if (get_language() or "").startswith("ru") else "en_US")
    published: dict[int, Rows] = off.special_public_holidays
    moved = {free: worked for of, rows in published.items() for free, worked in _moved(of, rows)}
    legal = Russia(years=(year, year + 1), observed=False).keys() - moved.keys()
    eves = {day - DAY for day in legal}
    days = {day: ProductionDay(name) for day, name in off.items()}
    for day in eves - off.keys():
        if day.year == year:
            days[day] = ProductionDay(_("Short day before a holiday"), works=True, is_short=True)
    for free, day in moved.items():
        if day.year == year and day not in off:
            name = _("Working day instead of %(date)s") % {"date": f"{free:%d.%m.%Y}"}
            days[day] = ProductionDay(name, works=True, is_short=free in eves or day in eves, like=free)
    return ProductionYear(days, is_final=year in published)


def _moved(year: int, rows: Rows) -> Iterator[tuple[date, date]]:
    """Weekdays made free and the days off in exchange; a row is (month, day, month, day, year if another)."""
    for row in (rows,) if rows and isinstance(rows[0], int) else rows:
        match row:
            case (int(month), int(day), int(from_month), int(from_day), *rest):
                yield date(year, month, day), date(rest[0] if rest else year, from_month, from_day)
