"""What will come today and tomorrow, beside what came so far: a chart of hours, and a row for each line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.core.formulas.ladder import HOURS, HourForecast
from otklik.core.staff.models import Team, User
from otklik.core.ui import words
from otklik.desk.channels.glyphs import glyph_of, name_of
from otklik.front.board import missed
from otklik.front.board.noting.happenings import Happening
from otklik.front.board.noting.marking import around, lettered, marks_of
from otklik.team.metrics import forecasting
from otklik.team.metrics.forecasting import Expected

FEW = 10
NEXT_HOURS = 4
METHODS: dict[str, str | LazyText] = {
    "naive": gettext_lazy("as a week before"),
    "mean": gettext_lazy("the mean of the last six such weekdays"),
    "holt_winters": gettext_lazy("by trend and weekday (Holt–Winters)"),
}


@dataclass(frozen=True)
class Soon:
    """What comes in each of the next hours (its name, and how many), of a line or of a kind of channel; none without
    enough history.  `error` is that of an hour in the last four weeks.
    """

    name: str
    hours: list[tuple[str, str]]
    error: str
    glyph: str = ""


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
    """One statement for today, and five more where nothing is remembered of the weeks before; with `events` what
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
        **_soon(lines, told, now, here),
    }


def _soon(lines: Sequence[Team], told: Expected, now: datetime, here: datetime) -> dict[str, Any]:
    """The running hour and those that follow it, into tomorrow: by line and by kind of channel."""
    places = [divmod(here.hour + ahead, HOURS) for ahead in range(NEXT_HOURS)]
    rows = [_hours(team.name, told.of[team.pk], told.free[team.pk], places) for team in lines]
    if len(lines) > 1:
        rows.insert(0, _hours(_("All lines"), told.of[None], told.free[None], places))
    kinds = forecasting.by_channel([team.pk for team in lines], now)
    channels = [
        _hours(capfirst(name_of(kind)), one, told.free[None], places, glyph_of(kind)) for kind, one in kinds.items()
    ]
    return {
        "soon": [row for row in (*rows, *channels) if row.hours],
        "soon_hours": [_called(hour) for _day_, hour in places],
    }


def _hours(name: str, told: HourForecast, free: list[bool], places: Sequence[tuple[int, int]], glyph: str = "") -> Soon:
    if not told["method"]:
        return Soon(name, [], "", glyph)
    hours = [(_called(hour), _("a special day") if free[day] else _hour(told, day, hour)) for day, hour in places]
    return Soon(name, hours, missed.of_hours(told), glyph)


def _hour(told: HourForecast, day: int, hour: int) -> str:
    return _banded(told["hours"][day][hour], told["lo"][day][hour], told["hi"][day][hour])


def _called(hour: int) -> str:
    return f"{hour}–{hour + 1}"


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
    return words.number(value, 1 if 0.05 <= value < FEW else 0)


def _day(told: HourForecast, step: int, free: list[bool]) -> str:
    """A whole day with its band."""
    if free[step]:
        return _("a special day")
    return _banded(told["days"][step], told["days_lo"][step], told["days_hi"][step])


def _banded(value: float, lo: float | None, hi: float | None) -> str:
    said = _number(value)
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
    """What is known to the hour stands at its hour of the reader's clock, all else where its day begins."""
    last = today + timedelta(days=forecasting.AHEAD - 1)
    some = [_here(one) for one in around(user, today, last) if one.team in (None, *lines)] if events else []
    on_chart = [one for one in some if today <= one.on <= last]
    told = lettered(sorted(on_chart, key=lambda one: _place(one, today)))
    return {"marks": marks_of((letter, _place(one, today)) for letter, one in told), "happened": told}


def _here(one: Happening) -> Happening:
    """On the day that the reader's clock had: hours of the chart are those of the reader."""
    return replace(one, on=timezone.localtime(one.at).date()) if one.at else one


def _place(one: Happening, today: date) -> int:
    hour = timezone.localtime(one.at).hour if one.at else 0
    return (one.on - today).days * HOURS + hour
