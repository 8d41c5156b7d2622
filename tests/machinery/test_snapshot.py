"""What a first start reads instead of running all migrations one by one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from otklik.config.database import snapshot
from otklik.config.database.taking import snapshot_of
from otklik.config.embedded import Cluster
from otklik.config.paths import CHECKOUT
from tests.fixtures.database import exclusive, fingerprint, template_name
from tests.fixtures.server import SharedCluster
from tests.machinery.running import environment, otklik

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


# A program of its own: the database of this process stays what it is.
STEP_BY_STEP = """
import django
django.setup()
from django.db import connection
from otklik.config.database.migration import step_by_step
from otklik.config.database.preparation import prepare
prepare(connection)
step_by_step()
"""
PATIENCE = 1800


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with SharedCluster() as shared:
        yield shared


@pytest.fixture(scope="module")
def migrated(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database to which all migrations were applied one by one, and nothing else was done; kept while they are the
    same, because it takes a minute or two.
    """
    name, draft = f"migrated_{fingerprint()}", f"migrating_{os.getpid()}"
    with exclusive("migrated.lock"), psycopg.connect(**cluster.conninfo(), autocommit=True) as admin:
        found = admin.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'migrated_')").fetchall()
        if (name,) in found:
            return name
        admin.execute(f"CREATE DATABASE {draft}")
        try:
            subprocess.run(
                [sys.executable, "-c", STEP_BY_STEP],
                cwd=CHECKOUT,
                env=environment(tmp_path_factory.mktemp("migrated"))
                | {"DATABASE_URL": url(cluster, draft), "DJANGO_SETTINGS_MODULE": "otklik.config.settings"},
                timeout=PATIENCE,
                check=True,
            )
            admin.execute(f"ALTER DATABASE {draft} RENAME TO {name}")
        finally:
            admin.execute(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)")
        for (old,) in found:
            admin.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)")
    return name


def url(cluster: Cluster, database: str) -> str:
    entry = cluster.django_database(database)
    return "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}&port={PORT}".format(**entry)


@pytest.fixture
def empty(cluster: Cluster) -> Iterator[str]:
    name = f"empty_{os.getpid()}"
    with psycopg.connect(**cluster.conninfo(), autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name}")
        admin.execute(f"CREATE DATABASE {name}")
        yield name
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_the_file_is_what_all_migrations_leave(cluster: Cluster, migrated: str) -> None:
    written = snapshot.FILE.read_text(encoding="utf-8")
    assert snapshot_of(cluster.conninfo(migrated)) == written, "run `otklik snapshot`"


def test_an_empty_database_becomes_what_the_migrations_make_of_it(
    cluster: Cluster, empty: str, migrated: str, tmp_path: Path
) -> None:
    """That of the product's first start, and the one of which the tests have their copies."""
    there = url(cluster, empty)
    assert otklik(tmp_path, "migrate", DATABASE_URL=there).returncode == 0
    assert otklik(tmp_path, "migrate", "--check", DATABASE_URL=there).returncode == 0

    def named(database: str) -> list[tuple[str, str, str]]:
        with psycopg.connect(**cluster.conninfo(database)) as one:
            return one.execute(NAMED).fetchall()

    assert named(empty) == named(migrated) == named(template_name())


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
