"""The tables as all migrations together leave them, in one file: an empty database becomes this version in seconds.

Step by step the first start spends a minute and a half, nine tenths of it on Django drawing its models anew for each of
250 migrations.  `tables.sql` is what they lead to.  `otklik snapshot` writes it, nobody else does; its first line names
the migrations it was taken of, and of any others it is not used: then they run one after the other, as on a database
that has tables already.
"""

import hashlib
import inspect
from pathlib import Path
from typing import Any

from otklik.config.paths import PACKAGE

FILE = Path(__file__).with_name("tables.sql")
MARK = "-- Of migrations "
SCHEMA = "public"  # the names in the file begin with it


def fits(connection: Any) -> bool:
    """Whether the file is of this version's migrations, and the database holds no table yet."""
    return FILE.exists() and taken_of() == digest() and _is_empty(connection)


def load(connection: Any) -> None:
    """All or nothing. Extensions and the search configuration have to be there (`preparation`)."""
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(FILE.read_text(encoding="utf-8"))


def taken_of() -> str:
    with FILE.open(encoding="utf-8") as lines:
        return next(lines, "").removeprefix(MARK).strip()


def digest() -> str:
    """Of each of our migrations by its bytes, of those of libraries by their names: these are pinned."""
    total = hashlib.sha256()
    for (app, name), migration in sorted(_migrations().items()):
        total.update(f"{app}.{name}\n".encode())
        source = Path(inspect.getfile(type(migration)))
        if PACKAGE in source.parents:
            total.update(source.read_bytes())
    return total.hexdigest()


def _migrations() -> dict[tuple[str, str], Any]:
    from django.db.migrations.loader import MigrationLoader

    return dict(MigrationLoader(None).graph.nodes)


def _is_empty(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0] == SCHEMA and not connection.introspection.table_names(cursor)
