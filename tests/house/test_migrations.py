"""An index of a large table is built while the product works: no migration stops a desk of many years for minutes."""

import threading
from collections.abc import Iterator

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import connection, models
from django.db.migrations import AddIndex, Migration, RemoveIndex
from django.db.migrations.loader import MigrationLoader

from otklik.config.database import migration as program
from otklik.core.journal.building import BuildIndex

LARGE = {
    *{("channels", name) for name in ("inbound", "outbound")},
    *{("clients", name) for name in ("client", "contact", "identity")},
    *{("conversations", name) for name in ("attachment", "conversation", "draft", "message")},
    *{("tickets", name) for name in ("ticket", "seen", "promise", "participant", "relocation")},
    *{("journal", "entry"), ("surveys", "invitation"), ("surveys", "score"), ("metrics", "ticketfact")},
}
"""Tables that grow with every letter, and (app, model) of what belongs to each."""

EMPTY = {
    *{(app, "0001_initial") for app in ("channels", "clients", "journal", "surveys", "tickets", "metrics")},
    ("conversations", "0002_initial"),
}
"""Migrations that make the tables themselves."""


def indexes() -> Iterator[tuple[Migration, AddIndex | RemoveIndex]]:
    for node in MigrationLoader(None).disk_migrations.values():
        for operation in node.operations:
            if isinstance(operation, AddIndex | RemoveIndex):
                yield node, operation


def test_an_index_of_a_large_table_is_made_and_dropped_beside_the_work() -> None:
    stops = [
        f"{node.app_label}.{node.name}: {operation.describe()}"
        for node, operation in indexes()
        if (node.app_label, operation.model_name_lower) in LARGE
        and (node.app_label, node.name) not in EMPTY
        and not isinstance(operation, AddIndexConcurrently | RemoveIndexConcurrently)
    ]

    assert not stops, "\n".join(stops)


def test_the_large_tables_and_the_exceptions_exist() -> None:
    """A table that was renamed does not slip out of the list."""
    loader = MigrationLoader(None)

    assert set(loader.project_state().models) >= LARGE
    assert set(loader.disk_migrations) >= EMPTY


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_the_migration_does_not_hold_it_up() -> None:
    """A second program that starts at the same moment waits, while the first builds an index beside the work."""
    waiting, done = threading.Event(), threading.Event()

    def second() -> None:
        try:
            with connection.cursor() as cursor:
                waiting.set()
                program._take_turn(cursor)
                cursor.execute("SELECT pg_advisory_unlock(%s)", [program.LOCK])
                done.set()
        finally:
            connection.close()

    with connection.cursor() as cursor:
        program._take_turn(cursor)
        other = threading.Thread(target=second)
        other.start()
        assert waiting.wait(10)
        cursor.execute("SET statement_timeout = '10s'")
        cursor.execute("CREATE INDEX CONCURRENTLY for_a_test ON journal_entry (at)")
        cursor.execute("DROP INDEX for_a_test")
        cursor.execute("SET statement_timeout = DEFAULT")
        assert not done.is_set()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [program.LOCK])
    other.join(10)
    assert done.is_set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("left", ["nothing", "not valid", "whole"])
def test_an_index_whose_build_was_stopped_is_built_by_the_next_run(left: str) -> None:
    """A killed build leaves an index that nobody uses under its name, and no note of the migration."""
    index = models.Index(fields=["at", "id"], name="for_a_test")
    operation = BuildIndex("entry", index)
    state = MigrationLoader(connection).project_state()
    after = state.clone()
    operation.state_forwards("journal", after)
    with connection.cursor() as cursor:
        try:
            if left != "nothing":
                cursor.execute("CREATE INDEX for_a_test ON journal_entry (at, id)")
            if left == "not valid":
                cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'for_a_test'::regclass")
            with connection.schema_editor(atomic=False) as editor:
                operation.database_forwards("journal", editor, state, after)
            cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'for_a_test'::regclass")
            assert cursor.fetchall() == [(True,)]
        finally:
            cursor.execute("DROP INDEX IF EXISTS for_a_test")
