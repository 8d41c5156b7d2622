"""Values of columns at the price of a look at their type.

A field of the ORM prepares each value as if it could be anything: text that is translated later, an expression, a
number in letters.  Most are of the very type that the column holds, and go to the driver as they are.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from psycopg.types.numeric import Int2, Int4, Int8

type Take = Callable[[models.Model, bool], Any]
"""The value of one column of a row, as the driver wants it; whether the row is a new one."""

WORDS = (models.CharField, models.TextField)
# The driver is told how wide a number is, or each size of number would be another statement for the database.
NUMBERS: dict[type[models.Field], Callable[[int], int]] = {
    models.SmallIntegerField: Int2,
    models.PositiveSmallIntegerField: Int2,
    models.IntegerField: Int4,
    models.PositiveIntegerField: Int4,
    models.AutoField: Int4,
    models.BigIntegerField: Int8,
    models.PositiveBigIntegerField: Int8,
    models.BigAutoField: Int8,
}


@cache
def taking(field: models.Field) -> Take:
    """How to take the value of this field from a row."""
    kind = type(field.target_field) if isinstance(field, models.ForeignKey) else type(field)
    if kind in WORDS:
        return _same(field, str)
    if kind is models.BooleanField:
        return _same(field, bool)
    if kind is models.DateTimeField and not (field.auto_now or field.auto_now_add):  # type: ignore[attr-defined]
        return _moment(field)
    if kind is ArrayField and type(field.base_field) in NUMBERS:  # type: ignore[attr-defined]
        return _numbers(field)
    if kind is ArrayField and type(field.base_field) in WORDS:  # type: ignore[attr-defined]
        return _words(field)
    return _number(field, NUMBERS[kind]) if kind in NUMBERS else _prepared(field)


def _prepared(field: models.Field) -> Take:
    """As the ORM does it."""
    return lambda row, new: field.get_db_prep_save(field.pre_save(row, new), connection)


def _same(field: models.Field, wanted: type) -> Take:
    name, prepared = field.attname, _prepared(field)

    def take(row: models.Model, new: bool) -> Any:
        value = getattr(row, name)
        return value if value is None or type(value) is wanted else prepared(row, new)

    return take


def _number(field: models.Field, wide: Callable[[int], int]) -> Take:
    name, prepared = field.attname, _prepared(field)

    def take(row: models.Model, new: bool) -> Any:
        value = getattr(row, name)
        if value is None:
            return None
        return wide(value) if type(value) is int else prepared(row, new)

    return take


def _numbers(field: models.Field) -> Take:
    """Many of them as one text: each by itself would be asked for its width, and their widest for another statement."""
    name, prepared = field.attname, _prepared(field)

    def take(row: models.Model, new: bool) -> Any:
        value = getattr(row, name)
        if type(value) is list and all(type(one) is int for one in value):
            return f"{{{','.join(map(str, value))}}}"
        return prepared(row, new)

    return take


def _words(field: models.Field) -> Take:
    name, prepared = field.attname, _prepared(field)

    def take(row: models.Model, new: bool) -> Any:
        value = getattr(row, name)
        return value if type(value) is list and all(type(one) is str for one in value) else prepared(row, new)

    return take


def _moment(field: models.Field) -> Take:
    name, prepared = field.attname, _prepared(field)

    def take(row: models.Model, new: bool) -> Any:
        value = getattr(row, name)
        if value is None or (type(value) is datetime and value.tzinfo is not None):
            return value
        return prepared(row, new)

    return take
