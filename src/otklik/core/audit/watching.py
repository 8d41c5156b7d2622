"""The triggers on the watched tables, put in place after every migration."""

from typing import Any

from django.db import connection
from psycopg import sql

from otklik.core.audit.registry import watched

NAME = "audit_watch"
REMOVE_OLD = """
DO $$ DECLARE name regclass; BEGIN
    FOR name IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'audit_watch' LOOP
        EXECUTE format('DROP TRIGGER audit_watch ON %s', name);
    END LOOP;
END $$
"""


def put_in_place(**details: Any) -> None:
    """Receiver of post_migrate: each watched table has its trigger, and no other has."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(REMOVE_OLD)
        for one in watched():
            if one.model._meta.db_table in tables:
                _watch(cursor, one.model._meta.db_table, one.model._meta.label, one.told, one.hushed)


def _watch(cursor: Any, table: str, label: str, told: tuple[str, ...], hushed: tuple[str, ...]) -> None:
    """The columns go by name: a trigger that depended on them would stand in the way of later migrations."""
    words = sql.SQL(
        "CREATE TRIGGER {} AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION audit_watch({})"
    ).format(
        sql.Identifier(NAME),
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Literal, (label, ",".join(told), ",".join(hushed)))),
    )
    cursor.execute(words.as_string(cursor.connection))
