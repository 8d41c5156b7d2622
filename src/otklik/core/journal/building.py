"""Indexes that are built while the desk works, so that a run that was stopped can be run again."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently

STANDS = """
SELECT i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relname = %s AND pg_table_is_visible(c.oid)
"""


class BuildIndex(AddIndexConcurrently):
    """As its parent; what an interrupted build left behind goes first, and what stands already is not built twice.

    A build that is killed leaves an index that is not valid under its name, and the migration is not written down: its
    next run would end with "already exists", for each index before it, too.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._ensure_not_in_transaction(schema_editor)
        quoted = schema_editor.quote_name(self.index.name)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(STANDS, [self.index.name])
            row = cursor.fetchone()
            if row == (True,):
                return
            if row:
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {quoted}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)
