"""What a first start reads instead of running all migrations one by one."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from otklik.config.database import snapshot
from otklik.config.database.taking import snapshot_of
from otklik.config.embedded import Cluster
from tests.fixtures.database import template_name
from tests.fixtures.server import SharedCluster
from tests.machinery.running import otklik

pytestmark = pytest.mark.django_db

# Everything that has a name, and what a name says of it.
NAMED = """
SELECT 'relation', relname, relkind::text FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL SELECT 'constraint', conname, contype::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION ALL SELECT 'applied', app, name FROM django_migrations
UNION ALL SELECT 'column', attrelid::regclass::text, attname || format_type(atttypid, atttypmod) || attnotnull
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
ORDER BY 1, 2, 3
"""


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with SharedCluster() as shared:
        yield shared


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[str]:
    name = f"empty_{os.getpid()}"
    with psycopg.connect(**cluster.conninfo(), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
        yield name
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_file_is_what_all_migrations_leave(cluster: Cluster) -> None:
    written = snapshot.FILE.read_text(encoding="utf-8")
    assert snapshot_of(cluster.conninfo(template_name())) == written, "run `otklik snapshot`"


def test_an_empty_database_becomes_what_the_migrations_make_of_it(cluster: Cluster, empty: str, tmp_path: Path) -> None:
    entry = cluster.django_database(empty)
    url = "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**entry)
    assert otklik(tmp_path, "migrate", DATABASE_URL=url).returncode == 0
    assert otklik(tmp_path, "migrate", "--check", DATABASE_URL=url).returncode == 0

    def named(database: str) -> list[tuple[str, str, str]]:
        with psycopg.connect(**cluster.conninfo(database)) as one:
            return one.execute(NAMED).fetchall()

    assert named(empty) == named(template_name())


def test_a_database_with_tables_is_brought_on_by_migrations_alone() -> None:
    assert not snapshot.fits(connection)


def test_a_file_of_other_migrations_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_is_empty", lambda asked: True)
    assert snapshot.fits(connection)
    old = tmp_path / "tables.sql"
    old.write_text(f"{snapshot.MARK}{'0' * 64}\nSELECT 1;\n")
    monkeypatch.setattr(snapshot, "FILE", old)
    assert not snapshot.fits(connection)
    monkeypatch.setattr(snapshot, "FILE", tmp_path / "none")
    assert not snapshot.fits(connection)
