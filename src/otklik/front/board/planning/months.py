"""The month of an address, as 2026-10."""

import re
from datetime import date

from django.http import HttpRequest, QueryDict

from otklik.team.indicators.period import Period, Span

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


def month_of(text: str) -> Period | None:
    found = MONTH.fullmatch(text)
    return Period(Span.MONTH, date(int(found[1]), int(found[2]), 1)) if found else None


def chosen_month(request: HttpRequest, usual: Period | None = None) -> Period:
    """What the address names and has begun, else the usual or the running one."""
    now = Period.now(Span.MONTH)
    asked = month_of(request.GET.get("month", ""))
    return asked if asked and asked.first <= now.first else usual or now


def key_of(period: Period) -> str:
    return f"{period.first:%Y-%m}"


def from_to(period: Period) -> QueryDict:
    """The same time in the addresses of metrics."""
    asked = QueryDict(mutable=True)
    asked["first"] = period.first.isoformat()
    asked["last"] = date.fromordinal(period.ends.toordinal() - 1).isoformat()
    return asked
