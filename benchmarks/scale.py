"""What a hundred times as many requests cost: the same jobs on a small and on a large desk by turns, in one run.

Both products run side by side and take turns within each job, so whatever else the machine does falls on both.  A job
holds its gate when its p95 on the large desk is at most so many times that on the small one.
"""

import argparse
import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import psycopg

from benchmarks import fifty, multiplied, report, writes
from benchmarks.bursts import burst
from benchmarks.client import Browser, Run, drive
from benchmarks.crew import crew
from benchmarks.desk import Figures
from benchmarks.inside import EVERY, Inside
from benchmarks.product import Product, otklik, passwords
from benchmarks.store import Store
from benchmarks.words import MEDIUM, RARE

GATE = 1.3
AGENT, LEAD, HEAD = "marina", "olga", "vera"
A_TURN = 6
"""Requests of one side before the other one has its turn."""
WARM = 12
HANGING = 500
SLOWEST, JOB_MS = 6, 10_000
FIFTY = "fifty agents at work"
TALKS = 60
"""Requests whose pages are opened, the newest of a line."""
PORTS = 100
"""The ports of the large desk lie so far behind those of the small one."""
SEARCHES = {
    "common word": "доставка",
    "medium word": MEDIUM["ru"].split()[0],
    "rare word": RARE["ru"].split()[0],
    "identifier": "ZK-00000777",
    "number": "777",
}

# Nobody who is away owns anything and the clocks are counted by the hours of today, so the worker finds nothing to do;
# moments lie so far ahead of the clock as they did when they were made; the demo's own requests are not late either.
AGED = "SELECT now() - max(created_at) FROM staff_user WHERE login LIKE 'agent-%'"
SETTLED = (
    "UPDATE tickets_ticket SET owner_id = (SELECT id FROM staff_user WHERE login = 'agent-0-1')"
    " WHERE owner_id IN (SELECT user_id FROM staff_absence) AND due_at IS NOT NULL",
    "INSERT INTO sla_hours (calendar_id, version) SELECT id, version FROM calendar_businesscalendar"
    " ON CONFLICT (calendar_id) DO UPDATE SET version = excluded.version",
    "UPDATE tickets_ticket SET due_at = greatest(due_at + %(age)s, now() + interval '2 hours'),"
    " due_from = due_from + %(age)s, take_by = take_by + %(age)s + interval '4 days',"
    " inform_by = inform_by + %(age)s + interval '4 days' WHERE due_at IS NOT NULL",
    "UPDATE sla_clock SET next_at = greatest(next_at + %(age)s, now() + interval '2 hours'),"
    " due_at = greatest(due_at + %(age)s, now() + interval '2 hours') WHERE next_at IS NOT NULL",
    "UPDATE tickets_promise SET until = greatest(until + %(age)s, now() + interval '2 hours'),"
    " next_mark = greatest(next_mark + %(age)s, now() + interval '2 hours')"
    " WHERE done_at IS NULL AND moved_at IS NULL AND taken_back_at IS NULL",
    # some fall due soon, so the lanes of the board are full
    "UPDATE tickets_ticket SET due_at = now() + interval '1 hour' * (1 + (id %% 100) / 100.0) WHERE id IN (SELECT id"
    " FROM tickets_ticket WHERE status IN ('new', 'open') AND next_step = 'answer' ORDER BY due_at LIMIT 60)",
)
LEFT_HANGING = """
UPDATE tickets_ticket SET due_at = now() - interval '1 hour' * (1 + (id %% 50)) WHERE id IN (
    SELECT id FROM tickets_ticket WHERE status IN ('new', 'open') AND next_step IN ('answer', 'solve')
    ORDER BY due_at, id LIMIT %(many)s)
"""
# Where the page of a list begins that a reader reaches after seven tenths of it.
DEEP = """
WITH l AS (SELECT due_at, id, count(*) OVER () AS all, row_number() OVER (ORDER BY due_at, id) AS place
    FROM tickets_ticket WHERE team_id = ANY(%(lines)s) AND status IN ('new', 'open'))
SELECT due_at, id FROM l WHERE place = floor("all" * 0.7)
"""


