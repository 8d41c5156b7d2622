"""The jobs that are measured: each gives its figures, those of the same work in bare SQL, and what it may cost."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import psycopg

from benchmarks.client import Browser, Form, Run, drive
from benchmarks.lmtp import Door
from benchmarks.mails import mails
from benchmarks.product import Product
from benchmarks.reference import Reference, tomorrow
from benchmarks.words import QUERIES, Author

LINE_1 = "SELECT id FROM staff_team ORDER BY level LIMIT 1"
LONG_TALKS = f"""
SELECT id FROM tickets_ticket WHERE team_id = ({LINE_1}) AND message_count BETWEEN 18 AND 24 ORDER BY id DESC LIMIT 200
"""
TO_ANSWER = f"""
SELECT id FROM tickets_ticket WHERE team_id = ({LINE_1}) AND status IN ('new', 'open') AND due_at IS NOT NULL
    AND undo IS NULL ORDER BY id DESC LIMIT %s
"""
BUSY_IN = "SELECT EXISTS (SELECT 1 FROM channels_inbound WHERE state = 'accepted')"
BUSY_OUT = "SELECT EXISTS (SELECT 1 FROM channels_outbound WHERE state IN ('ready', 'sending'))"


@dataclass
class Desk:
    """What every job works with."""

    product: Product
    browser: Browser
    database: psycopg.Connection
    reference: Reference
    people: int
    mails: int

    def numbers(self, statement: str, *values: Any) -> list[int]:
        return [row[0] for row in self.database.execute(statement, values or None).fetchall()]  # type: ignore[call-overload]

    def ask(self, statement: str, *values: Any) -> Any:
        row = self.database.execute(statement, values or None).fetchone()  # type: ignore[call-overload]
        return row[0] if row else None


type Figures = dict[str, Any]


def figures(job: str, run: Run, raw: Run | None = None, budget: float | None = None, **more: Any) -> Figures:
    """One line of the report; the ratio is between processor times: all of ours to that of the backend alone."""
    line: Figures = {"job": job, **run.figures()}
    if raw is not None:
        line["raw"] = raw.figures()
        line["ratio"] = round(line["cpu_ms"]["sum"] / max(0.01, line["raw"]["cpu_ms"]["sum"]), 1)
    if budget is not None:
        line["budget_ms"], line["of_budget"] = budget, round(line["cpu_ms"]["sum"] / budget, 2)
    return line | ({"troubles": run.failed[:3]} if run.failed else {}) | more


async def idle(desk: Desk) -> AsyncIterator[Figures]:
    """Nobody does anything: what the clocks and look-outs cost a second, and the memory at rest."""
    seconds = 15
    before = desk.product.tree.seconds()
    await asyncio.sleep(seconds)
    used = desk.product.tree.seconds() - before
    rate = {"app": round(1000 * used.app / seconds, 1), "db": round(1000 * used.db / seconds, 1)}
    yield {"job": "idle", "cpu_ms_per_s": rate, **memory(desk)}


def memory(desk: Desk) -> Figures:
    held = {name: round(value) for name, value in desk.product.tree.megabytes().items()}
    return {"memory_mb": held | {"sum": sum(held.values())}}


async def queue(desk: Desk) -> AsyncIterator[Figures]:
    """The newest fifty of a line, of one's own and of all; then the list alone, as htmx asks for it."""
    raw = desk.reference.page_of_list(desk.ask(LINE_1))
    pages = [f"/queue/{view}/" for view in ("mine", "line", "all")] * 100
    yield figures("queue page", await drive(desk.product.tree, pages, desk.browser.get), raw, 8)
    for view in ("mine", "line"):
        work = [f"/queue/{view}/"] * 100

        async def one(path: str) -> str:
            return await desk.browser.get(path, b"data-row", **{"HX-Request": "true"})

        yield figures(f"queue part, {view}", await drive(desk.product.tree, work, one), raw)


async def ticket(desk: Desk) -> AsyncIterator[Figures]:
    """Conversations of about twenty messages: the whole page, then the part that htmx swaps in."""
    numbers = desk.numbers(LONG_TALKS)
    raw = desk.reference.page_of_ticket(numbers[:200])
    pages = [f"/tickets/{number}/?view=line" for number in numbers]
    yield figures("ticket page", await drive(desk.product.tree, pages, desk.browser.get), raw, 10)

    async def part(path: str) -> str:
        return await desk.browser.get(path, b"composer", **{"HX-Request": "true"})

    yield figures("ticket part", await drive(desk.product.tree, pages, part), raw, 10)


async def reply(desk: Desk) -> AsyncIterator[Figures]:
    """An answer by the page's own form; what is sent after the undo window is counted apart."""
    text = Author("reply").body("ru")
    raw = desk.reference.reply(text)
    forms = [await _form(desk, number, text) for number in desk.numbers(TO_ANSWER, 204)]

    async def one(form: tuple[str, list[tuple[str, str]]]) -> str:
        status, headers = await desk.browser.post(*form)
        return "" if status == 200 and "composer:sent" in headers.get("HX-Trigger", "") else f"{form[0]}: {status}"

    before = desk.product.tree.seconds()
    run = await drive(desk.product.tree, forms, one)
    yield figures("reply", run, raw, 10)
    await _calm(desk, BUSY_OUT, 90)
    used = desk.product.tree.seconds() - before
    yield {
        "job": "reply, with its sending",
        "n": len(forms),
        "cpu_ms": {"sum": round(1000 * used.sum / len(forms), 2)},
    }


