"""The product under test: a process of its own on a data folder of its own, used through its doors."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import psycopg

from benchmarks.cost import Tree

START_SECONDS = 180
STRANGE = ("OTKLIK_", "DATABASE_URL", "DJANGO_")
LMTP = 24
"""Its place for mail is so far behind the port of its pages."""


class Product:
    """`otklik up` (or `web`, which does no jobs) on a folder; use as a context manager."""

    def __init__(self, folder: Path, port: int, command: str = "up") -> None:
        self.folder, self.port, self.command = folder, port, command
        self.without: set[int] = set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def start(self) -> None:
        words = [self.command, *(["--no-demo"] if self.command == "up" else [])]
        self.log = (self.folder / "bench.log").open("ab")
        place = ["--data", str(self.folder), "--port", str(self.port)]
        command = [sys.executable, "-m", "otklik", *words, *place]
        self.process = subprocess.Popen(command, env=surroundings(), stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise SystemExit(f"The product does not start:\n{(self.folder / 'bench.log').read_text()[-1000:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """With -9, its database too."""
        members = [pid for pid in self.tree.members() if pid not in self.without]
        for pid in members:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.log.close()
        self.without.clear()

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(90)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()

    def errors(self) -> list[str]:
        """What it wrote into its log as errors, told by their first words."""
        lines = (self.folder / "bench.log").read_text(errors="replace").splitlines()
        told = [json.loads(line) for line in lines if line.startswith("{")]
        return [f"{each.get('event')}"[:300] for each in told if each.get("level") == "error"]

    def _answers(self) -> bool:
        from urllib.request import urlopen

        with suppress(OSError):
            if self.command == "up":  # the door for mail opens beside the pages, on a busy machine later
                socket.create_connection(("127.0.0.1", self.port + LMTP), 2).close()
            return bool(urlopen(f"{self.url}/readyz", timeout=2).status == 200)
        return False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def tree(self) -> Tree:
        """All its processes but the backends that serve our own questions."""
        return Tree(self.process.pid, self.without)

    def database(self) -> psycopg.Connection:
        """Our own door to its database; what its backend does is not counted as the product's."""
        connection = psycopg.connect(address(self.folder), autocommit=True)
        self.without.add(connection.info.backend_pid)
        return connection


def surroundings() -> dict[str, str]:
    """Our environment without the settings of another desk."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(STRANGE)}
    return ours | {"OTKLIK_LOG_FORMAT": "json", "OTKLIK_LOG_LEVEL": "WARNING"}


def address(folder: Path) -> str:
    """How to reach the embedded database that runs in a data folder."""
    lines = (folder / "pg" / "postmaster.pid").read_text().splitlines()
    password = (folder / "pg.password").read_text().strip()
    return f"host={lines[4]} port={lines[3]} user=otklik password={password} dbname=otklik"


def otklik(folder: Path, *words: str) -> str:
    """Run a command of the product and return what it says."""
    command = [sys.executable, "-m", "otklik", *words, "--data", str(folder)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=surroundings()).stdout


def password_of(folder: Path, login: str) -> str:
    return passwords(folder)[login]


def passwords(folder: Path) -> dict[str, str]:
    """Of everybody in the demo company."""
    accounts = json.loads(otklik(folder, "demo", "--accounts", "--json"))
    return {each["login"]: each["password"] for each in accounts}
