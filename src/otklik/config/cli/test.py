"""`otklik test`: the tests, with a database of their own; `--all` runs the checks as well."""

import argparse
import os
import subprocess
import sys

from otklik.config.checks.packages import provide
from otklik.config.cli import DONE, FAILED
from otklik.config.paths import CHECKOUT
from otklik.config.terminal import say
from otklik.config.translations import compile_stale

HELP = "run the tests (further words go to pytest: otklik test src/otklik/desk -k refuse)"
NEEDS_NO_DATA = True
TAKES_REST = True
IN_ORDER = ["--dist", "loadgroup", "--no-loadscope-reorder"]  # groups and their order: tests/fixtures/browser.py


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all", action="store_true", help="first lint, types, contracts, templates, migrations, translations"
    )
    parser.add_argument("--install", action="store_true", help="install Debian packages that start services, too (CI)")
    parser.add_argument("paths", nargs="*", help="files or folders; all when none is named")


def run(arguments: argparse.Namespace) -> int:
    compile_stale()
    provide(everything=arguments.install)
    checked = check_source() if arguments.all else DONE
    say("Tests")
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", *_parallel(arguments), *arguments.paths, *arguments.rest],
        cwd=CHECKOUT,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
    )
    say()
    say("All is well." if checked == tested.returncode == 0 else "Something failed, see above.")
    return FAILED if checked or tested.returncode else DONE


def check_source() -> int:
    from otklik.config.cli import check

    say("Checks")
    return check.run(argparse.Namespace(names=[]))


def _parallel(arguments: argparse.Namespace) -> list[str]:
    """The whole suite on as many processes as there are cores, at most four; a few files in one."""
    cores = min(os.cpu_count() or 1, 4)
    named = arguments.paths or any(word.startswith("-n") for word in arguments.rest)
    return [] if named or cores < 2 else ["-n", str(cores), *IN_ORDER]
