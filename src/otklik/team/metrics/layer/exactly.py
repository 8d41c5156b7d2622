"""Medians of readings with their intervals, in one walk through the readings.

Each bound is one of the ordered readings (METRICS C3), and which of them, only their number says: ranks asked for
after it walked the whole period of a measure twice more for each figure.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from otklik.core.formulas.proportions import z_of
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Metric

MEDIANS = """
SELECT one.key, one.n, one.half, one.most, one.ordered[place.low], one.ordered[one.n + 1 - place.low]
FROM (SELECT r.key, count(*)::int AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY r.value) AS half,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY r.value) AS most, array_agg(r.value ORDER BY r.value) AS ordered
    FROM ({readings}) AS r (key, value) GROUP BY r.key) AS one,
    LATERAL (SELECT trunc(one.n / 2.0::float8 - %s * sqrt(one.n::float8) / 2)::int AS low) AS place
"""
"""`low` is `question.place_of_bound`; no reading has the place 0, and so few have no bounds."""


class Median(NamedTuple):
    """Of so many readings, in seconds: the median, what nine of ten do not exceed, the interval of the median."""

    n: int
    half: float
    most: float
    lo: float | None
    hi: float | None

    def figure(self, metric: Metric) -> Figure:
        return Figure(metric, self.n, self.half, self.lo, self.hi, p90=self.most)


def medians(readings: QuerySet[Any]) -> Mapping[Any, Median]:
    """By the first of the two columns that `readings` list, of the second: a length in microseconds."""
    statement, told = readings.order_by().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(MEDIANS.replace("{readings}", statement), [*told, z_of(0.95)])
        return {
            key: Median(n, half / SECOND, most / SECOND, _seconds(lo), _seconds(hi))
            for key, n, half, most, lo, hi in cursor.fetchall()
        }


def _seconds(value: int | None) -> float | None:
    return None if value is None else value / SECOND
