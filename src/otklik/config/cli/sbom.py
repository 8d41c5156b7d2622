"""`otklik sbom`: what a release is made of, for those who have to know."""

import argparse
import json
from pathlib import Path

from otklik.config.cli import DONE, FAILED, Trouble
from otklik.config.supply import bill, lock
from otklik.config.terminal import say

HELP = "print the bill of materials (CycloneDX); --check compares the lock with what is installed"
NEEDS_NO_DATA = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", type=Path, help="write it there instead of standard output")
    parser.add_argument("--dev", action="store_true", help="with the tools of developers")
    parser.add_argument(
        "--check", action="store_true", help="is everything pinned by hash, and is exactly this installed?"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.check:
        return compare()
    try:
        locked = lock.read(lock.DEVELOPERS if arguments.dev else lock.CORE)
    except (OSError, ValueError) as trouble:
        raise Trouble(f"The lock file cannot be read: {trouble}") from None
    words = json.dumps(bill.bill_of(locked), indent=2, ensure_ascii=False)
    if arguments.out:
        arguments.out.write_text(f"{words}\n", encoding="utf-8")
    else:
        say(words)
    return DONE


def compare() -> int:
    problems = list(lock.problems(lock.installed_lock()))
    for words in problems:
        say(words)
    return FAILED if problems else DONE
