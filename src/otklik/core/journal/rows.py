"""New rows at the price of their statement.

`save(force_insert=True)` composes its SQL anew each time, which costs more than PostgreSQL needs to run it.  A message
that comes in writes six rows; these go through here.
"""

from functools import cache

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED


def insert(row: models.Model, *, unless_known: bool = False) -> bool:
    """Insert a new row and give it its number.

    With `unless_known` a row that breaks a unique constraint is left out, and False says so.  Signals are not sent;
    what the database fills by itself (`db_default`, generated columns) is not read back.
    """
    statement, fields = _plan(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    ending = " ON CONFLICT DO NOTHING RETURNING id" if unless_known else " RETURNING id"
    with connection.cursor() as cursor:
        cursor.execute(statement + ending, values)
        stored = cursor.fetchone()
    if stored is None:
        return False
    row.pk, row._state.adding, row._state.db = stored[0], False, connection.alias
    return True


@cache
def _plan(model: type[models.Model]) -> tuple[str, list[models.Field]]:
    fields = [field for field in model._meta.concrete_fields if _is_ours(field)]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    # Names of our own tables and columns; values are parameters.
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', fields  # noqa: S608


def _is_ours(field: models.Field) -> bool:
    return not (field.primary_key or field.generated) and field.db_default is NOT_PROVIDED
