"""Processor time and memory of processes, read from /proc: figures that hold while other work shares the machine."""

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Seconds:
    """Processor time (user and system) of the product's own processes and of its database."""

    app: float
    db: float

    def __sub__(self, other: "Seconds") -> "Seconds":
        return Seconds(self.app - other.app, self.db - other.db)

    @property
    def sum(self) -> float:
        return self.app + self.db


class Tree:
    """A process and all its descendants; children that have ended count with their parents."""

    def __init__(self, root: int, without: set[int] | None = None) -> None:
        self.root, self.without = root, without or set()

    def members(self) -> list[int]:
        return [pid for pid, _name in self._members()]

    def seconds(self) -> Seconds:
        used = {"app": 0.0, "db": 0.0}
        for pid, name in self._members():
            used["db" if name == "postgres" else "app"] += of_process(pid, children=True)
        return Seconds(**used)

    def megabytes(self) -> dict[str, float]:
        """PSS: memory shared by several processes is divided among them."""
        held = {"app": 0.0, "db": 0.0}
        for pid, name in self._members():
            held["db" if name == "postgres" else "app"] += _pss(pid)
        return held

    def _members(self) -> list[tuple[int, str]]:
        children, names = defaultdict[int, list[int]](list), dict[int, str]()
        for folder in Path("/proc").glob("[0-9]*"):
            if (found := _stat(int(folder.name))) is not None:
                names[int(folder.name)] = found[0]
                children[int(found[1][1])].append(int(folder.name))
        found_, ask = list[int](), [self.root]
        while ask:
            pid = ask.pop()
            found_.append(pid)
            ask += children[pid]
        return [(pid, names[pid]) for pid in found_ if pid in names and pid not in self.without]


def of_process(pid: int, *, children: bool = False) -> float:
    """Seconds of one process, with those of its ended children."""
    found = _stat(pid)
    return sum(int(value) for value in found[1][11 : 15 if children else 13]) / TICK if found else 0.0


def of_thread(pid: int) -> float:
    """Seconds of a process that has one thread, to the nanosecond: a backend of PostgreSQL."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def _stat(pid: int) -> tuple[str, list[str]] | None:
    """(name, fields from the state on); None when the process is gone."""
    try:
        head, _, tail = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except (OSError, ValueError):
        return None
    return head.partition("(")[2], tail.split()


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
