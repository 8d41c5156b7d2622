"""Bringing the tables to this version: once, whoever asks first."""

import time
from typing import Any

from otklik.config.database import roles
from otklik.config.database.preparation import prepare
from otklik.config.embedded.layout import APPLICATION

LOCK = 0x07C11D
PAUSE = 0.2


def pending() -> list[str]:
    """Names of migrations that were not applied yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(*, verbosity: int = 0) -> list[str]:
    """Apply what is missing and name it. A second caller waits and then finds nothing to do."""
    from django.db import connection

    from otklik.config.database import snapshot

    if not pending():
        return []
    with connection.cursor() as cursor:
        _patient(cursor)
        _take_turn(cursor)
    try:
        missing = pending()
        prepare(connection)
        if missing and snapshot.fits(connection):
            snapshot.load(connection)
        if missing:
            step_by_step(verbosity=verbosity)
        if roles.exists(connection, APPLICATION):
            roles.grant(connection, APPLICATION)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        connection.close()
    return missing


def step_by_step(*, verbosity: int = 0) -> None:
    """One migration after the other, and what Django writes after the last of them."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)


def _take_turn(cursor: Any) -> None:
    """Asked for again and again: a statement that waits holds a snapshot, for which an index that is built while the
    product works (CREATE INDEX CONCURRENTLY) would wait in turn.
    """
    while True:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if cursor.fetchone()[0]:
            return
        time.sleep(PAUSE)


def _patient(cursor: Any) -> None:
    """A migration may take long; the limits of pages do not hold for it."""
    cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0")
