"""Fifty agents at work at once: each has the stream open, looks at the list, opens a request, reads, answers.

Flow 17 of the design (its chapter 18 has the times).  People think between two presses, so this is no measure of
what the desk could bear but of how long each of them waits while all others work.
"""

import asyncio
import time
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from functools import partial
from random import Random

from benchmarks.client import Browser, Form, Run
from benchmarks.reference import tomorrow
from benchmarks.words import Author

AGENTS = 50
SECONDS = 60
THINKING = 4.0
"""Seconds between two presses of one agent, on average: the design counts on twenty pages a second of two hundred."""
LISTS = ("/queue/line/", "/queue/mine/", "/queue/all/")
WAITS = {"a list opened": 200, "a request opened": 150, "an answer stored": 300}
"""Longest p95 in ms; that of the answer is ours, the design names none."""


async def at_work(people: Sequence[Browser], numbers: list[int], seed: str) -> dict[str, Run]:
    """Ms by what they did. Needs a request of its own for each answer: `numbers`, the newest first.

    Where there are fewer people than desks, some have two.
    """
    runs, text = {name: Run() for name in WAITS}, Author(seed).body("ru")
    shares = [numbers[place::AGENTS] for place in range(AGENTS)]
    browsers = [people[place % len(people)] for place in range(AGENTS)]
    watching = [asyncio.create_task(_watch(browser)) for browser in browsers]
    ends = time.perf_counter() + SECONDS
    try:
        work = partial(_agent, text=text, ends=ends, runs=runs)
        agents = (
            work(browser, share, chance=Random(f"{seed}-{place}"))
            for place, (browser, share) in enumerate(zip(browsers, shares, strict=True))
        )
        await asyncio.gather(*agents)
        if any(one.done() for one in watching):
            raise SystemExit("A stream ended while its agent worked.")
    finally:
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
    return runs


def enough() -> int:
    """More requests than fifty agents answer in the time, who think twice for each."""
    return AGENTS * round(SECONDS / THINKING)


async def _agent(
    browser: Browser, numbers: list[int], *, text: str, chance: Random, ends: float, runs: dict[str, Run]
) -> None:
    await asyncio.sleep(chance.uniform(0, THINKING))
    for number in numbers:
        if time.perf_counter() > ends:
            return
        await _opened(runs["a list opened"], browser, chance.choice(LISTS), b"data-row")
        await asyncio.sleep(chance.uniform(0.5, 1.5) * THINKING)
        address, path = f"/tickets/{number}/reply/", f"/tickets/{number}/?view=line"
        page = await _opened(runs["a request opened"], browser, path, address.encode())
        if address not in page:
            continue
        await asyncio.sleep(chance.uniform(0.5, 1.5) * THINKING)
        fields = Form.alone(page, address).filled(
            text=text, next="wait", wait_until="other", wait_other=tomorrow(), sure="on"
        )
        status, _headers = await _timed(runs["an answer stored"], browser.post(address, fields))
        if status != 200:
            runs["an answer stored"].failed.append(f"{address}: {status}")


async def _opened(run: Run, browser: Browser, path: str, wanted: bytes) -> str:
    """The page; one that is another than was wanted is a failure, however quickly it came."""
    page = await _timed(run, browser.text(path))
    if wanted not in page.encode():
        run.failed.append(f"{path}: {len(page)} letters without {wanted.decode()}")
    return page


async def _timed[T](run: Run, doing: Awaitable[T]) -> T:
    began = time.perf_counter()
    found = await doing
    run.ms.append(1000 * (time.perf_counter() - began))
    return found


async def _watch(browser: Browser) -> None:
    """The open stream of one agent; it is closed from outside."""
    with suppress(asyncio.CancelledError):
        async with browser.session.get(f"{browser.url}/live", timeout=None) as answer:
            async for _line in answer.content:
                pass
