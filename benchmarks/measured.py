"""What figures cost over millions of requests: every page of figures, and a report counted from sums and anew."""

import argparse
import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import psycopg

from benchmarks import furnishing, report, sums
from benchmarks.client import Browser, Run, drive
from benchmarks.desk import Figures
from benchmarks.inside import Inside
from benchmarks.product import Product, passwords
from benchmarks.store import Store

HEAD, LEAD, AGENT, QUALITY = "vera", "olga", "marina", "pavel"
LEADERS = (HEAD, LEAD)
WITHIN_MS = 1000
"""Issue of the metrics: any dashboard over ten million requests answers within a second in 95 of 100 cases."""
REPORT_MS = {100_000: (50, 300), 1_000_000: (150, 2500)}
"""Row f of the design: CPU of requests and median by month and person, from sums and counted anew, up to so many."""
REPORTS = 5
QUARTER = "days=91"
BOARD = "SELECT id FROM boards_board WHERE name = %s ORDER BY id DESC LIMIT 1"
SURVEY = "SELECT id FROM surveys_survey WHERE occasion = 'resolved' AND state = 'running'"
TRIED = "SELECT id FROM metrics_improvement WHERE metric = %s ORDER BY starts_on LIMIT 1"
TOPIC = "SELECT min(id) FROM tickets_topic"

type Page = tuple[str, tuple[str, ...], str]
"""What it is called, who opens it, where."""


def pages(database: psycopg.Connection) -> Iterator[Page]:
    """All that a head, a lead, an agent and a controller read figures on."""

    def number(statement: str, *values: str) -> int:
        row = database.execute(statement, values or None).fetchone()
        if row is None or row[0] is None:
            raise SystemExit(f"The desk lacks what {statement} looks for.")
        return int(row[0])

    topic = number(TOPIC)
    yield from _of_metrics(topic)
    for name, who in (("department", HEAD), ("line", LEAD), ("topic", HEAD), ("own", AGENT)):
        yield f"own board: {name}", (who,), f"/board/boards/{number(BOARD, furnishing.BOARDS[name])}/?span=91"
    full = number(BOARD, furnishing.FULL)
    yield "own board: 24 tiles", (HEAD,), f"/board/boards/{full}/"
    yield "own board: 24 tiles of a topic", (HEAD,), f"/board/boards/{full}/?topic={topic}"
    yield "own board as a table", (HEAD,), f"/board/boards/{full}/table/?form=csv"
    for name, board in (("department", number(BOARD, furnishing.BOARDS["department"])), ("24 tiles", full)):
        yield f"on the wall: {name}", (HEAD,), f"/board/boards/{board}/wall/"
    yield from _of_now()
    yield from _of_clients(number(SURVEY))
    yield "improvements", LEADERS, "/board/improvements/"
    for metric in ("frt", "reopen", "csat.t2b", "arrivals"):
        yield f"improvement: {metric}", (HEAD,), f"/board/improvements/{number(TRIED, metric)}/"
    yield "plan and fact", LEADERS, "/board/indicators/"
    yield "goals", (HEAD,), "/board/goals/"
    yield "plan of the quarter", (HEAD,), "/board/plan/"
    yield "bonuses", (HEAD,), "/board/bonus/"
    yield "quality", (HEAD, QUALITY), "/quality/results/"
    yield "alerts", LEADERS, "/board/alerts/"
    yield "my day", (AGENT,), "/my/"
    yield "my indicators and bonus", (AGENT,), "/my/bonus/"


def _of_metrics(topic: int) -> Iterator[Page]:
    yield "board", (*LEADERS, AGENT), f"/board/?{QUARTER}"
    yield "board of a topic", LEADERS, f"/board/?{QUARTER}&topic={topic}"
    yield "list of metrics", (*LEADERS, AGENT), f"/board/metrics/?{QUARTER}"
    yield "first answer", LEADERS, f"/board/metrics/frt/?{QUARTER}"
    yield "first answer by topic", LEADERS, f"/board/metrics/frt/?{QUARTER}&by=topic"
    yield "first answer by person", LEADERS, f"/board/metrics/frt/?{QUARTER}&by=agent"
    yield "first answer of a topic by product", LEADERS, f"/board/metrics/frt/?{QUARTER}&topic={topic}&by=product"
    yield "requests that came", LEADERS, f"/board/metrics/arrivals/?{QUARTER}"
    yield "open requests by day", LEADERS, f"/board/metrics/backlog/?{QUARTER}"
    yield "satisfied by class", LEADERS, f"/board/metrics/csat.t2b/?{QUARTER}&by=class"
    yield "commitments by line", LEADERS, f"/board/metrics/sla.attainment/?{QUARTER}"
    yield "requests behind a figure", LEADERS, f"/board/metrics/frt/requests/?{QUARTER}"
    yield "first answer by person as a table", LEADERS, f"/board/metrics/frt/table/?form=csv&by=agent&{QUARTER}"


def _of_now() -> Iterator[Page]:
    yield "shift board", LEADERS, "/board/shift/"
    yield "nothing hangs", LEADERS, "/board/hanging/"
    yield "promised dates", LEADERS, "/board/dates/"
    yield "how many people", LEADERS, "/board/staffing/"
    yield "availability", (HEAD,), "/board/availability/"
    yield "refusals", (HEAD,), f"/board/refusals/figures/?{QUARTER}"


