"""`otklik snapshot`: write down the tables for first starts, after a migration was added or changed."""

import argparse
import tempfile
from pathlib import Path

from otklik.config.cli import DONE, FAILED
from otklik.config.terminal import Progress, say

HELP = "write down the tables as all migrations leave them"
NEEDS_NO_DATA = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 when the file is old")


def run(arguments: argparse.Namespace) -> int:
    from otklik.config.cli.session import load_program
    from otklik.config.database import snapshot

    if not arguments.check:
        return write()
    load_program()
    if snapshot.taken_of() == snapshot.digest():
        return DONE
    say("Migrations were added or changed: run `otklik snapshot`.")
    return FAILED


def write() -> int:
    """Migrates an empty database step by step, which takes a minute or two."""
    from django.conf import settings
    from django.db import connection, connections

    from otklik.config.cli.session import load_program
    from otklik.config.database import snapshot
    from otklik.config.database.migration import step_by_step
    from otklik.config.database.preparation import prepare
    from otklik.config.database.taking import snapshot_of
    from otklik.config.embedded import Cluster

    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), {"fsync": "off"}) as cluster:
        cluster.ensure_database()
        settings.DATABASES["default"].update(cluster.django_database())
        load_program()
        with Progress().step("Migrating"):
            prepare(connection)
            step_by_step()
        connections.close_all()
        snapshot.FILE.write_text(snapshot_of(cluster.conninfo("otklik")), encoding="utf-8")
    say(f"{snapshot.FILE} is written.")
    return DONE
