"""What the database must hold before the first migration: extensions and the Russian search configuration."""

from typing import Any

# All of them are "trusted": the owner of the database may create them on an external cluster too.
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin", "btree_gist", "citext")

SEARCH_CONFIGURATION = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'otklik_ru') THEN
        CREATE TEXT SEARCH CONFIGURATION otklik_ru (COPY = russian);
        ALTER TEXT SEARCH CONFIGURATION otklik_ru
            ALTER MAPPING FOR hword, hword_part, word WITH unaccent, russian_stem;
    END IF;
END $$
"""

# Two programs may prepare the same database at once; CREATE … IF NOT EXISTS alone would race.
LOCK = 0x07C11C


def prepare(connection: Any) -> None:
    """Bring an empty database to where migrations can start; harmless when repeated.

    Takes a psycopg connection or a Django one: both have cursors that execute.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            for name in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
            cursor.execute(SEARCH_CONFIGURATION)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