class Side:
    """One of the two desks: its product, people who are signed in, and a process that does the scheduler's rounds."""

    def __init__(self, name: str, product: Product, inside: Inside, database: psycopg.Connection) -> None:
        self.name, self.product, self.inside, self.database = name, product, inside, database
        self.people: dict[str, Browser] = {}

    async def sign_in(self, *logins: str) -> None:
        known = passwords(self.product.folder)
        for login in logins:
            self.people[login] = Browser(self.product.url)
            await self.people[login].sign_in(login, known[login])

    def deep(self, login: str) -> str:
        lines = self.database.execute(
            "SELECT array_agg(team_id) FROM staff_membership m JOIN staff_user u ON u.id = user_id WHERE login = %s",
            [login],
        ).fetchone()
        row = self.database.execute(DEEP, {"lines": lines and lines[0]}).fetchone()
        assert row
        micro = [round(moment.timestamp() * 1e6) for moment in (row[0], datetime.now(UTC))]
        return f"2.{micro[0]}.{row[1]}.{micro[1]}"


def settle(folder: Path, port: int) -> None:
    """As if it had been made just now; before anybody works on it."""
    otklik(folder, "migrate")
    with Product(folder, port, "web") as product, product.database() as database:
        row = database.execute(AGED).fetchone()
        for statement in SETTLED:
            database.execute(statement, {"age": row and row[0]})
        database.execute("VACUUM ANALYZE")
        database.execute("CHECKPOINT")


type Visit = tuple[str, str, bytes]
"""Who opens what, and what must be on the page."""
type Work = Callable[[Side], list[Visit]]


def pages() -> dict[str, Work]:
    """The screens whose cost must not grow; every visit is made as often as any other."""

    def queue(side: Side) -> list[Visit]:
        return [(AGENT, f"/queue/{view}/", b"data-row") for view in ("mine", "line", "all")]

    def deep(side: Side) -> list[Visit]:
        return [(AGENT, f"/queue/{view}/?after={side.deep(AGENT)}", b"data-row") for view in ("line", "all")]

    def both(path: str, wanted: bytes = b"</html>") -> Work:
        return lambda side: [(login, path, wanted) for login in (LEAD, HEAD)]

    found: dict[str, Work] = {
        "inbox, first page": queue,
        "inbox, a page deep in it": deep,
        "ticket page": lambda side: [
            (AGENT, f"/tickets/{number}/?view=line", b"composer") for number in writes.newest(side.database, TALKS)
        ],
        "lead's board": both("/board/shift/", b"data-shift"),
        "nothing hangs, empty": both("/board/hanging/"),
        "dates due today": both("/board/dates/"),
        "dates at risk": both("/board/dates/?show=risk"),
        "dates broken": both("/board/dates/?show=broken"),
    }
    for kind, word in SEARCHES.items():
        found[f"search, {kind}"] = lambda side, word=word: [(AGENT, f"/search/?q={quote(word)}", b"</html>")]  # type: ignore[misc]
    return found


