"""`otklik check`: everything that can be known about the source without running the product."""

import argparse
import os

from otklik.config.checks.runner import Answer, checks
from otklik.config.checks.runner import run as run_checks
from otklik.config.cli import DONE, FAILED, WRONG, Trouble
from otklik.config.terminal import say

HELP = (
    "lint, format, types, import contracts, templates, migrations, their snapshot, translations, locked packages,"
    " deployment settings"
)
NEEDS_NO_DATA = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these checks")


def run(arguments: argparse.Namespace) -> int:
    known = checks()
    unknown = set(arguments.names) - {check.name for check in known}
    if unknown:
        raise Trouble(
            f"No check {', '.join(sorted(unknown))}; there are {', '.join(check.name for check in known)}.",
            WRONG,
        )
    chosen = [check for check in known if not arguments.names or check.name in arguments.names]
    strict = os.environ.get("OTKLIK_REQUIRE_ALL") == "1"
    failed = [answer for answer in run_checks(chosen) if not tell(answer, strict=strict)]
    return FAILED if failed else DONE


def tell(answer: Answer, *, strict: bool) -> bool:
    """One line per check, and the words of one that failed. True when it is fine."""
    fine = answer.code == 0 or (answer.skipped and not strict)
    mark = "SKIPPED" if answer.skipped else "ok" if fine else "FAILED"
    say(f"  {answer.check.name:14} {mark}")
    if answer.words and (answer.skipped or not fine):
        say("\n".join(f"      {line}" for line in answer.words.splitlines()))
    return fine