async def _form(desk: Desk, number: int, text: str) -> tuple[str, list[tuple[str, str]]]:
    address = f"/tickets/{number}/reply/"
    form = Form.of(await desk.browser.text(f"/tickets/{number}/?view=line"), address)
    fields = form.filled(text=text, next="wait", wait_until="other", wait_other=tomorrow(), sure="on")
    return address, fields


async def search(desk: Desk) -> AsyncIterator[Figures]:
    """By how often the words occur; every page shows the newest fifty requests."""
    identifiers = desk.numbers(
        "SELECT substring(new_text from 'ZK-[0-9]{8}') FROM conversations_message"
        " WHERE direction = 'in' AND new_text ~ 'ZK-[0-9]{8}' AND id % 97 = 0 LIMIT 4"
    )
    for kind, words in {**QUERIES, "identifier": [str(each) for each in identifiers]}.items():
        pages = [f"/search/?q={quote(word)}" for word in words * 8]
        raw = desk.reference.search(words)

        async def one(path: str) -> str:
            return await desk.browser.get(path, b"/tickets/")

        yield figures(f"search, {kind}", await drive(desk.product.tree, pages, one, at_once=2), raw, 100)


async def intake(desk: Desk) -> AsyncIterator[Figures]:
    """Raw mails by LMTP until every one is a ticket and its receipt is written and sent (to the viewer)."""
    address = desk.ask("SELECT address FROM channels_channel ORDER BY id LIMIT 1")
    raw = desk.reference.intake([Author("reference").body("ru")] * 200)
    letters = list(mails(f"run-{time.time_ns()}", desk.mails, desk.people, address))
    last = desk.ask("SELECT max(id) FROM channels_inbound")
    door = Door("127.0.0.1", desk.product.port + 24, address)
    before, began = desk.product.tree.seconds(), time.perf_counter()
    run = await drive(desk.product.tree, letters, door.hand_over, warm=0)
    await _calm(desk, BUSY_IN, 300)
    visible = time.perf_counter() - began
    await _calm(desk, BUSY_OUT, 120)
    used = desk.product.tree.seconds() - before
    run.app, run.db, run.wall = used.app, used.db, time.perf_counter() - began
    await door.close()
    opened = desk.ask("SELECT count(*) FROM channels_inbound WHERE id > %s AND outcome = 'opened'", last)
    if opened != len(letters):
        run.failed.append(f"{len(letters)} accepted, {opened} became tickets")
    burst = round(visible * 1000 / max(1, len(letters)), 1)
    yield figures("intake", run, raw, 12, visible_after_s=round(visible, 1), seconds_per_1000=burst, opened=opened)


async def streams(desk: Desk, many: int = 200) -> AsyncIterator[Figures]:
    """Two hundred open pages hear of a note: how long after the note was sent, and what their streams hold."""
    held = memory(desk)["memory_mb"]["sum"]
    heard: asyncio.Queue[float] = asyncio.Queue()
    listeners = [asyncio.create_task(_listen(desk, heard)) for _ in range(many)]
    await asyncio.sleep(3)
    run, numbers = Run(), desk.numbers(TO_ANSWER, 10)
    more = memory(desk)["memory_mb"]["sum"] - held
    before, began = desk.product.tree.seconds(), time.perf_counter()
    for number in numbers:
        address = f"/tickets/{number}/note/"
        page = await desk.browser.text(f"/tickets/{number}/?view=line")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        while not heard.empty():
            heard.get_nowait()
        start = time.perf_counter()
        await desk.browser.post(address, [("note", "…"), ("csrfmiddlewaretoken", token[1] if token else "")])
        for _ in range(many):
            run.ms.append(1000 * (await asyncio.wait_for(heard.get(), 10) - start))
    used = desk.product.tree.seconds() - before
    run.app, run.db, run.wall = used.app, used.db, time.perf_counter() - began
    for task in listeners:
        task.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    yield figures("200 streams", run, more_memory_mb=more)


async def _listen(desk: Desk, heard: asyncio.Queue[float]) -> None:
    async with desk.browser.session.get(f"{desk.product.url}/live") as answer:
        async for line in answer.content:
            if b"tickets.Noted" in line:
                heard.put_nowait(time.perf_counter())


async def _calm(desk: Desk, question: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while desk.ask(question):
        if time.monotonic() > deadline:
            raise SystemExit(f"Still busy after {seconds:.0f} s: {question}")
        await asyncio.sleep(0.1)


JOBS: dict[str, Callable[[Desk], AsyncIterator[Figures]]] = {
    "idle": idle,
    "queue": queue,
    "ticket": ticket,
    "search": search,
    "reply": reply,
    "intake": intake,
    "streams": streams,
}
