"""A figure from several sides at once: what sums of days do not tell is read in one walk through the readings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection

from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import worded
from otklik.team.metrics.layer.figure import Counts, Figure, counted
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import SIDES, Question

COUNTED = """
SELECT s.side, s.key, r.kind, count(*), sum(r.value)::bigint FROM ({readings}) AS r (kind, value, {columns}),
    LATERAL (VALUES {sides}) AS s (side, key)
WHERE s.key IS NOT NULL GROUP BY 1, 2, 3
"""
MEDIANS = """
SELECT s.side, s.key, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY r.value),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY r.value) FROM ({readings}) AS r (kind, value, {columns}),
    LATERAL (VALUES {sides}) AS s (side, key)
WHERE s.key IS NOT NULL GROUP BY 1, 2
"""


def by_sides(question: Question, sides: Collection[str]) -> dict[str, Mapping[str, Figure]]:
    """`layer.by_side` of each of these sides."""
    several = _walked(question, sides) if len(sides) > 1 else []
    walked = _of_readings(question, several) if len(several) > 1 else {}
    return {side: walked[side] if side in walked else layer.by_side(question, side) for side in sides}


def _walked(question: Question, sides: Collection[str]) -> list[str]:
    """From which sides readings are read: those that no sum knows, and medians of so few that they are exact.

    Answers to several wordings are told apart by another statement for each side.
    """
    metric = question.metric
    if not metric.is_read or metric.measure in worded.OF:
        return []
    summed = [side for side in sides if layer.held_by_cells(question, side)]
    if summed and layer.held_by_cells(question, "") and layer.is_exact(question, layer.counts(question)[""]):
        summed = []
    return [side for side in sides if side not in summed]


def _of_readings(question: Question, sides: Collection[str]) -> dict[str, dict[str, Figure]]:
    metric = question.metric
    if metric.how != How.MEDIAN:
        return _counted(question, sides)
    found: dict[str, dict[str, Figure]] = {side: {} for side in sides}
    for side, key, n, half, most in _rows(MEDIANS, question, sides):
        found[side][key] = Figure(metric, n, half / SECOND, p90=most / SECOND)
    return found


def _counted(question: Question, sides: Collection[str]) -> dict[str, dict[str, Figure]]:
    of: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    totals: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for side, key, kind, n, total in _rows(COUNTED, question, sides):
        of[side, key][kind], totals[side, key][kind] = n, total
    found: dict[str, dict[str, Figure]] = {side: {} for side in sides}
    for (side, key), some in of.items():
        found[side][key] = counted(question.metric, Counts(some, totals[side, key]))
    return found


def _rows(statement: str, question: Question, sides: Iterable[str]) -> list[tuple[Any, ...]]:
    columns = [SIDES[side] for side in sides]
    rows = layer.behind(question).order_by().values_list("kind", "value", *columns)
    readings, told = rows.query.sql_with_params()
    pairs = ", ".join(f"('{side}', r.{SIDES[side]}::text)" for side in sides)
    statement = statement.replace("{columns}", ", ".join(columns)).replace("{sides}", pairs)
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{readings}", readings), told)
        return cursor.fetchall()
