"""Thousands of mails come in one minute while agents work: how much longer they wait for their inbox."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Self

from benchmarks.client import Run, drive
from benchmarks.desk import BUSY_IN, OURS, Desk, Figures
from benchmarks.lmtp import Door
from benchmarks.mails import mails
from benchmarks.product import LMTP

INBOX = "/queue/line/"
PAUSE = 2.0
"""Seconds between two looks of one agent: they work, they do not hold down F5."""
SENDERS = 16
"""Connections of the mail server in front."""
FILED = """
SELECT count(*) FROM channels_inbound i JOIN conversations_message m ON m.inbound_id = i.id
WHERE i.id > %s AND i.state = 'read'
"""


@dataclass(frozen=True)
class Look:
    """One agent opened the inbox; `trouble` is "" when it came."""

    at: float
    ms: float
    trouble: str


async def storm(desk: Desk) -> AsyncIterator[Figures]:
    """As long at rest as the storm lasts, then the storm, then until everything is filed."""
    letters = list(mails(f"{desk.seed}-storm", desk.storm.mails, desk.people, desk.ask(OURS)))
    last = desk.ask("SELECT coalesce(max(id), 0) FROM channels_inbound")
    async with Agents(desk, desk.storm.agents) as agents:
        rest = time.perf_counter()
        await asyncio.sleep(desk.storm.seconds)
        began = time.perf_counter()
        refused = await pour(desk, letters)
        poured = time.perf_counter()
        await desk.calm(BUSY_IN, 1800)
        ended = time.perf_counter()
    accepted, filed = len(letters) - len(refused), desk.ask(FILED, last)
    if lost := accepted - filed:
        refused.append(f"{lost} of {accepted} accepted mails lost")
    yield {
        "job": "storm",
        **told(agents.between(rest, began), agents.between(began, poured), agents.between(began, ended), refused),
        "agents": desk.storm.agents,
        "accepted": accepted,
        "accepted_s": round(poured - began, 1),
        "filed": filed,
        "filed_s": round(ended - began, 1),
        "heard": agents.heard,
    }


async def pour(desk: Desk, letters: list[bytes]) -> list[str]:
    """Each at its moment, evenly over the time; what was not accepted.  Late when the desk takes them too slowly."""
    door = Door("127.0.0.1", desk.product.port + LMTP, desk.ask(OURS))
    began, apart = time.perf_counter(), desk.storm.seconds / len(letters)

    async def one(numbered: tuple[int, bytes]) -> str:
        number, letter = numbered
        await asyncio.sleep(max(0, began + number * apart - time.perf_counter()))
        return await door.hand_over(letter)

    run = await drive(desk.product.tree, list(enumerate(letters)), one, at_once=SENDERS)
    await door.close()
    return run.failed


def told(rest: Run, under: Run, whole: Run, refused: list[str]) -> Figures:
    """`times_rest`: p95 while the mails came to p95 at rest; `until_filed` is the same to the last mail filed."""
    failed = [*refused, *rest.failed, *whole.failed]
    at_rest = max(rest.at(0.95), 0.1)
    return {
        "n": len(under.ms),
        "failed": len(failed),
        "p50_ms": under.at(0.5),
        "p95_ms": under.at(0.95),
        "at_rest": {"n": len(rest.ms), "p50_ms": rest.at(0.5), "p95_ms": rest.at(0.95)},
        "times_rest": round(under.at(0.95) / at_rest, 1),
        "until_filed": {"p95_ms": whole.at(0.95), "times_rest": round(whole.at(0.95) / at_rest, 1)},
    } | ({"troubles": failed[:3]} if failed else {})


class Agents:
    """Each has the stream open and looks at the inbox now and then; use as a context manager."""

    def __init__(self, desk: Desk, many: int) -> None:
        self.desk, self.many = desk, many
        self.looks: list[Look] = []
        self.heard = 0
        self.listening: asyncio.Queue[None] = asyncio.Queue()
        self.tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self.tasks = [asyncio.create_task(self._listen()) for _ in range(self.many)]
        for _ in range(self.many):
            await asyncio.wait_for(self.listening.get(), 60)
            await self.desk.browser.get(INBOX)
        self.tasks += [asyncio.create_task(self._work(PAUSE * number / self.many)) for number in range(self.many)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def between(self, start: float, end: float) -> Run:
        """The looks that began in that time."""
        looks = [look for look in self.looks if start <= look.at < end]
        return Run([look.ms for look in looks], failed=[look.trouble for look in looks if look.trouble])

    async def _work(self, wait: float) -> None:
        await asyncio.sleep(wait)
        while True:
            at = time.perf_counter()
            trouble = await self.desk.browser.get(INBOX, b"data-row")
            self.looks.append(Look(at, 1000 * (time.perf_counter() - at), trouble))
            await asyncio.sleep(PAUSE)

    async def _listen(self) -> None:
        async with self.desk.browser.session.get(f"{self.desk.product.url}/live", timeout=None) as answer:
            async for line in answer.content:
                if line.startswith(b"retry:"):
                    self.listening.put_nowait(None)
                elif line.startswith(b"data:"):
                    self.heard += 1
