"""`otklik demo`: the demo company in an empty database."""

import argparse

from otklik.config.cli import DONE, Trouble
from otklik.config.cli.session import working_database
from otklik.config.terminal import Progress, say, say_json, table

HELP = "load the demo company into an empty database and print its accounts"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accounts", action="store_true", help="only print the accounts")
    parser.add_argument("--json", action="store_true", help="print the accounts as JSON")


def run(arguments: argparse.Namespace) -> int:
    with working_database(holder="otklik demo"):
        from dataclasses import asdict

        from otklik.config.database.migration import migrate
        from otklik.config.demo import accounts, is_empty, load

        if not arguments.accounts:
            migrate()
            if not is_empty():
                raise Trouble("The database is not empty: the demo is only loaded into an empty one (another --data).")
            with Progress().step("Loading the demo company") as tell:
                load(tell)
        known = accounts()
        if arguments.json:
            say_json([asdict(each) for each in known])
        else:
            say(
                table(
                    [
                        ("role", "login", "password"),
                        *((each.role, each.login, each.password) for each in known),
                    ]
                )
            )
    return DONE
