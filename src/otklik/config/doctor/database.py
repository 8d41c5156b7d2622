"""The database: reachable, current, durable, able to do Russian."""

from collections.abc import Iterator

from otklik.config.doctor import BAD, GOOD, WARNING, Finding
from otklik.config.health.safety import unsafe_database

OLDEST = 17
CROWDED = 0.8


def examine() -> Iterator[Finding]:
    from django.db import connection

    from otklik.config.database.migration import pending

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int / 10000,"
            " pg_size_pretty(pg_database_size(current_database()))"
        )
        major, size = cursor.fetchone()
        cursor.execute(
            "SELECT count(*), current_setting('max_connections')::int"
            " FROM pg_stat_activity WHERE backend_type = 'client backend'"
        )
        used, most = cursor.fetchone()
        unsafe = unsafe_database(cursor)
    if major < OLDEST:
        yield Finding(BAD, "database", f"PostgreSQL {major} is too old", f"Use {OLDEST} or newer.")
    for reason in unsafe:
        yield Finding(BAD, "database", reason, "The server refuses to be ready until this is repaired.")
    if waiting := pending():
        yield Finding(BAD, "database", f"{len(waiting)} migrations wait, first {waiting[0]}", "Run: otklik migrate")
    if used > CROWDED * most:
        yield Finding(
            WARNING,
            "database",
            f"{used} of {most} connections are used",
            "Raise max_connections or put a pooler in front.",
        )
    yield Finding(GOOD, "database", f"PostgreSQL {major}, {size}, {used} of {most} connections")
