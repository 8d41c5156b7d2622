"""The one program `otklik`: a file per command.

A command is a module with `HELP`, `configure(parser)` and `run(arguments) -> exit code`. Exit codes: 0 done,
1 not done, 2 wrong words or settings, 3 somebody else has the folder or the port, 130 interrupted. The program
speaks English, like its logs; what clients and agents see speaks their language.
"""

import argparse
import importlib
import keyword
import os
import sys
from collections.abc import Iterator, Sequence

from otklik import __version__

COMMANDS = (
    *("up", "web", "worker"),
    *("migrate", "demo", "doctor"),
    *("mail", "import", "user", "token", "audit", "recount"),
    *("test", "check", "bench", "translations", "snapshot"),
    *("sbom", "advisories"),
)

DONE, FAILED, WRONG, BUSY, INTERRUPTED = 0, 1, 2, 3, 130


def main(words: Sequence[str]) -> int:
    """Run one command; known troubles become one line on stderr instead of a trace."""
    wanted = next((word for word in words if not word.startswith("-")), "")
    parser = build_parser([wanted] if wanted in COMMANDS else COMMANDS)
    arguments, rest = parser.parse_known_args(words)
    if rest and not getattr(arguments, "takes_rest", False):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    apply_environment(arguments)
    return guarded(arguments)


def build_parser(names: Sequence[str]) -> argparse.ArgumentParser:
    """Only the modules that are needed are loaded: the program starts faster."""
    parser = argparse.ArgumentParser(
        prog="otklik", description="Otklik: the operating system of a customer-service department."
    )
    parser.add_argument("--version", action="version", version=f"otklik {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in names:
        module = importlib.import_module(f"otklik.config.cli.{module_of(name)}")
        words = module.HELP
        command = commands.add_parser(
            name,
            help=words,
            description=words,
            epilog=getattr(module, "EPILOG", None),
            add_help=not getattr(module, "OWN_HELP", False),
        )
        module.configure(command)
        if not getattr(module, "NEEDS_NO_DATA", False):
            for each in (command, *acts_of(command)):
                each.add_argument(
                    "--data", metavar="FOLDER", default=argparse.SUPPRESS, help="data folder (OTKLIK_DATA)"
                )
        command.set_defaults(
            run=module.run,
            takes_rest=getattr(module, "TAKES_REST", False),
            needs_data=not getattr(module, "NEEDS_NO_DATA", False),
        )
    return parser


def module_of(name: str) -> str:
    """A command may have a name that Python keeps for itself."""
    return f"{name}_" if keyword.iskeyword(name) else name


def acts_of(command: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """`otklik mail import` and its like: options of the command are taken after the act, too."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def apply_environment(arguments: argparse.Namespace) -> None:
    """Options become the variables they stand for, so that there is one way to read them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
    for option in ("data", "host", "port"):
        if (value := getattr(arguments, option, None)) is not None:
            os.environ[f"OTKLIK_{option.upper()}"] = str(value)


def guarded(arguments: argparse.Namespace) -> int:
    from otklik.config.embedded import Busy, ClusterError, NoPostgres
    from otklik.config.env import BadSettings

    try:
        if arguments.needs_data:
            make_key()
        return int(arguments.run(arguments))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BadSettings as trouble:
        return complain(str(trouble), WRONG)
    except Busy as trouble:
        return complain(str(trouble), BUSY)
    except (ClusterError, NoPostgres, Trouble) as trouble:
        return complain(str(trouble), getattr(trouble, "code", FAILED))
    except BrokenPipeError:
        return FAILED


def make_key() -> None:
    """On the first start, and before the settings are read."""
    from otklik.config.paths import data_folder
    from otklik.config.secret import ensure_key

    if os.environ.get("OTKLIK_SECRET_KEY"):
        return
    try:
        ensure_key(data_folder())
    except OSError as trouble:
        raise Trouble(f"The data folder {data_folder()} cannot be used: {trouble.strerror}.", WRONG) from None


class Trouble(Exception):
    """A command cannot do its work; the words are for the person at the terminal."""

    def __init__(self, words: str, code: int = FAILED) -> None:
        super().__init__(words)
        self.code = code


def complain(words: str, code: int) -> int:
    print(f"otklik: {words}", file=sys.stderr)
    return code
