"""The course of a metric by day, ready for a chart, with what happened meanwhile."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from string import ascii_uppercase
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR

from otklik.core.ui import words
from otklik.core.ui.charts import Mark
from otklik.front.board.measured import telling
from otklik.front.board.noting.happenings import Happening
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import Question

type Values = list[float | None]
type Marked = list[tuple[str, Happening]]


def course(
    asked: Question, happened: Iterable[Happening] = (), *, whole: Figure | None = None, compare: bool = False
) -> dict[str, Any]:
    """Values by day as the screen shows them; with `compare` the period before in grey.  `whole` is its figure, asked
    for where it is not at hand.
    """
    days = asked.scope.days()
    values, base = _line(asked), _line(asked.before()) if compare else []
    return drawn(whole or layer.figure(asked), days, values, base, lettered(happened))


def drawn(whole: Figure, days: list[date], values: Values, base: Values, told: Marked) -> dict[str, Any]:
    """A course that is known, as the chart takes it."""
    return {
        "values": values,
        "base": base,
        "points": [words.date_of(day) for day in days],
        "labels": [words.date_of(days[0]), words.date_of(days[len(days) // 2]), words.date_of(days[-1])],
        **telling.on_chart(whole.metric.unit),
        "says": f"{whole.metric.name}: {telling.shown(whole)}",
        "marks": [Mark((one.on - days[0]).days, letter) for letter, one in told],
        "happened": told,
    }


def lettered(happened: Iterable[Happening]) -> Marked:
    return list(zip(ascii_uppercase, happened, strict=False))


def hours(asked: Question) -> list[tuple[str, Values]] | None:
    """How many came in each hour of each weekday, in the mean of these days; only of what is counted."""
    return of_a_week(layer.by_hour(asked), asked) if asked.metric.how == How.COUNT else None


def of_a_week(counts: list[list[int]], asked: Question) -> list[tuple[str, Values]]:
    """Counts by weekday and hour, in the mean of the days of each weekday; None where the period has none of it."""
    days = Counter(day.weekday() for day in asked.scope.days())
    return [
        (str(WEEKDAYS_ABBR[day]), [count / days[day] if days[day] else None for count in some])
        for day, some in enumerate(counts)
    ]


def scaled(figure: Figure | None) -> float | None:
    """In the unit of a chart."""
    if figure is None or figure.value is None:
        return None
    return figure.value * telling.FACTORS.get(figure.metric.unit, 1.0)


def _line(asked: Question) -> Values:
    return [scaled(figure) for _day, figure in layer.course(asked)]
