"""`otklik mail`: bring mail in from files."""

import argparse
import sys
from pathlib import Path
from typing import Any

from otklik.config.cli import DONE, FAILED, WRONG, Trouble
from otklik.config.cli.session import working_database
from otklik.config.cli.terminal import say, say_json
from otklik.config.services import exists

HELP = "import mail from files"
IMPORTER = "otklik.adapters.email.importer"


def configure(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    bring = acts.add_parser(
        "import",
        help="take in an .eml file, a folder of them, an mbox or a Maildir; repeatable without doubling",
    )
    bring.add_argument("path", type=Path)
    bring.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(arguments: argparse.Namespace) -> int:
    if not arguments.path.exists():
        raise Trouble(f"There is no {arguments.path}.", WRONG)
    if not exists(IMPORTER):
        raise Trouble("Mail cannot be imported by this version.")
    with working_database(holder="otklik mail import"):
        from importlib import import_module

        report = import_module(IMPORTER).import_path(arguments.path, progress=show_progress)
        tell(report.as_dict(), as_json=arguments.json)
    return FAILED if report.as_dict().get("lost") else DONE


def show_progress(done: int, total: int | None) -> None:
    """Called for every message; a line that renews itself at a terminal, a line per thousand elsewhere."""
    if sys.stderr.isatty():
        print(f"\r  {done} of {total or '?'} messages", end="", file=sys.stderr, flush=True)
    elif done % 1000 == 0:
        print(f"  {done} of {total or '?'} messages", file=sys.stderr, flush=True)


def tell(counts: dict[str, Any], *, as_json: bool) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if as_json:
        say_json(counts)
        return
    for name, value in counts.items():
        if isinstance(value, list):
            for line in value:
                say(f"  {line}")
        else:
            say(f"{name.replace('_', ' ')}: {value}")
