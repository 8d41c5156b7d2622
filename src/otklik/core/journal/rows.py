"""Rows at the price of their statement.

The ORM composes its SQL anew each time, which costs more than PostgreSQL needs to run it.  A message that comes in
writes six rows, and every act on a ticket locks, reads and writes one; these go through here.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState
from django.db.models.fields import NOT_PROVIDED

from otklik.core.journal.bare import names, run
from otklik.core.journal.plain import Take, taking

HELD = "_held"
"""Where a locked row keeps what was found of its seldom columns."""
# What can change in place (lists, JSON) is always written.
UNCHANGING = (str, int, bool, float, datetime, UUID, type(None))


def insert(row: models.Model, *, unless_known: bool = False) -> bool:
    """Insert a new row and give it its number.

    With `unless_known` a row that breaks a unique constraint is left out, and False says so.  Signals are not sent;
    what the database fills by itself (`db_default`, generated columns) is not read back.
    """
    places, values = _given(row)
    ending = " ON CONFLICT DO NOTHING RETURNING id" if unless_known else " RETURNING id"
    stored = run(_insertion(type(row), (places,)) + ending, values).fetchone()
    if stored is None:
        return False
    _is_stored(row, stored[0])
    return True


def insert_all(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model in one statement and give them their numbers, in this order."""
    if rows:
        given = [_given(row) for row in rows]
        statement = _insertion(type(rows[0]), tuple(places for places, _values in given))
        stored = run(f"{statement} RETURNING id", [value for _places, values in given for value in values]).fetchall()
        for row, (number,) in zip(rows, stored, strict=True):
            _is_stored(row, number)


