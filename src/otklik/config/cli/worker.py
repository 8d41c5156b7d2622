"""`otklik worker`: jobs, the clock and the mail services; as many as wanted."""

import argparse
import os

from otklik.config.cli import DONE
from otklik.config.cli.session import refuse_too_old, working_database
from otklik.config.terminal import say

HELP = "run jobs, timers and mail services (production: several beside `otklik web`)"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-mail", action="store_true", help="jobs and timers only")


def run(arguments: argparse.Namespace) -> int:
    if arguments.no_mail:
        os.environ["OTKLIK_SMTP_LISTEN"] = os.environ["OTKLIK_LMTP_LISTEN"] = "off"
    with working_database(holder=f"process {os.getpid()}, otklik worker"):
        refuse_too_old()
        from otklik.config.supervisor import Supervisor, run_supervised

        run_supervised(Supervisor(sock=None, work=True, cluster=None), ready=lambda: say("Working"))
    return DONE
