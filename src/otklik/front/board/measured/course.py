"""The course of a metric by day, ready for a chart, with what happened meanwhile."""

from collections.abc import Iterable
from datetime import date
from string import ascii_uppercase
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.core.ui.charts import Mark
from otklik.front.board.measured import telling
from otklik.front.board.noting.happenings import Happening
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How, Unit
from otklik.team.metrics.layer.question import Question


def course(asked: Question, happened: Iterable[Happening] = (), *, compare: bool = False) -> dict[str, Any]:
    """Values by day as the screen shows them; with `compare` the period before in grey."""
    unit = asked.metric.unit
    days = asked.scope.days()
    told = list(zip(ascii_uppercase, happened, strict=False))
    return {
        "values": _line(asked, days),
        "base": _line(asked.before(), asked.scope.before().days()) if compare else [],
        "points": [words.date_of(day) for day in days],
        "labels": [words.date_of(days[0]), words.date_of(days[len(days) // 2]), words.date_of(days[-1])],
        "unit": {Unit.SPAN: _("min"), Unit.SHARE: "%"}.get(unit, ""),
        "digits": 2 if unit in (Unit.POINTS, Unit.TIMES) else 0,
        "says": f"{asked.metric.name}: {telling.shown(layer.figure(asked))}",
        "marks": [Mark((one.on - days[0]).days, letter) for letter, one in told],
        "happened": told,
    }


def hours(asked: Question) -> list[tuple[str, list[float | None]]] | None:
    """How many came in each hour of each weekday, in the mean of a week; only of what is counted."""
    if asked.metric.how != How.COUNT:
        return None
    weeks = len(asked.scope.days()) / 7
    return [
        (str(WEEKDAYS_ABBR[day]), [count / weeks for count in counts])
        for day, counts in enumerate(layer.by_hour(asked))
    ]


def _line(asked: Question, days: list[date]) -> list[float | None]:
    factor = telling.FACTORS.get(asked.metric.unit, 1.0)
    found: dict[date, Figure] = layer.by_day(asked)
    told = [found[day].value if day in found else None for day in days]
    return [None if value is None else value * factor for value in told]
