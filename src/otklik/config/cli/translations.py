"""`otklik translations`: compile catalogues, or check that none is behind the code."""

import argparse

from otklik.config.cli import DONE
from otklik.config.terminal import say

HELP = "compile translations; --check compares them with the texts in the code"
NEEDS_NO_DATA = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check",
        action="store_true",
        help="every text has a translation, no translation is broken (needs gettext)",
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.check:
        from otklik.config.checks.translations import check

        return check()
    from otklik.config.translations import compile_stale

    for source in compile_stale(force=True):
        say(f"{source} compiled")
    return DONE
