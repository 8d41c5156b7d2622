"""Writing down what a database holds after its migrations, as `pg_dump` tells it without what differs by chance."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from otklik.config.database.snapshot import MARK, SCHEMA, digest
from otklik.config.embedded.binaries import find_binaries

REMADE = ("django_content_type", "auth_permission")  # Django writes these rows itself after each migrating
APPLIED = "django_migrations"

HEAD = """\
-- Written by `otklik snapshot`, by nobody else: all migrations together, for a database that is still empty.
SET LOCAL search_path = '';
SET LOCAL check_function_bodies = off;
"""
# What `preparation` makes, settings of the session, and numbers of sequences that gave none yet.
LEFT_OUT = re.compile(
    r"^(SET |SELECT pg_catalog\.set_config|\\|CREATE SCHEMA |COMMENT ON SCHEMA "
    r"|(CREATE|ALTER) TEXT SEARCH CONFIGURATION |SELECT .*setval\(.*, false\))"
)
CAPTION = re.compile(r"^--( Name: .*| Data for .*| PostgreSQL database dump.*| Dumped .*)?$")


def snapshot_of(conninfo: dict[str, Any]) -> str:
    """The text of `tables.sql` for a database to which all migrations were applied one by one."""
    return "\n".join((MARK + digest(), HEAD, contents(conninfo), "", _applied(conninfo)))


def contents(conninfo: dict[str, Any]) -> str:
    """Tables, then rows that migrations put into them for everybody, then indexes, constraints and triggers.

    Two databases that hold the same give the same text.
    """
    hidden = (f"--exclude-table-data={name}" for name in (*REMADE, APPLIED))
    text = _dumped(conninfo, f"--schema={SCHEMA}", "--inserts", "--rows-per-insert=100", *hidden)
    numbered = tuple(f"SELECT pg_catalog.setval('{SCHEMA}.{name}" for name in (*REMADE, APPLIED))
    return "\n\n".join(block for block in _blocks(text) if not block.startswith(numbered))


def _applied(conninfo: dict[str, Any]) -> str:
    with psycopg.connect(**conninfo) as connection:
        found = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    values = ",\n".join(f"    ('{app}', '{name}', now())" for app, name in found)
    return f"INSERT INTO {SCHEMA}.{APPLIED} (app, name, applied) VALUES\n{values};\n"


def _dumped(conninfo: dict[str, Any], *options: str) -> str:
    where = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    told = {variable: str(conninfo[word]) for variable, word in where.items()}
    command: list[str | Path] = [find_binaries() / "pg_dump", "--no-owner", "--no-privileges", *options]
    done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=True)
    return done.stdout


def _blocks(text: str) -> Iterator[str]:
    """Blocks between empty lines, without captions and without what does not belong into the file."""
    lines = (line.rstrip() for line in text.splitlines() if not CAPTION.match(line))
    for block in re.split(r"\n{2,}", "\n".join(lines).strip()):
        if not LEFT_OUT.match(block):
            yield block
