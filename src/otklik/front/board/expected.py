"""What will come today and tomorrow, beside what came so far: a chart of hours, and a row for each line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.core.formulas.ladder import HOURS, HourForecast
from otklik.core.staff.models import Team, User
from otklik.core.ui import words
from otklik.front.board import missed
from otklik.front.board.noting.happenings import Happening
from otklik.front.board.noting.marking import during, lettered, marks_of
from otklik.team.metrics import forecasting

FEW = 10
METHODS: dict[str, str | LazyText] = {
    "naive": gettext_lazy("as a week before"),
    "mean": gettext_lazy("the mean of the last six such weekdays"),
    "holt_winters": gettext_lazy("by trend and weekday (Holt–Winters)"),
}


@dataclass(frozen=True)
class Row:
    """One line: what came today, what was expected by now, the whole day and tomorrow; "" is not enough history."""

    name: str
    came: int
    by_now: str
    today: str
    tomorrow: str
    wape: str
    bias: str = ""
    mase: str = ""


def page_of(user: User, lines: Sequence[Team], now: datetime, *, events: bool = True) -> dict[str, Any]:
    """One statement for today, and two more where nothing is remembered of the weeks before; with `events` what
    happened today and tomorrow, too.
    """
    here = timezone.localtime(now)
    today, numbers = here.date(), [team.pk for team in lines]
    told = forecasting.expected(numbers, now)
    came = forecasting.arrivals(numbers, today, today + timedelta(days=1))
    of_line = {team.pk: list(came[team.pk][today]) if team.pk in came else [0] * HOURS for team in lines}
    so_far = [sum(hours) for hours in zip(*of_line.values(), strict=True)] or [0] * HOURS
    whole, free = told.of[None], told.free[None]
    rows = [_row(team.name, of_line[team.pk], told.of[team.pk], told.free[team.pk], here) for team in lines]
    return {
        "chart": _chart(so_far, whole, free, here) | _marked(user, today, numbers, events=events)
        if whole["method"]
        else None,
        "says": _says(so_far, whole, free, here),
        "method": METHODS.get(whole["method"] or "", ""),
        "missed": missed.says(whole),
        "defined": missed.DEFINED,
        "rows": rows,
    }


def _row(name: str, came: list[int], told: HourForecast, free: list[bool], here: datetime) -> Row:
    if not told["method"]:
        return Row(name, sum(came), "", "", "", "")
    return Row(
        name,
        sum(came),
        "" if free[0] else _number(_by_now(told, here)),
        _day(told, 0, free),
        _day(told, 1, free),
        missed.wape(told),
        missed.bias(told),
        missed.mase(told),
    )


def _number(value: float) -> str:
    """Of few requests a part matters, of many it is noise."""
    return words.number(value, 1 if 0 < value < FEW else 0)


def _day(told: HourForecast, step: int, free: list[bool]) -> str:
    """A whole day with its band."""
    if free[step]:
        return _("a special day")
    lo, hi = told["days_lo"][step], told["days_hi"][step]
    said = _number(told["days"][step])
    return said if lo is None or hi is None else f"{said} ({_number(lo)}…{_number(hi)})"


def _by_now(told: HourForecast, here: datetime) -> float:
    """Hours that are over, and of the running one its part."""
    hours = told["hours"][0]
    return sum(hours[: here.hour]) + hours[here.hour] * here.minute / 60


def _says(came: list[int], told: HourForecast, free: list[bool], here: datetime) -> str:
    total = sum(came)
    said = ngettext("%(came)s request came today", "%(came)s requests came today", total)
    so_far = said % {"came": words.number(total)}
    if not told["method"] or free[0]:
        return so_far
    asked = {"so_far": so_far, "by_now": _number(_by_now(told, here)), "day": _day(told, 0, free)}
    return _("%(so_far)s, %(by_now)s were expected by now; the whole day: %(day)s") % asked


def _chart(came: list[int], told: HourForecast, free: list[bool], here: datetime) -> dict[str, Any]:
    """Hours that are over, and the forecast of all; a special day is a gap."""
    days = range(forecasting.AHEAD)
    known = [float(n) for n in came[: here.hour]]
    ahead = [None if free[step] else value for step in days for value in told["hours"][step]]
    band = [
        None if free[step] or lo is None or hi is None else (lo, hi)
        for step in days
        for lo, hi in zip(told["lo"][step], told["hi"][step], strict=True)
    ]
    called = (_("today"), _("tomorrow"))
    return {
        "values": [*known, *[None] * (HOURS * forecasting.AHEAD - len(known))],
        "base": ahead,
        "band": band if any(band) else [],
        "labels": ["0:00", "12:00", _("tomorrow"), "12:00", "24:00"],
        "points": [f"{called[step]}, {hour}:00" for step in days for hour in range(HOURS)],
    }


def _marked(user: User, today: date, lines: Sequence[int], *, events: bool) -> dict[str, Any]:
    """What is known to the hour stands at its hour, all else where its day begins."""
    last = today + timedelta(days=forecasting.AHEAD - 1)
    some = [one for one in during(user, today, last) if one.team in (None, *lines)] if events else []
    told = lettered(some)
    return {"marks": marks_of((letter, _hour(one, today)) for letter, one in told), "happened": told}


def _hour(one: Happening, today: date) -> int:
    hour = timezone.localtime(one.at).hour if one.at else 0
    return (one.on - today).days * HOURS + hour
