"""`otklik web`: pages and streams only; as many as wanted, beside `otklik worker`."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time

from otklik.config.cli import BUSY, DONE, FAILED, WRONG, Trouble
from otklik.config.cli.session import refuse_too_old, working_database
from otklik.config.terminal import Progress, say
from otklik.config.web.listening import CannotListen, PortTaken, listen

HELP = "serve pages and live updates (production: several behind a proxy)"
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STOPPED = {DONE, -signal.SIGTERM}  # the second: told to stop before it had begun


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port to listen on (OTKLIK_PORT, 8000)")
    parser.add_argument("--host", help="address to listen on (OTKLIK_HOST, 127.0.0.1)")
    size = "processes that share the port (1)"
    parser.add_argument("--workers", type=at_least_one, default=1, metavar="N", help=size)
    parser.add_argument("--fd", type=int, help=argparse.SUPPRESS)


def at_least_one(words: str) -> int:
    if not words.isdigit() or not int(words):
        raise argparse.ArgumentTypeError(f"{words} is not a number of processes")
    return int(words)


def run(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    try:
        inherited = arguments.fd is not None
        sock = socket.socket(fileno=arguments.fd) if inherited else listen(settings.HOST, settings.PORT)
    except CannotListen as trouble:
        raise Trouble(str(trouble), BUSY if isinstance(trouble, PortTaken) else WRONG) from None
    with working_database(holder=f"process {os.getpid()}, otklik web"):
        refuse_too_old()
        if arguments.fd is None:
            prepare_files()
            say(f"Serving on http://{settings.HOST}:{sock.getsockname()[1]}")
        return Crew(sock, arguments.workers).run() if arguments.workers > 1 else serve(sock)


def prepare_files() -> None:
    from otklik.config.web.static_collection import collect, is_stale

    if is_stale():
        with Progress().step("Collecting style sheets and scripts"):
            collect()


def serve(sock: socket.socket) -> int:
    from otklik.config.supervisor import Supervisor, run_supervised

    run_supervised(Supervisor(sock=sock, work=False, cluster=None))
    return DONE


class Crew:
    """Several processes on one socket; one that dies is replaced, the signal to stop is passed on."""

    def __init__(self, sock: socket.socket, size: int) -> None:
        self.sock, self.size = sock, size
        self.stopping = False
        self.members: list[subprocess.Popen[bytes]] = []

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        pause = FIRST_PAUSE
        while not self.stopping:
            died = [member for member in self.members if member.poll() is not None]
            self.members = [member for member in self.members if member not in died]
            pause = min(pause * 2, LONGEST_PAUSE) if died else FIRST_PAUSE
            while len(self.members) < self.size and not self.stopping:
                self.members.append(self._member())
            time.sleep(pause if died else FIRST_PAUSE)
        codes = [member.wait() for member in self.members]
        return DONE if set(codes) <= STOPPED else FAILED

    def _member(self) -> subprocess.Popen[bytes]:
        from otklik.config.embedded.identity import Identity

        number = self.sock.fileno()
        command = [sys.executable, "-m", "otklik", "web", "--fd", str(number)]
        return subprocess.Popen(
            Identity("plain").command(*command, tied=True), pass_fds=[number], start_new_session=True
        )

    def _stop(self, *_: object) -> None:
        self.stopping = True
        for member in self.members:
            if member.poll() is None:
                member.terminate()
