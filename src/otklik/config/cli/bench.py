"""`otklik bench`: load a history of a hundred thousand tickets and measure (benchmarks/README.md)."""

import argparse
import subprocess
import sys

from otklik.config.paths import CHECKOUT

HELP = "measure the product on a large history (otklik bench --tickets 20000 --mails 500 queue)"
NEEDS_NO_DATA = True
TAKES_REST = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", help="jobs and options of the benchmark; --options names them")
    parser.add_argument("--options", action="store_true", help="what can be measured, and how")


def run(arguments: argparse.Namespace) -> int:
    """Its words are handed on as they were typed, because this parser would part options from their values."""
    typed = sys.argv[sys.argv.index("bench") + 1 :]
    words = ["--help"] if arguments.options else typed
    return subprocess.run([sys.executable, "-m", "benchmarks", *words], cwd=CHECKOUT).returncode
