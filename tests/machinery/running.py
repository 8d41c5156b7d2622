"""Otklik as a person runs it: a process with a data folder, watched through its words and its port."""

import os
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from otklik.config.embedded.postmaster import live_postmaster
from otklik.config.paths import CHECKOUT
from tests.fixtures.live import wait_until

START_SECONDS = 180.0
STRANGE = ("OTKLIK_", "DATABASE_URL", "DJANGO_")


def environment(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STRANGE)}
    return {**kept, "OTKLIK_DATA": str(data), "OTKLIK_ENV_FILE": os.devnull, "PYTHONUNBUFFERED": "1"}


def otklik(data: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "otklik", *words],
        cwd=CHECKOUT,
        env=environment(data) | variables,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        stdin=subprocess.DEVNULL,
    )


class Running:
    """`otklik up` in the background; use as a context manager."""

    def __init__(self, data: Path, *words: str, **variables: str) -> None:
        self.data = data
        self.command = [sys.executable, "-m", "otklik", "up", "--port", "0", "--no-demo", *words]
        self.variables = variables
        self.words: list[str] = []

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            self.command,
            cwd=CHECKOUT,
            env=environment(self.data) | self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        wait_until(lambda: "Ctrl-C stops" in self.said or self.process.poll() is not None, START_SECONDS)
        assert self.process.poll() is None, self.said
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
        self.all_gone()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.words.append(line)

    @property
    def said(self) -> str:
        return "".join(self.words)

    @property
    def port(self) -> int:
        found = re.search(r"http://localhost:(\d+)", self.said)
        assert found, self.said
        return int(found[1])

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()

    def stop(self, sent: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop; the exit code."""
        self.process.send_signal(sent)
        return self.process.wait(60)

    def all_gone(self) -> None:
        """No process is left on the data folder."""
        wait_until(lambda: not processes_with(self.data), 20)


def processes_with(data: Path) -> list[int]:
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(data) in command:
            found.append(int(place.name))
    return found


def database_runs(data: Path) -> bool:
    return live_postmaster(data / "pg") is not None
