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
    """PostgreSQL's percentile_disc: one of the values themselves; `share` may differ from group to group."""

    function = "PERCENTILE_DISC"
    output_field = FloatField()
    arity = 2

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        value, share = (compiler.compile(one) for one in self.get_source_expressions()[:2])
        return f"PERCENTILE_DISC({share[0]}) WITHIN GROUP (ORDER BY {value[0]})", (*share[1], *value[1])
