"""`otklik recount`: sums that are kept are counted anew from what they were made of."""

import argparse

from otklik.config.cli import DONE
from otklik.config.cli.session import working_database
from otklik.config.terminal import say

HELP = "count sums anew that are kept, while the desk works"
EPILOG = "Until a day is counted again its figures are read from what lies there: slower, and the same."


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="SUMS", required=True)
    acts.add_parser("surveys", help="days of surveys that are settled: after invitations of older days were put in")


def run(arguments: argparse.Namespace) -> int:
    with working_database(holder="otklik recount", migrated=True):
        from otklik.care.surveys import tallying

        say(f"{tallying.rebuild()} days of surveys were counted anew.")
    return DONE
