"""`otklik migrate`: bring the database to this version."""

import argparse

from otklik.config.cli import DONE, FAILED, Trouble
from otklik.config.cli.session import working_database
from otklik.config.terminal import Progress, say, say_json

HELP = "bring the database to this version"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when migrations wait")
    parser.add_argument(
        "--grant", metavar="ROLE", help="let ROLE work with the tables, and only add to the audit trail"
    )
    parser.add_argument("--json", action="store_true", help="print the names as JSON")


def run(arguments: argparse.Namespace) -> int:
    with working_database(holder="otklik migrate", changing=True):
        from otklik.config.database.migration import migrate, pending

        if arguments.check:
            names = pending()
        else:
            with Progress().step("Migrating"):
                names = migrate()
            if arguments.grant:
                let_in(arguments.grant)
        _tell(names, arguments)
        return FAILED if arguments.check and names else DONE


def let_in(role: str) -> None:
    from django.db import connection

    from otklik.config.database import roles

    if not roles.exists(connection, role):
        raise Trouble(f"There is no role {role!r}: CREATE ROLE {role} LOGIN PASSWORD '…'")
    roles.grant(connection, role)


def _tell(names: list[str], arguments: argparse.Namespace) -> None:
    if arguments.json:
        say_json({"waiting" if arguments.check else "applied": names})
        return
    word = "waits" if arguments.check else "applied"
    for name in names:
        say(f"{name}: {word}")
    if not names:
        say("Nothing to do: the database is up to date.")
