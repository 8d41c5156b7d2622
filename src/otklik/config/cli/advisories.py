"""`otklik advisories`: known vulnerabilities of what is locked."""

import argparse
import os
from pathlib import Path

from otklik.config.checks.runner import SKIPPED
from otklik.config.cli import DONE, FAILED, Trouble
from otklik.config.supply import audit, lock
from otklik.config.terminal import say

HELP = "compare the lock with a database of advisories on this machine"
EPILOG = "Exit code 77 when there is no database: then nothing was compared, and nothing is known. docs/operations.md"
NEEDS_NO_DATA = True
NOT_RUN = "not run: no database of advisories (--advisories, OTKLIK_ADVISORIES), and the network is not asked"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--advisories",
        metavar="PLACE",
        type=Path,
        default=os.environ.get("OTKLIK_ADVISORIES"),
        help="folder or ZIP with OSV records (OTKLIK_ADVISORIES)",
    )
    parser.add_argument("--dev", action="store_true", help="with the tools of developers")


def run(arguments: argparse.Namespace) -> int:
    if not arguments.advisories or not arguments.advisories.exists():
        say(NOT_RUN)
        return SKIPPED
    try:
        return compare(lock.read(lock.DEVELOPERS if arguments.dev else lock.CORE), arguments.advisories)
    except (OSError, ValueError) as trouble:
        raise Trouble(f"The advisories cannot be compared: {trouble}") from None


def compare(locked: list[lock.Locked], place: Path) -> int:
    """A database that holds nothing compares nothing: that is a failure, not a good answer."""
    advisories = list(audit.records(place))
    if not advisories:
        raise ValueError(f"no advisory in {place}")
    hits = list(audit.found(locked, advisories))
    for each, record in hits:
        newer = ", ".join(audit.repaired_in(record, each.name)) or "no version yet"
        say(f"{each.name} {each.version}: {record['id']} {record.get('summary', '')} (repaired in {newer})")
    say(f"{len(locked)} packages, {len(advisories)} advisories, {len(hits)} hits")
    return FAILED if hits else DONE
