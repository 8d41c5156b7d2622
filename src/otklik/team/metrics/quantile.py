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


class OneOf(Aggregate):
    """PostgreSQL's percentile_disc: `OneOf(share, value)` is one of the values; the share may differ by group."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(expressions)s)"
    arg_joiner = ") WITHIN GROUP (ORDER BY "
    arity = 2
    output_field = FloatField()
