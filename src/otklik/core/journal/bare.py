"""A statement at the price of the driver.

Django makes a cursor and two coats around it for every statement, which costs as much as the driver needs to send it
and to read the answer.  An act runs some twenty statements on one connection, one after the other, so one cursor of the
connection serves them all.  Where somebody counts or guards statements, and where the connection has to be opened or
looked at first, Django's own way is taken.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Error

KEPT = "_kept_cursor"


def run(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> Any:
    """The cursor with the answer, which is good until the next statement.

    Raises what Django raises.
    """
    base = connections[DEFAULT_DB_ALIAS]
    if not _is_plain(base):
        cursor = base.cursor()
        cursor.execute(statement, values)
        return cursor
    known = base.__dict__.get(KEPT)
    if known is None or known[0] is not base.connection:
        known = base.__dict__[KEPT] = (base.connection, base.create_cursor())
    try:
        known[1].execute(statement, values)
    except Error:
        with base.wrap_database_errors:
            raise
    return known[1]


def _is_plain(base: Any) -> bool:
    """It is open and known to live, no transaction has failed on it, and nobody looks at its statements."""
    lives = base.health_check_done or not base.health_check_enabled
    return (
        lives
        and base.connection is not None
        and not base.needs_rollback
        and not base.execute_wrappers
        and not base.queries_logged
    )


def names(cursor: Any) -> tuple[str, ...]:
    """Of the columns of an answer."""
    answer = cursor.pgresult
    return tuple([answer.fname(place).decode() for place in range(answer.nfields)])
