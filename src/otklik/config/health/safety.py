"""Settings with which nobody may be served: each function returns the reasons, an empty list is good."""

from collections.abc import Iterable
from typing import Any

from otklik.config.secret import DEVELOPMENT_KEY

SHORTEST_KEY = 50
DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")


def unsafe_versions() -> list[str]:
    from otklik.config.supply.floors import too_old_programs

    return too_old_programs()


def unsafe_settings() -> list[str]:
    from django.conf import settings

    reasons = ["DEBUG is on: set OTKLIK_DEBUG=off."] if settings.DEBUG else []
    if settings.SECRET_KEY == DEVELOPMENT_KEY or len(settings.SECRET_KEY) < SHORTEST_KEY:
        reasons.append(f"The secret key is the default or short: set OTKLIK_SECRET_KEY to {SHORTEST_KEY}+ characters.")
    return reasons


def unsafe_database(cursor: Any) -> list[str]:
    """Durability switched off, or a database that cannot do Russian search."""
    cursor.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'",
        [list(DURABLE)],
    )
    reasons = [
        f"PostgreSQL runs with {name}={value}: accepted work could be lost." for name, value in cursor.fetchall()
    ]
    return [*reasons, *_patches(cursor), *_russian(cursor)]


def _patches(cursor: Any) -> list[str]:
    from otklik.config.supply.floors import too_old_postgres

    cursor.execute("SELECT current_setting('server_version_num')::int")
    return too_old_postgres(cursor.fetchone()[0])


def _russian(cursor: Any) -> Iterable[str]:
    cursor.execute("SELECT lower('Ё') = 'ё', to_regproc('show_trgm') IS NOT NULL")
    lowered, has_trigrams = cursor.fetchone()
    if not lowered:
        yield "The database does not lower Russian letters: create it with a UTF-8 locale (docs/operations.md)."
    if not has_trigrams:
        yield "The extension pg_trgm is missing: run `otklik migrate`."
        return
    cursor.execute("SELECT cardinality(show_trgm('Ёлка')) > 0")
    if not cursor.fetchone()[0]:
        yield "Search finds no Russian words here (LC_CTYPE is C): create the database with a UTF-8 LC_CTYPE."
