"""A quantile that the database takes."""

from typing import Any

from django.db.models import Aggregate, FloatField


class Quantile(Aggregate):
    """PostgreSQL's percentile_cont, type 7 of Hyndman and Fan (METRICS C4)."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(q)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: Any, q: float, **extra: Any) -> None:
        super().__init__(expression, q=q, **extra)
