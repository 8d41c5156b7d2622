"""What PostgreSQL itself says about its running server: the file postmaster.pid."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

STATUS_LINE = 7


@dataclass(frozen=True)
class Postmaster:
    """A live server process on a data folder; `status` is starting, ready, standby or stopping."""

    pid: int
    status: str

    @property
    def ready(self) -> bool:
        return self.status in {"ready", "standby"}


def live_postmaster(data: Path) -> Postmaster | None:
    """The server that runs on this folder now, or None. A stale file of a dead server does not count."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid = abs(int(lines[0]))
    except (OSError, IndexError, ValueError):
        return None
    if not _serves(pid, data):
        return None
    return Postmaster(pid, lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else "starting")


def _serves(pid: int, data: Path) -> bool:
    """Is this process really `postgres -D data`? After a restart of the machine the number may be anybody's."""
    command = command_line(pid)
    return "postgres" in command and str(data) in command


def command_line(pid: int) -> str:
    """The command line of a live process; empty for a dead one and for a zombie."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "" if os.path.isdir("/proc/self") else _asked_ps(pid)


def _asked_ps(pid: int) -> str:
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return answer.stdout
