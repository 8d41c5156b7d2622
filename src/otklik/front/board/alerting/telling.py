"""An alert, its trial and its history as the pages show them."""

from collections.abc import Iterable
from datetime import date
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.front.board.measured import telling
from otklik.front.board.noting.happenings import Happening
from otklik.front.board.noting.marking import during, lettered, marks_of
from otklik.team.alerts import sentences
from otklik.team.alerts.judging import Finding
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.alerts.trying import Try
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.naming import SIDES, names


def rows(alerts: Iterable[Alert]) -> list[dict[str, Any]]:
    """What a list of alerts shows; as many statements for many as for few."""
    alerts = list(alerts)
    ringing = {one.alert_id: one for one in Ringing.objects.open().filter(alert__in=alerts)}
    called = parts(alerts)
    return [
        {
            "alert": one,
            "metric": one.measured.name,
            "where": where(one, called),
            "condition": sentences.condition(one),
            "state": sentences.state(one, ringing.get(one.pk)),
        }
        for one in alerts
    ]


def parts(alerts: Iterable[Alert]) -> dict[tuple[str, str], str]:
    """What the keys of their sides are called."""
    keys: dict[str, set[str]] = {}
    for one in alerts:
        if one.side:
            keys.setdefault(one.side, set()).add(one.key)
    return {(side, key): name for side, some in keys.items() for key, name in names(side, some).items()}


def where(alert: Alert, called: dict[tuple[str, str], str]) -> str:
    """The line, and the part of it."""
    line = alert.team.name if alert.team else _("All lines")
    if not alert.side:
        return line
    return f"{line}, {str(SIDES[alert.side]).lower()}: {called[alert.side, alert.key]}"


def trial(user: User, alert: Alert, told: Try | None, *, events: bool = True) -> dict[str, Any]:
    """The past with the limits, the days on which it would have begun to ring (capital letters), and with `events`
    what happened meanwhile (small ones).
    """
    if told is None:
        return {"says": _("What stands now has no past that is kept, so there is nothing to try it on.")}
    if not told.is_known:
        return {"says": _("Not enough data in the last 90 days to say when it would have rung.")}
    metric = alert.measured
    factor, first = telling.FACTORS.get(metric.unit, 1.0), told.found[0][0]
    marked = list(zip(ascii_uppercase, told.began[-len(ascii_uppercase) :], strict=False))
    days = [day for day, _one in told.found]
    begun = next((day for day, one in told.found if one.figure.n), days[-1])
    found = dict(told.found)
    some = during(user, days[0], days[-1]) if events else []
    happened = lettered((one for one in some if _is_of(alert, one)), ascii_lowercase)
    rung = [(letter, (day - first).days) for letter, day in marked]
    return {
        "says": sentences.times(len(told.began)),
        "chart": {
            "values": [
                _scaled(one.figure.value if day >= begun and _is_told(one) else None, factor) for day, one in told.found
            ],
            "says": f"{metric.name}: {sentences.times(len(told.began))}",
            "points": [words.date_of(day) for day in days],
            "labels": [words.date_of(day) for day in (days[0], days[len(days) // 2], days[-1])],
            **telling.on_chart(metric.unit),
            "base": [] if alert.is_anomaly else [_scaled(alert.bound, factor)] * len(days),
            "band": [_limits(one, factor) for _day, one in told.found] if alert.is_anomaly else [],
            "marks": marks_of([*rung, *((letter, (one.on - first).days) for letter, one in happened)]),
            "happened": happened,
        },
        "began": [_began(metric, letter, day, found[day]) for letter, day in marked],
    }


def _is_of(alert: Alert, one: Happening) -> bool:
    """What happened to the whole department, or to the line that is watched."""
    return alert.team_id is None or one.team in (None, alert.team_id)


def _is_told(one: Finding) -> bool:
    """A day with too little data is a gap, not a point that nothing rests on."""
    return one.holds is not None or one.figure.status not in ("undefined", "hidden")


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _limits(one: Finding, factor: float) -> tuple[float, float] | None:
    return None if one.lo is None or one.hi is None else (one.lo * factor, one.hi * factor)


def _began(metric: Metric, letter: str, day: date, one: Finding) -> dict[str, Any]:
    lo, hi = telling.value(metric, one.lo), telling.value(metric, one.hi)
    return {
        "letter": letter,
        "day": words.date_of(day),
        "value": telling.shown(one.figure),
        "limits": f"{lo} … {hi}" if one.lo is not None and one.hi is not None else lo if one.hi is None else hi,
        "made_of": telling.of_how_many(one.figure),
    }


def history(alert: Alert, ringings: Iterable[Ringing]) -> list[dict[str, Any]]:
    """Each with its figure, the limits it left, the page of the metric at that time and the requests behind it."""
    return [
        {
            "ringing": one,
            "value": telling.value(alert.measured, one.value),
            "limits": _left(alert, one),
            "metric": _address("board:metric", alert, _view(alert, one)),
            "behind": _address("board:behind_metric", alert, _view(alert, one, part=True)),
            "changed": one.definition != alert.measured.fingerprint,
        }
        for one in ringings
    ]


def _address(page: str, alert: Alert, asked: QueryDict) -> str:
    return f"{reverse(page, args=[alert.metric])}?{asked.urlencode()}"


def _left(alert: Alert, one: Ringing) -> str:
    told = sentences.limits(one)
    return f"{told['lo']} … {told['hi']}" if alert.is_anomaly else told["bound"]


def _view(alert: Alert, one: Ringing, *, part: bool = False) -> QueryDict:
    """The days of the figure, its line, and for the requests its part."""
    asked = QueryDict(mutable=True)
    if one.first and one.last:
        asked["first"], asked["last"] = one.first.isoformat(), one.last.isoformat()
    if alert.team_id:
        asked["team"] = str(alert.team_id)
    if alert.side:
        asked[alert.side if part else "by"] = alert.key if part else alert.side
    return asked
