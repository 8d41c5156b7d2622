"""What every job works with, and the line of figures that it gives."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.budgets import BUDGETS, GATES
from benchmarks.client import Browser, Run
from benchmarks.product import Product
from benchmarks.reference import Reference
from benchmarks.turns import Turns, by_turns

type Figures = dict[str, Any]

LINE_1 = "SELECT id FROM staff_team ORDER BY level LIMIT 1"
TO_ANSWER = f"""
SELECT id FROM tickets_ticket WHERE team_id = ({LINE_1}) AND status IN ('new', 'open') AND due_at IS NOT NULL
    AND undo IS NULL ORDER BY id DESC LIMIT %s
"""
OURS = "SELECT address FROM channels_channel ORDER BY id LIMIT 1"
BUSY_IN = "SELECT EXISTS (SELECT 1 FROM channels_inbound WHERE state = 'accepted')"
BUSY_OUT = "SELECT EXISTS (SELECT 1 FROM channels_outbound WHERE state IN ('ready', 'sending'))"


@dataclass(frozen=True)
class Storm:
    """So many mails come in so many seconds while so many agents work."""

    mails: int
    seconds: int
    agents: int


@dataclass
class Desk:
    """The product, an agent who is signed in, and our own door to the database."""

    product: Product
    browser: Browser
    database: psycopg.Connection
    reference: Reference
    people: int
    mails: int
    rounds: int
    seed: str
    corpora: Path
    storm: Storm
    letters: int = 0

    def revive(self) -> None:
        """Kill the product and all that belongs to it as the loss of power would, and start it again."""
        self.database.close()
        self.product.kill()
        self.product.start()
        self.database = self.product.database()

    def numbers(self, statement: str, *values: Any) -> list[Any]:
        return [row[0] for row in self.database.execute(statement, values or None).fetchall()]

    def ask(self, statement: str, *values: Any) -> Any:
        row = self.database.execute(statement, values or None).fetchone()
        return row[0] if row else None

    async def measure[T](
        self, job: str, work: Sequence[T], one: Callable[[T], Awaitable[str]], raw: Callable[[], Run], at_once: int = 4
    ) -> Figures:
        return judged(job, await by_turns(self.product.tree, self.rounds, work, one, raw, at_once=at_once))

    async def calm(self, question: str, seconds: float) -> None:
        """Wait until the product has nothing left to do."""
        deadline = time.monotonic() + seconds
        while self.ask(question):
            if time.monotonic() > deadline:
                raise SystemExit(f"Still busy after {seconds:.0f} s: {question}")
            await asyncio.sleep(0.1)

    def memory(self) -> Figures:
        held = {name: round(value) for name, value in self.product.tree.megabytes().items()}
        return held | {"sum": sum(held.values())}


def judged(job: str, turns: Turns, **more: Any) -> Figures:
    """One line of the report: what the job cost, beside what it may cost."""
    found: Figures = {"job": job, **turns.figures(), **more}
    if budget := BUDGETS.get(job):
        found["budget_ms"], found["of_budget"] = budget, round(found["cpu_ms"]["sum"] / budget, 2)
    if gate := GATES.get(job):
        found["gate"] = {**gate, "held": all(found[name] <= most for name, most in gate.items())}
    return found
