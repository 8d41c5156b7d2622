"""Real mail of other people goes the whole way in; beside it Python's own parser reads the same bytes."""

import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from benchmarks.client import Run, drive
from benchmarks.desk import BUSY_IN, BUSY_OUT, OURS, Desk, Figures
from benchmarks.lmtp import Door
from benchmarks.product import LMTP
from otklik.adapters.email.parse import identity

LAST = "SELECT coalesce(max(id), 0) FROM channels_inbound"
FIRST_TRY = "SELECT EXISTS (SELECT 1 FROM channels_inbound WHERE state = 'accepted' AND tries = 0)"
BECAME = "SELECT count(*) FROM channels_inbound WHERE id > %s AND state = %s"


@dataclass
class Cost:
    """CPU and time in seconds, of all turns together: the shares of a corpus differ too much for medians."""

    app: float = 0.0
    db: float = 0.0
    wall: float = 0.0

    def add(self, app: float, db: float, wall: float) -> None:
        self.app, self.db, self.wall = self.app + app, self.db + db, self.wall + wall


async def corpora(desk: Desk) -> AsyncIterator[Figures]:
    """From the first mail handed over until all are filed; the CPU counts to the sent receipts."""
    if not (letters := letters_of(desk.corpora)):
        yield {"job": "corpora", "skipped": f"no mail corpora at {desk.corpora} (--corpora)"}
        return
    door = Door("127.0.0.1", desk.product.port + LMTP, desk.ask(OURS))
    last, ours, python, refused = desk.ask(LAST), Cost(), Cost(), list[str]()
    for number in range(desk.rounds):
        share = letters[number :: desk.rounds]
        parse_alone(share, python)
        refused += (await _file(desk, door, share, ours)).failed
    await door.close()
    await desk.calm(BUSY_IN, 120)
    filed, kept = desk.ask(BECAME, last, "read"), desk.ask(BECAME, last, "quarantined")
    if lost := len(letters) - len(refused) - filed - kept:
        refused.append(f"{lost} lost")
    yield told(len(letters), ours, python, refused) | {"filed": filed, "quarantined": kept}


def letters_of(folder: Path) -> list[bytes]:
    """Different ones, with the line ends of the wire: a copy is not filed again.  None where the folder is absent."""
    index = folder / "index.jsonl"
    if not index.is_file():
        return []
    names = [json.loads(line)["file"] for line in index.read_text(encoding="utf-8").splitlines()]
    letters = (re.sub(rb"\r\n|\n|\r", b"\r\n", (folder / name).read_bytes()) for name in names)
    return list({identity(letter): letter for letter in letters}.values())


def parse_alone(letters: list[bytes], cost: Cost) -> None:
    """Python's `email` makes the tree of parts and no more: it decodes no body and unfolds no header."""
    used, began = time.process_time(), time.perf_counter()
    for letter in letters:
        message_from_bytes(letter, policy=default)
    cost.add(time.process_time() - used, 0, time.perf_counter() - began)


async def _file(desk: Desk, door: Door, letters: list[bytes], cost: Cost) -> Run:
    before, began = desk.product.tree.seconds(), time.perf_counter()
    run = await drive(desk.product.tree, letters, door.hand_over)
    await desk.calm(FIRST_TRY, 600)
    wall = time.perf_counter() - began
    await desk.calm(BUSY_OUT, 300)
    used = desk.product.tree.seconds() - before
    cost.add(used.app, used.db, wall)
    return run


def told(many: int, ours: Cost, python: Cost, failed: list[str]) -> Figures:
    """`ratio` is that of CPU, which holds on a shared machine; `slower` that of messages a second."""

    def ms(seconds: float) -> float:
        return round(1000 * seconds / many, 2)

    return {
        "job": "corpora",
        "n": many,
        "failed": len(failed),
        "cpu_ms": {"app": ms(ours.app), "db": ms(ours.db), "sum": ms(ours.app + ours.db)},
        "per_second": round(many / ours.wall, 1),
        "email": {"cpu_ms": ms(python.app), "per_second": round(many / python.wall, 1)},
        "ratio": round((ours.app + ours.db) / python.app, 1),
        "slower": round(ours.wall / python.wall, 1),
    } | ({"troubles": failed[:3]} if failed else {})