def _of_clients(survey: int) -> Iterator[Page]:
    yield "value of clients", (HEAD,), "/board/value/"
    yield "value by line", (HEAD,), "/board/value/?by=line"
    yield "value of segments as a table", (HEAD,), "/board/value/table/segments/?form=csv"
    yield "cost of repeats", (HEAD,), f"/board/value/repeats/?{QUARTER}"
    yield "surveys", LEADERS, "/board/surveys/"
    yield "results of a survey", LEADERS, f"/board/surveys/{survey}/"
    yield "words of clients", LEADERS, f"/board/surveys/{survey}/words/?of=marks"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", default="1000000,10000000", help="requests of each desk (1000000,10000000)")
    parser.add_argument("--times", type=int, default=40, help="so often each page is opened by each person (40)")
    parser.add_argument("--only", default="", help="only pages whose name holds one of these words, between commas")
    parser.add_argument("--load-only", action="store_true", help="only make the desks")
    parser.add_argument("--fresh", action="store_true", help="make them anew")
    parser.add_argument("--data", type=Path, default=Path(".cache/measured"), help="data folder (.cache/measured)")
    parser.add_argument("--port", type=int, default=8390, help="port of the product under test (8390)")
    parser.add_argument("--out", type=Path, help="also write the lines of JSON to this file")


def run(typed: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="otklik bench measured", description=__doc__)
    configure(parser)
    given = parser.parse_args(typed)
    found: list[Figures] = []
    for size in map(int, given.sizes.split(",")):
        folder = given.data.resolve() / str(size)
        store = Store(folder, given.port, PATTERN, size, partial(_load, folder / "history"))
        store.provide(fresh=given.fresh)
        if given.load_only:
            continue
        with store.copy() as copy, Product(copy, given.port, "web") as product:
            with Inside(copy) as inside:  # a desk that was made before the job was there settles its days now
                inside.ask("settle", 1)
            found += asyncio.run(_measure(given, product, size))
            found += _reports(given, copy, size)
    print(f"\n{report.table(found)}\n")
    if given.out:
        given.out.write_text("".join(f"{report.line(each)}\n" for each in found))
    for each in (missed := [each for each in found if each["failed"] or not each["gate"]["held"]]):
        print(f"MISSED  {each['job']}{''.join(f', {words}' for words in each.get('troubles', []))}")
    return 1 if missed else 0


PATTERN = "pattern 3"
"""In place of a seed: a desk of an older pattern is made anew."""


def _load(
    folder: Path, address: str, seed: str, tickets: int, say: Callable[[str], None] = lambda words: None
) -> dict[str, int]:
    """The rows, then what only the product can make of them."""
    counts = sums.load(address, seed, tickets, say)
    say("\r  boards, plans and sums of the night …   ")
    with Inside(folder) as inside:
        inside.ask("furnish", 1)
        inside.ask("settle", 1)
    return counts


async def _measure(given: argparse.Namespace, product: Product, size: int) -> list[Figures]:
    known, found, people = passwords(product.folder), list[Figures](), dict[str, Browser]()
    wanted = [words.strip() for words in given.only.split(",")]
    try:
        for login in (HEAD, LEAD, AGENT, QUALITY):
            people[login] = Browser(product.url)
            await people[login].sign_in(login, known[login])
        with product.database() as database:
            for name, logins, path in pages(database):
                for login in logins if any(words in name for words in wanted) else ():
                    found.append(await _page(product, people[login], f"{size:,}: {name}, {login}", path, given.times))
                    print(report.line(found[-1]), flush=True)
    finally:
        for browser in people.values():
            await browser.close()
    return found


async def _page(product: Product, browser: Browser, job: str, path: str, times: int) -> Figures:
    """The first look makes it warm and does not count."""
    one = partial(browser.get, wanted=b"" if "/table/" in path else b"</html>")
    await one(path)
    return told(job, await drive(product.tree, [path] * times, one, at_once=1))


def told(job: str, run: Run) -> Figures:
    app, db = round(run.app_ms, 1), round(run.db_ms, 1)
    return {
        "job": job,
        "n": len(run.ms),
        "p50_ms": run.at(0.5),
        "p95_ms": run.at(0.95),
        "cpu_ms": {"app": app, "db": db, "sum": round(app + db, 1)},
        "gate": {"p95_ms": WITHIN_MS, "held": run.at(0.95) <= WITHIN_MS},
        "failed": len(run.failed),
    } | ({"troubles": run.failed[:1]} if run.failed else {})


def _reports(given: argparse.Namespace, folder: Path, size: int) -> list[Figures]:
    """A desk without the readings of all its days is counted by nobody."""
    budgets = next((most for upto, most in REPORT_MS.items() if size <= upto), None)
    if budgets is None or not any(words.strip() in REPORT for words in given.only.split(",")):
        return []
    found = []
    with Inside(folder) as inside:
        for job, words, budget in (("report", "from sums", budgets[0]), ("recount", "counted anew", budgets[1])):
            inside.ask(job, 1)
            found.append(reported(f"{size:,}: {REPORT}, {words}", inside.ask(job, REPORTS), budget))
            print(report.line(found[-1]), flush=True)
    return found


REPORT = "report of months and people"


def reported(job: str, run: Run, budget: float) -> Figures:
    """It is judged by its CPU."""
    figures = told(job, run)
    return {**figures, "gate": {"cpu_ms": budget, "held": figures["cpu_ms"]["sum"] <= budget}}
