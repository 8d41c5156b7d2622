"""The real program as a process of its own, on the database of the tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections

from tests.fixtures.server import ROOT

PATIENCE = 60.0


def until(true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Look again and again; AssertionError when it does not become true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def database_url() -> str:
    entry = connections["default"].settings_dict
    words = {name: quote(str(entry[name.upper()]), safe="") for name in ("name", "user", "password", "host", "port")}
    return "postgresql://{user}:{password}@/{name}?host={host}&port={port}".format(**words)


class Program:
    """`otklik <words>` with mail ports of its own and the secret key of the tests."""

    def __init__(self, folder: Path, *words: str, lmtp: int = 0, **variables: str) -> None:
        self.words = words
        self.lmtp, self.smtp = lmtp or free_port(), free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OTKLIK_", "DJANGO_"))}
        self.environment = {
            **kept,
            "PYTHONPATH": str(ROOT / "src"),
            "DATABASE_URL": database_url(),
            "OTKLIK_DATA": str(folder),
            "OTKLIK_FILES": str(folder / "files"),
            "OTKLIK_SECRET_KEY": settings.SECRET_KEY,
            "OTKLIK_LMTP_LISTEN": f"127.0.0.1:{self.lmtp}",
            "OTKLIK_SMTP_LISTEN": f"127.0.0.1:{self.smtp}",
            **variables,
        }
        self.log = folder / "program.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "otklik", *self.words],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self.answers, "the program listens")

    def answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        try:
            socket.create_connection(("127.0.0.1", self.lmtp), 1).close()
        except OSError:
            return False
        return True

    def kill(self, number: int = signal.SIGKILL) -> None:
        """The process and the children that it started."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(PATIENCE)