def pour(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows without making any of them: values as the driver takes them, columns by their attributes.

    What is not named is empty or filled by the database.  Nothing is sent to it where there are no rows.
    """
    left = iter(rows)
    if (begun := next(left, None)) is None:
        return
    columns = ", ".join(f'"{model._meta.get_field(name).column}"' for name in names)  # type: ignore[union-attr]
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in chain([begun], left):
            copy.write_row(row)


def _given(row: models.Model) -> tuple[tuple[int, ...], list[Any]]:
    """Which columns of a new row hold something, and what; the others are empty without being named."""
    values = [take(row, True) for take in _takers(type(row))]
    places = tuple([place for place, value in enumerate(values) if value is not None])
    return places, [values[place] for place in places]


def _is_stored(row: models.Model, number: int) -> None:
    row.pk, row._state.adding, row._state.db = number, False, DEFAULT_DB_ALIAS


def first(statement: str, *values: Any, **named: Any) -> tuple[Any, ...] | None:
    """The first row that a bare statement gives, with values by their places or by names; JSON comes as text."""
    found: tuple[Any, ...] | None = run(statement, named or values).fetchone()
    return found


def update(*rows: models.Model) -> None:
    """Write the values of stored rows, in one statement.

    Of a row that this act has locked, what its model calls `SELDOM` is left out while none of it has changed.  Signals
    are not sent.
    """
    steps, values = [], list[Any]()
    for row in rows:
        places = _changed(row)
        takers = _takers(type(row))
        steps.append(_writing(type(row), places))
        values += [*(takers[place](row, False) for place in places), row.pk]
    if steps:
        *before, last = steps
        named = ", ".join(f"step{number} AS ({step})" for number, step in enumerate(before))
        run(f"WITH {named} {last}" if named else last, values)


def _changed(row: models.Model) -> tuple[int, ...]:
    """The columns to write: one of two sets, so that few statements have to be prepared.

    What was found is good for one writing: later ones cannot know what became of it.
    """
    held: dict[str, Any] | None = row.__dict__.pop(HELD, None)
    seldom: frozenset[str] = frozenset()
    if held is not None and all(row.__dict__.get(name) is value for name, value in held.items()):
        seldom = frozenset(held)
    return _places(type(row), seldom)


def every[M: models.Model](model: type[M], statement: str, *values: Any) -> list[M]:
    """The rows that a bare statement gives, as `raw()` of the ORM would show them.

    Every column of the model must be among them, in any order; what else the statement gives becomes an attribute.
    """
    cursor = run(statement, values)
    stored = cursor.fetchall()
    if not stored:
        return []
    order, more = _order(model, names(cursor))
    return [_shown(model, row, order, more) for row in stored]


def _shown[M: models.Model](model: type[M], row: Sequence[Any], order: Sequence[int], more: Sequence[Any]) -> M:
    shown = read(model, [row[index] for index in order])
    for index, name in more:
        setattr(shown, name, row[index])
    return shown


def columns(model: type[models.Model], alias: str) -> str:
    """All columns of a table for a bare statement whose rows go through `read`."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def read[M: models.Model](model: type[M], values: Sequence[Any]) -> M:
    """A stored row whose columns a bare statement gave in the order of the model, each as the ORM would show it.

    It is put together without `__init__`, which expects anything and costs five times as much; so signals are not sent,
    and what a model does when one of it is made it does not do for these.
    """
    names, fields = _all(model)
    row = model.__new__(model)
    known = row.__dict__
    known.update(zip(names, values, strict=True))
    for name, field in fields:
        known[name] = field.from_db_value(known[name], None, connection)
    state = row._state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return row


def lock(row: models.Model) -> None:
    """Hold a stored row until the transaction ends and take over its present values.

    What it points to stays known while it points to the same.  Raises ObjectDoesNotExist when it is gone.
    """
    statement, fields = _reading(type(row))
    stored = run(statement, [row.pk]).fetchone()
    if stored is None:
        raise ObjectDoesNotExist(f"{type(row)._meta.label} {row.pk} is gone")
    known, seldom, held = row.__dict__, getattr(row, "SELDOM", ()), {}
    for (name, pointer, convert), value in zip(fields, stored, strict=True):
        if convert:
            value = convert(value, None, connection)
        if pointer and value != known.get(name):
            row._state.fields_cache.pop(pointer, None)
        known[name] = value
        if name in seldom and type(value) in UNCHANGING:
            held[name] = value
    known[HELD] = held


def let_go(row: models.Model) -> None:
    """What was found when the row was locked does not hold any more: all of it is written next time."""
    row.__dict__.pop(HELD, None)


@cache
def _all(model: type[models.Model]) -> tuple[list[str], list[tuple[str, Any]]]:
    """Names of all columns, and those that must be read."""
    fields = model._meta.concrete_fields
    told = [(field.attname, field) for field in fields if hasattr(field, "from_db_value")]
    return [field.attname for field in fields], told


@cache
def _order(model: type[models.Model], given: tuple[str, ...]) -> tuple[list[int], list[tuple[int, str]]]:
    """Where each column of the model stands in an answer, and what stands there beside them."""
    ours = [field.column for field in model._meta.concrete_fields]
    more = [(index, name) for index, name in enumerate(given) if name not in ours]
    return [given.index(column) for column in ours], more


@cache
def _insertion(model: type[models.Model], rows: tuple[tuple[int, ...], ...]) -> str:
    """For rows that fill these columns each: all of them name the same ones."""
    fields = _written(model)
    named = sorted({place for places in rows for place in places})
    columns = ", ".join(f'"{fields[place].column}"' for place in named)
    marks = ", ".join(f"({', '.join('%s' if place in places else 'DEFAULT' for place in named)})" for places in rows)
    # Names of our own tables and columns; values are parameters.  The same holds below.
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES {marks}'  # noqa: S608


@cache
def _places(model: type[models.Model], without: frozenset[str]) -> tuple[int, ...]:
    return tuple(place for place, field in enumerate(_written(model)) if field.attname not in without)


@cache
def _writing(model: type[models.Model], places: tuple[int, ...]) -> str:
    fields = _written(model)
    columns = ", ".join(f'"{fields[place].column}" = %s' for place in places)
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s'  # noqa: S608


@cache
def _reading(model: type[models.Model]) -> tuple[str, list[tuple[str, str, Any]]]:
    """The statement, and of each column its attribute, the name of what it points to and how it is read."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    told = [
        (field.attname, field.name if field.is_relation else "", getattr(field, "from_db_value", None))
        for field in fields
    ]
    return f'SELECT {columns} FROM "{model._meta.db_table}" WHERE id = %s FOR UPDATE', told  # noqa: S608


@cache
def _written(model: type[models.Model]) -> list[models.Field]:
    """The columns that we fill: not the number, not what the database fills by itself."""
    fields = model._meta.concrete_fields
    return [one for one in fields if not (one.primary_key or one.generated) and one.db_default is NOT_PROVIDED]


@cache
def _takers(model: type[models.Model]) -> list[Take]:
    return [taking(field) for field in _written(model)]
