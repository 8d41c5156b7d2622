"""The course of a metric by day, ready for a chart, with what happened meanwhile."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS_ABBR

from otklik.core.ui import words
from otklik.core.ui.charts.curves import Band
from otklik.front.board.measured import telling
from otklik.front.board.noting.happenings import Happening
from otklik.front.board.noting.marking import Marked, by_day, lettered, marks
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

FEWEST_SURE = 2
"""Days with an interval, below which there is no band."""

type Values = list[float | None]


def course(
    asked: Question,
    happened: Iterable[Happening] = (),
    *,
    whole: Figure | None = None,
    base: Scope | None = None,
    change: date | None = None,
) -> dict[str, Any]:
    """Values by day as the screen shows them; those of `base` in grey.  `whole` is its figure, asked for where it is
    not at hand; around the day of a `change` stand the means before and after it.
    """
    days = asked.scope.days()
    figures = [figure for _day, figure in layer.course(asked)]
    was = [settled(figure) for _day, figure in layer.course(replace(asked, scope=base))] if base else []
    found = drawn(whole or layer.figure(asked), days, figures, was, lettered(happened))
    return {**found, "split": None if change is None else (change - days[0]).days}


def drawn(
    whole: Figure, days: list[date], figures: Sequence[Figure | None], base: Values, told: Marked
) -> dict[str, Any]:
    """A course that is known, as the chart takes it: with the interval of each day, where enough days have one.

    Days of too few readings are no part of the line (METRICS C1): one case of one is no 100 %.  Day stands above day:
    fewer days of `base` end before the others do.
    """
    return {
        "values": [settled(figure) for figure in figures],
        "few": [scaled(figure) if is_few(figure) else None for figure in figures],
        "base": [*base, *([None] * (len(days) - len(base)))] if base else base,
        "band": band(figures),
        "points": [words.date_of(day) for day in days],
        "labels": [words.date_of(days[0]), words.date_of(days[len(days) // 2]), words.date_of(days[-1])],
        **telling.on_chart(whole.metric.unit),
        "says": f"{whole.metric.name}: {telling.shown(whole)}",
        "marks": marks(told, by_day(days[0])),
        "breaks": [(one.on - days[0]).days for _letter, one in told if one.series],
        "happened": told,
    }


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


def is_few(figure: Figure | None) -> bool:
    """Whether it is of so little that nothing is to be read from it (METRICS C1)."""
    return figure is not None and figure.status == "hidden"


def settled(figure: Figure | None) -> float | None:
    """In the unit of a chart, where it is of enough for a line."""
    return None if is_few(figure) else scaled(figure)


def band(figures: Sequence[Figure | None]) -> Band:
    """How sure each day is; () where fewer than two days are sure of anything, and of what is no sample."""
    found = [_bounds(figure) for figure in figures]
    return found if sum(one is not None for one in found) >= FEWEST_SURE else ()


def _bounds(figure: Figure | None) -> tuple[float, float] | None:
    if figure is None or figure.lo is None or figure.hi is None or figure.status in ("hidden", "undefined"):
        return None
    factor = telling.FACTORS.get(figure.metric.unit, 1.0)
    return figure.lo * factor, figure.hi * factor
