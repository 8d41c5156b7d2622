"""Rows at the price of their statement.

The ORM composes its SQL anew each time, which costs more than PostgreSQL needs to run it.  A message that comes in
writes six rows, and every act on a ticket locks, reads and writes one; these go through here.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.fields import NOT_PROVIDED


def insert(row: models.Model, *, unless_known: bool = False) -> bool:
    """Insert a new row and give it its number.

    With `unless_known` a row that breaks a unique constraint is left out, and False says so.  Signals are not sent;
    what the database fills by itself (`db_default`, generated columns) is not read back.
    """
    statement, fields = _insertion(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    ending = " ON CONFLICT DO NOTHING RETURNING id" if unless_known else " RETURNING id"
    with connection.cursor() as cursor:
        cursor.execute(statement + ending, values)
        stored = cursor.fetchone()
    if stored is None:
        return False
    row.pk, row._state.adding, row._state.db = stored[0], False, connection.alias
    return True


def update(row: models.Model) -> None:
    """Write all values of a stored row.  Signals are not sent."""
    statement, fields = _writing(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])


def columns(model: type[models.Model], alias: str) -> str:
    """All columns of a table for a bare statement whose rows go through `read`."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def read[M: models.Model](model: type[M], values: Sequence[Any]) -> M:
    """A stored row whose columns a bare statement gave in the order of the model, each as the ORM would show it."""
    names, fields = _all(model)
    shown = list(values)
    for index, field in fields:
        shown[index] = field.from_db_value(shown[index], None, connection)
    return model.from_db(DEFAULT_DB_ALIAS, names, shown)


def lock(row: models.Model) -> None:
    """Hold a stored row until the transaction ends and take over its present values.

    What it points to stays known while it points to the same.  Raises ObjectDoesNotExist when it is gone.
    """
    statement, fields = _reading(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])
        stored = cursor.fetchone()
    if stored is None:
        raise ObjectDoesNotExist(f"{type(row)._meta.label} {row.pk} is gone")
    for field, value in zip(fields, stored, strict=True):
        _take_over(row, field, value)


def _take_over(row: models.Model, field: models.Field, value: object) -> None:
    if hasattr(field, "from_db_value"):
        value = field.from_db_value(value, None, connection)
    if field.is_relation and value != getattr(row, field.attname):
        row._state.fields_cache.pop(field.name, None)
    setattr(row, field.attname, value)


@cache
def _all(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Any]]]:
    """Names of all columns, and where those stand that must be read."""
    fields = model._meta.concrete_fields
    told = [(index, field) for index, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], told


@cache
def _insertion(model: type[models.Model]) -> tuple[str, list[models.Field]]:
    fields = _written(model)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # Names of our own tables and columns; values are parameters.  The same holds below.
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', fields  # noqa: S608


@cache
def _writing(model: type[models.Model]) -> tuple[str, list[models.Field]]:
    fields = _written(model)
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s', fields  # noqa: S608


@cache
def _reading(model: type[models.Model]) -> tuple[str, list[models.Field]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE id = %s FOR UPDATE', fields  # noqa: S608


def _written(model: type[models.Model]) -> list[models.Field]:
    """The columns that we fill: not the number, not what the database fills by itself."""
    fields = model._meta.concrete_fields
    return [one for one in fields if not (one.primary_key or one.generated) and one.db_default is NOT_PROVIDED]
