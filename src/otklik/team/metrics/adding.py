"""A sum of whole numbers that comes as one: a figure adds tens of thousands of rows, and each would be a Decimal."""

from typing import Any

from django.db.models import Aggregate, BigIntegerField


class WholeSum(Aggregate):
    """Of whole numbers; the sum fits into 64 bits too (in microseconds, 292,000 years)."""

    function = "SUM"
    template = "%(function)s(%(expressions)s)::bigint"
    output_field = BigIntegerField()

    @property
    def convert_value(self) -> Any:
        """The database gives an int already; Django would ask each one again."""
        return self._convert_value_noop  # type: ignore[attr-defined]
