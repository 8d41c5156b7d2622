"""`otklik up`: database, web, jobs, mail and live updates in one supervised process."""

import argparse
import os
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from otklik.config.cli import BUSY, DONE, WRONG, Trouble
from otklik.config.cli.session import holder_words, refuse_too_old, work_as_application, working_database
from otklik.config.embedded import Cluster
from otklik.config.paths import data_folder
from otklik.config.terminal import Progress, say, table
from otklik.config.web.listening import CannotListen, PortTaken, listen

if TYPE_CHECKING:
    from otklik.config.demo import Account

HELP = "run everything on this machine: database, web, jobs, mail, live updates"
EPILOG = "Stops on Ctrl-C. The data stay in the data folder; the next start takes them up again."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port of the web pages (OTKLIK_PORT, 8000); 0 takes a free one")
    parser.add_argument("--host", help="address to listen on (OTKLIK_HOST, 127.0.0.1)")
    parser.add_argument(
        "--no-demo", action="store_true", help="leave an empty database empty: start with the first-run page"
    )


def run(arguments: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, _as_interrupt)
    sock = _free_port(arguments)
    say(f"Otklik starts; its data are in {data_folder()}")
    from django.conf import settings  # takes seconds when Python has compiled nothing yet

    sock = sock or _listen(settings.HOST, settings.PORT, settings.DATA_DIR)

    progress = Progress()
    address = settings.PUBLIC_URL
    holder = holder_words(os.getpid(), settings.PORT, address)
    with working_database(holder=holder, own=True, progress=progress) as cluster:
        refuse_too_old()
        prepare(progress, cluster, demo=not arguments.no_demo)
        from otklik.config.demo import accounts
        from otklik.config.supervisor import Supervisor, run_supervised

        known, words = accounts(), first_run_words(address)
        run_supervised(Supervisor(sock=sock, work=True, cluster=cluster), ready=lambda: announce(address, known, words))
        say("Stopping …")
    say("Stopped.")
    return DONE


def prepare(progress: Progress, cluster: Cluster | None, *, demo: bool) -> None:
    """Tables, style sheets and the demo company: whatever is missing or stale."""
    from otklik.config.database.migration import migrate
    from otklik.config.database.migration import pending as pending_migrations
    from otklik.config.demo import has_seeds, is_empty, load
    from otklik.config.web.static_collection import collect, is_stale

    if pending_migrations():
        with progress.step("Preparing the tables"):
            migrate()
    work_as_application(cluster)
    if is_stale():
        with progress.step("Collecting style sheets and scripts"):
            collect()
    if demo and has_seeds() and is_empty():
        with progress.step("Loading the demo company") as tell:
            load(tell)


def first_run_words(address: str) -> list[str]:
    """The way in when nobody works here yet: the code that only this terminal shows."""
    from otklik.core.staff.first_run import setup_code

    code = setup_code()
    return (
        ["Nobody works here yet. Set it up (the link is valid for a day):", f"  {address}/setup/?code={code}"]
        if code
        else []
    )


def announce(address: str, known: "list[Account]", words: list[str]) -> None:
    from otklik.config.web.server import mail_words

    say()
    say(f"  Otklik is ready: {address}")
    if known:
        say("  Sign in as one of the demo company:")
        say(table([("role", "login", "password"), *((each.role, each.login, each.password) for each in known)]))
    for line in [*words, *mail_words()]:
        say(f"  {line}")
    say("  Ctrl-C stops it.")
    say()


def _as_interrupt(*_: object) -> None:
    """Until the server takes the signals over, SIGTERM ends like Ctrl-C: with everything put away."""
    raise KeyboardInterrupt


def _free_port(arguments: argparse.Namespace) -> socket.socket | None:
    """--port 0: take a free port now, because the settings are made from its number."""
    if arguments.port != 0:
        return None
    sock = listen(os.environ.get("OTKLIK_HOST", "127.0.0.1"), 0)
    os.environ["OTKLIK_PORT"] = str(sock.getsockname()[1])
    return sock


def _listen(host: str, port: int, data: Path) -> socket.socket:
    """The port; when it is taken by the Otklik of the same folder, that is what is said."""
    try:
        return listen(host, port)
    except PortTaken as trouble:
        holder = Cluster(data).holder_now()
        raise Trouble(f"Otklik already runs on {data} ({holder})." if holder else str(trouble), BUSY) from None
    except CannotListen as trouble:
        raise Trouble(str(trouble), WRONG) from None
