"""`otklik doctor`: is everything well, and what to do if not."""

import argparse
from collections.abc import Iterable

from otklik.config.cli import DONE, FAILED
from otklik.config.cli.session import working_database
from otklik.config.doctor import BAD, GOOD, WARNING, Finding, findings
from otklik.config.terminal import say, say_json

HELP = "check database, mail, disk, queue, versions and settings; say what to do"
EPILOG = "Exit code 1 when something is bad, 0 when there are only warnings."

MARKS = {GOOD: "ok   ", WARNING: "note ", BAD: "BAD  "}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run(arguments: argparse.Namespace) -> int:
    try:
        with working_database(holder="otklik doctor"):
            found = list(findings())
    except Exception as trouble:  # without a database the doctor still has something to say
        found = [Finding(BAD, "database", str(trouble), "Start it, or check DATABASE_URL.")]
    tell(found, as_json=arguments.json)
    return FAILED if any(each.level == BAD for each in found) else DONE


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