ROUNDS = {
    "waking, nothing due": "wake",
    "a quarter minute's round, nothing due": "quarter",
    "a minute's round, nothing to give": "minute",
    "giving out the next request": "take",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--small", type=int, default=10_000, help="requests of the small desk (10000)")
    parser.add_argument("--large", type=int, default=1_000_000, help="requests of the large desk (1000000)")
    parser.add_argument("--turns", type=int, default=20, help="so often each job changes sides (20)")
    parser.add_argument("--only", default="", help="only jobs whose name holds one of these words, between commas")
    parser.add_argument("--data", type=Path, default=Path(".cache/scale"), help="data folder (.cache/scale)")
    parser.add_argument("--port", type=int, default=8390, help="port of the small desk; the large one's is 100 higher")
    parser.add_argument("--seed", default="20260101", help="another seed gives other letters")
    parser.add_argument("--out", type=Path, help="also write the lines of JSON to this file")


def run(typed: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="otklik bench scale", description=__doc__)
    configure(parser)
    given = parser.parse_args(typed)
    stores = [
        Store(given.data.resolve() / str(size), given.port + PORTS * place, given.seed, size, multiplied.load)
        for place, size in enumerate((given.small, given.large))
    ]
    for store in stores:
        store.provide(fresh=False)
    found: list[Figures] = []
    with ExitStack() as stack:
        folders = [stack.enter_context(one.copy()) for one in stores]
        for folder, store in zip(folders, stores, strict=True):
            settle(folder, store.port)
        products = [
            stack.enter_context(Product(folder, store.port)) for folder, store in zip(folders, stores, strict=True)
        ]
        asyncio.run(_measure(given, products, found))
    print(f"\n{table(found)}\n")
    if given.out:
        given.out.write_text("".join(f"{report.line(each)}\n" for each in found))
    missed = [each["job"] for each in found if each.get("failed") or not each["gate"]["held"]]
    for job in missed:
        print(f"MISSED  {job}")
    return 1 if missed else 0


async def _measure(given: argparse.Namespace, products: list[Product], found: list[Figures]) -> None:
    with ExitStack() as stack:
        sides = []
        for size, product in zip((given.small, given.large), products, strict=True):
            database = stack.enter_context(product.database())
            inside = stack.enter_context(Inside(product.folder))
            sides.append(Side(f"{size:,}", product, inside, database))
        async with AsyncExitStack() as browsers:
            for side in sides:
                await side.sign_in(AGENT, LEAD, HEAD)
                for browser in side.people.values():
                    browsers.push_async_callback(browser.close)
            async for figures in _jobs(given, sides):
                found.append(figures)
                print(report.line(figures), flush=True)


async def _jobs(given: argparse.Namespace, sides: list[Side]) -> AsyncIterator[Figures]:
    wanted = [words.strip() for words in given.only.split(",")]
    for job, turn in _turns(given, sides):
        if any(words in job for words in wanted):
            yield await _by_turns(job, sides, given.turns, turn())
    if any(words in (job := f"nothing hangs, {HANGING} hanging") for words in wanted):
        for side in sides:
            side.database.execute(LEFT_HANGING, {"many": HANGING})
        work = lambda side: [(login, "/board/hanging/", b"/tickets/") for login in (LEAD, HEAD)]  # noqa: E731
        yield await _by_turns(job, sides, given.turns, _visits(sides, work))
    if any(words in FIFTY for words in wanted):
        for figures in await _fifty(given, sides):
            yield figures
    if any(words in EVERY for words in wanted):
        for figures in _periodic(sides):
            yield figures
    if any(words in (job := "1,000 moments due in one minute") for words in wanted):
        yield _compared(job, {side.name: burst(side.database) for side in sides})


def _turns(given: argparse.Namespace, sides: list[Side]) -> Iterator[tuple[str, "Callable[[], Turn]"]]:
    """What leaves the desks as they are first; each is made ready when its turn comes."""
    for job, work in pages().items():
        yield job, partial(_visits, sides, work)
    for job, name in ROUNDS.items():
        yield job, partial(_rounds, name)
    yield "reply", partial(_replies, given, sides)
    yield "intake, to the sent receipt", partial(_mails, given, sides)


type Turn = Callable[[Side, int], Awaitable[Run]]


def _visits(sides: list[Side], work: Work) -> Turn:
    known = {side.name: itertools.cycle(work(side)) for side in sides}

    async def turn(side: Side, many: int) -> Run:
        async def one(visit: Visit) -> str:
            login, path, wanted = visit
            return await side.people[login].get(path, wanted)

        return await drive(side.product.tree, list(itertools.islice(known[side.name], many)), one, at_once=1)

    return turn


def _rounds(name: str) -> Turn:
    async def turn(side: Side, many: int) -> Run:
        return await asyncio.to_thread(side.inside.ask, name, many)

    return turn


async def _fifty(given: argparse.Namespace, sides: list[Side]) -> list[Figures]:
    """One desk after the other: fifty at once on each would be a hundred on the machine."""
    told = {}
    for side in sides:
        numbers = writes.newest(side.database, fifty.enough())
        async with crew(side.product, side.database, fifty.AGENTS) as people:
            told[side.name] = await fifty.at_work(people, numbers, given.seed)
    kinds = fifty.WAITS.items()
    return [_waited(kind, most, {name: runs[kind] for name, runs in told.items()}) for kind, most in kinds]


def _waited(name: str, most: int, runs: dict[str, Run]) -> Figures:
    told = {side: _told([run]) for side, run in runs.items()}
    failed = sum(len(run.failed) for run in runs.values())
    held = not failed and all(each["n"] and each["p95_ms"] <= most for each in told.values())
    return {"job": f"{FIFTY}: {name}", "sides": told, "gate": {"p95_ms": most, "held": held}, "failed": failed}


def _periodic(sides: list[Side]) -> list[Figures]:
    """The slowest of all jobs that nobody asks for, once on each desk."""
    told = {side.name: side.inside.every_periodic_job() for side in sides}
    large = told[sides[-1].name]
    slowest = sorted(large, key=lambda name: -large[name].ms[0])[:SLOWEST]
    return [_held(f"{EVERY}: {name}", {side.name: told[side.name][name] for side in sides}) for name in slowest]


def _held(job: str, runs: dict[str, Run]) -> Figures:
    """Once is no p95: what counts is that it ends soon on a desk of any size."""
    held = all(run.ms[0] <= JOB_MS for run in runs.values())
    told = {name: _told([run]) for name, run in runs.items()}
    return {"job": job, "sides": told, "gate": {"ms": JOB_MS, "held": held}, "failed": 0}


def _replies(given: argparse.Namespace, sides: list[Side]) -> Turn:
    many = WARM + A_TURN * given.turns
    known = {
        side.name: writes.Replies(side.people[AGENT], side.product, side.database, given.seed, many) for side in sides
    }
    return lambda side, some: known[side.name].turn(some)


def _mails(given: argparse.Namespace, sides: list[Side]) -> Turn:
    many = WARM + A_TURN * given.turns
    people = max(200, given.small // 4)
    known = {side.name: writes.Mails(side.product, side.database, given.seed, many, people) for side in sides}
    return lambda side, some: known[side.name].turn(some)


async def _by_turns(job: str, sides: list[Side], turns: int, turn: Turn) -> Figures:
    """First some that do not count; who begins changes with every turn."""
    for side in sides:
        await turn(side, WARM)
    runs: dict[str, list[Run]] = {side.name: [] for side in sides}
    for number in range(turns):
        for side in sides if number % 2 else reversed(sides):
            runs[side.name].append(await turn(side, A_TURN))
    return judged(job, {name: _told(each) for name, each in runs.items()})


def _told(runs: Sequence[Run]) -> dict[str, Any]:
    every = Run(ms=[ms for run in runs for ms in run.ms], failed=[words for run in runs for words in run.failed])
    cpu = {"app": median(run.app_ms for run in runs), "db": median(run.db_ms for run in runs)}
    found = {"n": len(every.ms), "p50_ms": every.at(0.5), "p95_ms": every.at(0.95), "failed": every.failed[:3]}
    return found | {"cpu_ms": {name: round(value, 2) for name, value in cpu.items()}}


def judged(job: str, told: dict[str, dict[str, Any]]) -> Figures:
    """The large desk beside the small one: p95 decides, p50 and CPU say what a busy machine did to it."""
    small, large = told.values()
    ratio = large["p95_ms"] / max(small["p95_ms"], 0.1)
    return {
        "job": job,
        "sides": told,
        "ratio": round(ratio, 2),
        "p50_ratio": round(large["p50_ms"] / max(small["p50_ms"], 0.1), 2),
        "cpu_ratio": round(sum(large["cpu_ms"].values()) / max(sum(small["cpu_ms"].values()), 0.01), 2),
        "gate": {"ratio": GATE, "held": ratio <= GATE},
        "failed": len(small["failed"]) + len(large["failed"]),
    }


def _compared(job: str, told: dict[str, Figures]) -> Figures:
    """In time: everything is told before the next minute's moments are due."""
    failed = sum(each["failed"] for each in told.values())
    held = not failed and all(each["after_the_last_s"] <= 60 for each in told.values())
    return {"job": job, "sides": told, "gate": {"after_the_last_s": 60, "held": held}, "failed": failed}


def table(found: list[Figures]) -> str:
    head = ("job", "desk", "p50 ms", "p95 ms", "app", "db", "p95", "p50", "CPU", "gate")
    rows = [head, *(row for each in found for row in _rows(each))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _rows(each: Figures) -> list[tuple[str, ...]]:
    """Two lines a job: the ratios stand beside the large desk."""
    rows = []
    for place, (name, side) in enumerate(each["sides"].items()):
        cost = side.get("cpu_ms", {})
        values = [side.get("p50_ms"), side.get("p95_ms"), cost.get("app"), cost.get("db")]
        if "after_the_last_s" in side:
            values[0] = f"all told {side['after_the_last_s']} s after the last"
        ratios = [each.get("ratio"), each.get("p50_ratio"), each.get("cpu_ratio")] if place else [None] * 3
        verdict = ("held" if each["gate"]["held"] else "MISSED") if place else ""
        told = ["" if value is None else str(value) for value in [*values, *ratios]]
        rows.append(("" if place else each["job"], name, *told, verdict))
    return rows
