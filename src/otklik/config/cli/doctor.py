"""`otklik doctor`: is everything well, and what to do if not."""

import argparse
import os
from collections.abc import Iterable

from django.utils.translation import override

from otklik.config.cli import DONE, FAILED
from otklik.config.cli.session import running_port, working_database
from otklik.config.doctor import (
    AT_THE_TERMINAL,
    BAD,
    GOOD,
    WARNING,
    WITH_DATABASE,
    WITHOUT_DATABASE,
    Finding,
    findings,
)
from otklik.config.env import BadSettings
from otklik.config.terminal import say, say_json

HELP = "check database, mail, disk, queue, versions and settings; say what to do"
EPILOG = "Exit code 1 when something is bad, 0 when there are only warnings."

MARKS = {GOOD: "ok   ", WARNING: "note ", BAD: "BAD  "}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: argparse.Namespace) -> int:
    if port := running_port():
        os.environ.setdefault("OTKLIK_PORT", port)
    found = examined()
    tell(found, as_json=arguments.json)
    return FAILED if any(each.level == BAD for each in found) else DONE


def examined() -> list[Finding]:
    """All findings; without usable settings, or without a database, those that can be had."""
    try:
        no_database = no_database_remedy()
    except BadSettings as trouble:
        remedy = "docs/operations.md lists all variables."
        return [Finding(BAD, "settings", words, remedy) for words in trouble.problems]
    found = list(findings((*WITHOUT_DATABASE, *AT_THE_TERMINAL)))
    try:
        with working_database(holder="otklik doctor"), override("en"):  # adapters answer in the reader's language
            return [*found, *findings(WITH_DATABASE)]
    except Exception as trouble:  # without a database the doctor still has something to say
        return [*found, Finding(BAD, "database", " ".join(str(trouble).split()), no_database)]


def no_database_remedy() -> str:
    """What to do when there is no database. Reads the settings: raises BadSettings for those that cannot be used."""
    from django.conf import settings

    return (
        "Start PostgreSQL, or correct DATABASE_URL."
        if settings.EXTERNAL_DATABASE
        else f"See {settings.DATA_DIR / 'pg.log'}; docs/operations.md says what the database needs."
    )


def tell(found: Iterable[Finding], *, as_json: bool) -> None:
    rows = [
        {"level": each.level, "subject": each.subject, "words": str(each.words), "remedy": str(each.remedy)}
        for each in found
    ]
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(f"{MARKS.get(row['level'], '')} {row['subject']:9} {row['words']}")
        if row["remedy"]:
            say(f"{'':15} → {row['remedy']}")
