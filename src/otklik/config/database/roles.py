"""The role as which the product works: it may do everything with rows, nothing with tables, and only add to the audit.

Migrations run as the owner of the tables.  In our own cluster both roles are made here; with DATABASE_URL the owner
lets the other one in by `otklik migrate --grant ROLE` (docs/operations.md has the statements).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import sql

ADDED_ONLY = ("audit_line", "audit_seal")
LOCK = 0x07C11F

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {{role}}" for table in ADDED_ONLY),
)
POWERS = """
SELECT string_agg(DISTINCT power, ', ') FROM (
    SELECT 'superuser' AS power FROM pg_roles WHERE rolname = current_user AND rolsuper
    UNION ALL SELECT 'owner of ' || relname FROM pg_class
        WHERE relname = ANY(%s) AND relkind = 'r' AND pg_has_role(current_user, relowner, 'MEMBER')
    UNION ALL SELECT lower(one) || ' on ' || relname
        FROM pg_class, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) one
        WHERE relname = ANY(%s) AND relkind = 'r' AND has_table_privilege(oid, one)
) found
"""


def grant(connection: Any, role: str) -> None:
    """Harmless when repeated; tables that a migration makes later need it again."""
    with connection.cursor() as cursor:
        for words in GRANTS:
            statement = sql.SQL(words).format(role=sql.Identifier(role))
            cursor.execute(statement.as_string(cursor.connection))


@contextmanager
def turn(connection: Any) -> Iterator[None]:
    """Processes that start together make the role one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def exists(connection: Any, role: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [role])
        return bool(cursor.fetchone()[0])


def may_work(connection: Any, role: str) -> bool:
    """Was it let in after the last migration?  Asked of the table that every version makes first, and of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass(%s) IS NOT NULL AND has_table_privilege(%s, to_regclass(%s), 'INSERT')",
            [ADDED_ONLY[-1], role, ADDED_ONLY[-1]],
        )
        return bool(cursor.fetchone()[0])


def power_over_audit(connection: Any) -> str:
    """By what the present role could change the audit trail; empty when it cannot."""
    with connection.cursor() as cursor:
        cursor.execute(POWERS, [list(ADDED_ONLY), list(ADDED_ONLY)])
        return str(cursor.fetchone()[0] or "")
