"""Acts that write, on two desks by turns: an agent answers, and mail comes in.

For `otklik bench scale`; the same jobs on one desk of 100,000 requests are `reply` and `intake`.
"""

import asyncio
import time

import psycopg

from benchmarks.client import Browser, Form, Run, drive
from benchmarks.cost import Tree
from benchmarks.desk import BUSY_IN, BUSY_OUT, OURS, TO_ANSWER
from benchmarks.lmtp import Door
from benchmarks.mails import mails
from benchmarks.product import LMTP, Product
from benchmarks.reference import tomorrow
from benchmarks.words import Author

MAILS = 5
"""Mails for each request of a turn: what few of them cost is less than what /proc counts in."""
PATIENCE = 300

type Posted = tuple[str, list[tuple[str, str]]]


def newest(database: psycopg.Connection, many: int) -> list[int]:
    """Requests of the first line whose turn is ours."""
    return [number for (number,) in database.execute(TO_ANSWER, [many]).fetchall()]


class Replies:
    """Forms of a page that was fetched before; each is sent once."""

    def __init__(self, browser: Browser, product: Product, database: psycopg.Connection, seed: str, many: int) -> None:
        self.browser, self.product = browser, product
        self.text = Author(f"{seed}-reply").body("ru")
        self.left = iter(newest(database, many))

    async def turn(self, many: int) -> Run:
        forms = [await self._form(next(self.left)) for _ in range(many)]
        return await drive(self.product.tree, forms, self._send, at_once=1)

    async def _form(self, number: int) -> Posted:
        address = f"/tickets/{number}/reply/"
        form = Form.of(await self.browser.text(f"/tickets/{number}/?view=line"), address)
        return address, form.filled(text=self.text, next="wait", wait_until="other", wait_other=tomorrow(), sure="on")

    async def _send(self, form: Posted) -> str:
        status, headers = await self.browser.post(*form)
        return "" if status == 200 and "composer:sent" in headers.get("HX-Trigger", "") else f"{form[0]}: {status}"


class Mails:
    """Letters by LMTP; the times are those of taking them, the CPU counts until all receipts are sent."""

    def __init__(self, product: Product, database: psycopg.Connection, seed: str, many: int, people: int) -> None:
        self.product, self.database = product, database
        row = database.execute(OURS).fetchone()
        assert row
        self.door = Door("127.0.0.1", product.port + LMTP, row[0])
        self.left = mails(f"{seed}-intake", many * MAILS, people, row[0])

    async def turn(self, many: int) -> Run:
        letters = [next(self.left) for _ in range(many * MAILS)]
        tree: Tree = self.product.tree
        before = tree.seconds()
        run = await drive(tree, letters, self.door.hand_over)
        for question in (BUSY_IN, BUSY_OUT):
            await self._calm(question)
        used = tree.seconds() - before
        run.app, run.db = used.app, used.db
        return run

    async def _calm(self, question: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while (row := self.database.execute(question).fetchone()) and row[0]:
            if time.monotonic() > deadline:
                raise SystemExit(f"Still busy after {PATIENCE} s: {question}")
            await asyncio.sleep(0.1)
