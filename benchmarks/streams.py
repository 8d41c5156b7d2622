"""What it costs to do nothing, and to keep two hundred and a thousand open pages up to date."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence

from benchmarks.budgets import EVENT_MS, MEMORY
from benchmarks.client import Browser, Form, Run
from benchmarks.crew import crew
from benchmarks.desk import TO_ANSWER, Desk, Figures

REST = 15
PAGES = (200, 1000)
PEOPLE = 42
"""Of the first line, whom the history has: each has many pages open, and all of them hear of a note."""
NOTES = 20
LOOKS = 40


async def idle(desk: Desk) -> AsyncIterator[Figures]:
    """Nobody does anything: what the clocks and look-outs cost a second, and the memory at rest."""
    before = desk.product.tree.seconds()
    await asyncio.sleep(REST)
    used = desk.product.tree.seconds() - before
    rate = {"app": round(1000 * used.app / REST, 1), "db": round(1000 * used.db / REST, 1)}
    held = desk.memory()
    yield {"job": "idle", "cpu_ms_per_s": rate, "memory_mb": held, "of_budget": round(held["sum"] / MEMORY["idle"], 2)}


async def streams(desk: Desk) -> AsyncIterator[Figures]:
    """A colleague's note reaches every open page: how long after the press, and what the pages hold.

    Meanwhile others work on: how long a page of the queue takes with all of them open.
    """
    async with crew(desk.product, desk.database, PEOPLE) as people:
        for count in PAGES:
            yield await _streams(desk, people, count)


async def _streams(desk: Desk, people: Sequence[Browser], count: int) -> Figures:
    held, pages = desk.memory()["sum"], Pages(desk, people, count)
    await pages.open()
    more = desk.memory()["sum"] - held
    run = Run()
    before, began = desk.product.tree.seconds(), time.perf_counter()
    for number in desk.numbers(TO_ANSWER, NOTES):
        run.ms += await pages.hear_of_a_note(number)
    used = desk.product.tree.seconds() - before
    run.app, run.db, run.wall = used.app, used.db, time.perf_counter() - began
    looks = await _looks(desk)
    await pages.close()
    figures: Figures = {
        "job": f"{count} streams",
        "n": len(run.ms),
        "people": len(people),
        "p50_ms": run.at(0.5),
        "p95_ms": run.at(0.95),
        "queue_p95_ms": looks.at(0.95),
        "cpu_ms_per_note": round(1000 * (run.app + run.db) / NOTES, 1),
        "more_memory_mb": more,
    }
    if room := MEMORY.get(f"{count} streams"):
        figures["of_budget"] = round(max(more / room, run.at(0.95) / EVENT_MS), 2)
    return figures


async def _looks(desk: Desk) -> Run:
    run = Run()
    for _look in range(LOOKS):
        start = time.perf_counter()
        if trouble := await desk.browser.get("/queue/line/", b"data-row"):
            raise SystemExit(trouble)
        run.ms.append(1000 * (time.perf_counter() - start))
    return run


class Pages:
    """Open pages of the people of a line, each with its own stream."""

    def __init__(self, desk: Desk, people: Sequence[Browser], count: int) -> None:
        self.desk, self.people, self.count = desk, people, count
        self.opened: asyncio.Queue[None] = asyncio.Queue()
        self.heard: asyncio.Queue[float] = asyncio.Queue()
        self.tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        self.tasks = [asyncio.create_task(self._listen(place)) for place in range(self.count)]
        for _ in range(self.count):
            await asyncio.wait_for(self.opened.get(), 60)

    async def hear_of_a_note(self, number: int) -> list[float]:
        """Ms from sending the note until each page knew."""
        page = await self.desk.browser.text(f"/tickets/{number}/?view=line")
        fields = Form.of(page, f"/tickets/{number}/reply/").filled(mode="note", note="…")
        start = time.perf_counter()
        status, _headers = await self.desk.browser.post(f"/tickets/{number}/note/", fields)
        if status != 200:
            raise SystemExit(f"A note is not kept: {status}")
        return [1000 * (await asyncio.wait_for(self.heard.get(), 30) - start) for _ in range(self.count)]

    async def close(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _listen(self, place: int) -> None:
        browser = self.people[place % len(self.people)]
        async with browser.session.get(f"{self.desk.product.url}/live") as answer:
            async for line in answer.content:
                if line.startswith(b"retry:"):
                    self.opened.put_nowait(None)
                elif b"tickets.Noted" in line:
                    self.heard.put_nowait(time.perf_counter())
