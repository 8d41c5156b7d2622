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
ONCE_MORE = ("--reruns", "1", "-r", "fER")
BYTECODE = CHECKOUT / ".cache" / "bytecode"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all", action="store_true", help="first lint, types, contracts, templates, migrations, translations"
    )
    parser.add_argument("--install", action="store_true", help="install Debian packages that start services, too (CI)")
    parser.add_argument("paths", nargs="*", help="files or folders; all when none is named")


def run(arguments: argparse.Namespace) -> int:
    keep_bytecode()
    compile_stale()
    provide(everything=arguments.install)
    checked = check_source() if arguments.all else DONE
    say("Tests")
    passed = [_passes([*turn, *arguments.paths, *arguments.rest]) for turn in _turns(arguments)]
    say()
    say("All is well." if checked == DONE and all(passed) else "Something failed, see above.")
    return DONE if checked == DONE and all(passed) else FAILED


def keep_bytecode() -> None:
    """What Python compiled is kept in .cache where the machine forbids it beside the sources, as containers do.

    Every worker and each of the many programs that tests start would compile Django, the libraries and us anew.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)


def _passes(words: list[str]) -> bool:
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run([sys.executable, "-m", "pytest", *words], cwd=CHECKOUT, env=own).returncode == 0


def check_source() -> int:
    from otklik.config.cli import check

    say("Checks")
    return check.run(argparse.Namespace(names=[]))


def _turns(arguments: argparse.Namespace) -> list[list[str]]:
    """The whole suite in two turns: all cores (at most four) at once, then the browser alone; a part of it in one.

    A browser, the server behind it and its database keep two cores busy by themselves: beside another one a page is
    slower than any client would see it.  A journey that failed there is tried once more and told of as rerun
    (docs/decisions/0112).
    """
    cores = min(os.cpu_count() or 1, 4)
    chosen = arguments.paths or any(word[:2] in ("-n", "-m", "-k") for word in arguments.rest)
    if chosen or cores < 2:
        return [[]]
    return [
        ["-n", str(cores), "--dist", "loadfile", "--no-loadscope-reorder", "-m", "not browser"],
        ["-m", "browser", *ONCE_MORE],
    ]
