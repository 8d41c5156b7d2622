"""`otklik bench`: load a history of a hundred thousand tickets and measure (benchmarks/README.md)."""

import argparse
import os
import sys

from otklik.config.paths import CHECKOUT

HELP = "measure the product on a large history (otklik bench --tickets 20000 --mails 500 queue)"
NEEDS_NO_DATA = True
TAKES_REST = True
OWN_HELP = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", help="jobs and options of the benchmark")


def run(arguments: argparse.Namespace) -> int:
    """The benchmark takes over with its words as they were typed: it has a parser of its own, and Ctrl-C is its own."""
    typed = sys.argv[sys.argv.index("bench") + 1 :]
    os.chdir(CHECKOUT)
    os.execv(sys.executable, [sys.executable, "-m", "benchmarks", *typed])  # noqa: S606 - our own program
