"""`otklik import`: clients, organisations, products and requests of a file, or everything of another desk."""

import argparse
import sys
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from otklik.config.cli import DONE, FAILED, WRONG, Trouble
from otklik.config.cli.session import working_database
from otklik.config.terminal import say, say_json

if TYPE_CHECKING:
    from otklik.desk.imports.models import Import, Takeover

HELP = "bring clients, organisations, products or requests in from a file, or all of another desk; never twice"
KINDS = ("contacts", "organisations", "products", "tickets", "subscriptions", "payments", "outside")
TOLD = 20
"""So many problems are printed; the rest are in the settings, and in the answer of --json."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", metavar="KIND FILE | FOLDER", help=f"a kind is one of: {', '.join(KINDS)}")
    parser.add_argument(
        "--from",
        dest="desk",
        choices=("zendesk", "freshdesk", "osticket", "zammad"),
        help="everything of the export of another desk in FOLDER, or with --address of its server",
    )
    parser.add_argument("--address", default="", metavar="URL", help="of a Zammad that is read by its API")
    parser.add_argument(
        "--token-file", type=Path, metavar="FILE", help="where the token of that server stands (default: ask for it)"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="which column is which field; those that are not named are guessed, COLUMN= leaves one out",
    )
    parser.add_argument(
        "--source",
        default="file",
        metavar="NAME",
        help="the system whose identifiers these are (file); with --from a name of your own for its second desk",
    )
    parser.add_argument(
        "--channel", default="", metavar="ADDRESS", help="the mailbox that requests belong to (default: the first)"
    )
    parser.add_argument("--dry-run", action="store_true", help="count, and say what is wrong; change nothing")
    parser.add_argument("--json", action="store_true", help="print counts, mapping and problems as JSON")


def run(arguments: argparse.Namespace) -> int:
    if arguments.desk:
        return take_over(arguments)
    if len(arguments.what) != 2 or arguments.what[0] not in KINDS:
        raise Trouble(f"Name one of {', '.join(KINDS)}, and a file; or --from a desk.", WRONG)
    arguments.kind, arguments.file = arguments.what[0], Path(arguments.what[1])
    if not arguments.file.is_file():
        raise Trouble(f"There is no {arguments.file}.", WRONG)
    with working_database(holder="otklik import", migrated=True):
        brought = bring(arguments)
        tell(brought, arguments)
        return DONE if brought.state in ("done", "checked") and not brought.told["wrong"] else FAILED


def take_over(arguments: argparse.Namespace) -> int:
    """`otklik import --from zendesk FOLDER`."""
    if bool(arguments.address) == bool(arguments.what) or len(arguments.what) > 1:
        raise Trouble("Name one folder with the export, or --address.", WRONG)
    if arguments.address and arguments.desk != "zammad":
        raise Trouble("Only a Zammad is read by its address.", WRONG)
    folder = Path(arguments.what[0]) if arguments.what else None
    if folder is not None and not folder.exists():
        raise Trouble(f"There is no {folder}.", WRONG)
    with working_database(holder="otklik import", migrated=True):
        return _taken_over(arguments, folder)


def _taken_over(arguments: argparse.Namespace, folder: Path | None) -> int:
    from otklik.desk.imports import taking_over
    from otklik.desk.imports.models import Takeover
    from otklik.desk.imports.preparing import NoChannel, channel_of

    try:
        channel = channel_of(arguments.channel)
    except NoChannel as missing:
        raise Trouble(f"There is no mailbox {missing}".strip() + ": add one in the settings.", WRONG) from None
    if folder is None:
        told = (arguments.desk, arguments.address, _token(arguments), channel)
        of = taking_over.from_server(*told, source=_which(arguments))
    else:
        of = Takeover.objects.create(system=arguments.desk, source=_which(arguments), channel=channel)
    taking_over.go_on(of, show_read, folder)
    if of.state == Takeover.State.READY:
        of.begin(dry=arguments.dry_run)
        taking_over.go_on(of)
    tell_takeover(of, arguments)
    wrong = sum(part.told["wrong"] for part in of.parts.all())
    return DONE if of.state in ("done", "checked") and not wrong else FAILED


def _which(arguments: argparse.Namespace) -> str:
    """Which desk of that system; "" for the only one."""
    return "" if arguments.source == "file" else str(arguments.source)[:40]


def _token(arguments: argparse.Namespace) -> str:
    """Never an argument: those are seen by everybody on the machine."""
    return arguments.token_file.read_text().strip() if arguments.token_file else getpass("Token: ")


def bring(arguments: argparse.Namespace) -> "Import":
    from otklik.desk.imports.preparing import NoChannel, mapped, prepared
    from otklik.desk.imports.reading import Unreadable
    from otklik.desk.imports.running import run as run_through

    try:
        with arguments.file.open("rb") as file:
            brought = prepared(arguments.kind, file, arguments.file.name, arguments.source, channel=arguments.channel)
        brought.mapping = mapped(brought, dict(pair_of(words) for words in arguments.map))
    except Unreadable as trouble:
        raise Trouble(f"{arguments.file}: {trouble}", WRONG) from None
    except NoChannel as missing:
        raise Trouble(f"There is no mailbox {missing}".strip() + ": add one in the settings.", WRONG) from None
    except ValueError as trouble:
        raise Trouble(str(trouble), WRONG) from None
    brought.begin(dry=arguments.dry_run)
    run_through(brought, show_progress)
    return brought


def pair_of(words: str) -> tuple[str, str]:
    column, is_, field = words.rpartition("=")
    if not is_ or not column:
        raise Trouble(f"--map {words}: write COLUMN=FIELD.", WRONG)
    return column, field


def show_progress(brought: "Import") -> None:
    ending = "\r" if sys.stderr.isatty() else "\n"
    print(f"  {brought.position} rows", end=ending, file=sys.stderr, flush=True)


def show_read(of: "Takeover") -> None:
    ending = "\r" if sys.stderr.isatty() else "\n"
    print(f"  {of.read} records", end=ending, file=sys.stderr, flush=True)


def tell_takeover(of: "Takeover", arguments: argparse.Namespace) -> None:
    parts = list(of.parts.order_by("pk"))
    if arguments.json:
        told = [{"import": part.pk, "kind": part.kind, "state": part.state, **part.told} for part in parts]
        say_json({"move": of.pk, "state": of.state, "trouble": of.trouble, "parts": told})
        return
    for part in parts:
        say(f"{part.kind}: " + ", ".join(f"{name} {count}" for name, count in part.told.items()))
        for problem in part.problems.order_by("line")[:TOLD]:
            kept = " (the rest was kept)" if problem.kept else ""
            say(f"  {problem.cells.get('external_id', '')}: {problem.words}{kept}")
    if of.trouble:
        say(of.trouble)


def tell(brought: "Import", arguments: argparse.Namespace) -> None:
    problems = list(brought.problems.order_by("line").values("line", "column", "words", "kept"))
    if arguments.json:
        told = {"import": brought.pk, "state": brought.state, "trouble": brought.trouble, "rows": brought.position}
        say_json({**told, **brought.told, "mapping": brought.mapping, "problems": problems})
        return
    for column, field in brought.mapping.items():
        say(f"{column} -> {field}")
    say(", ".join(f"{name} {count}" for name, count in brought.told.items()) + f" of {brought.position} rows")
    for one in problems[:TOLD]:
        say(f"  line {one['line']} {one['column']}: {one['words']}" + (" (the rest was kept)" if one["kept"] else ""))
    if len(problems) > TOLD:
        say(f"  and {len(problems) - TOLD} more")
    if brought.trouble:
        say(brought.trouble)
