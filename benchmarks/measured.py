"""What figures cost over millions of requests: pages of the head and of a lead over sums of days and readings."""

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report, sums
from benchmarks.client import Browser, Run, drive
from benchmarks.desk import Figures
from benchmarks.product import Product, passwords
from benchmarks.store import Store

HEAD, LEAD = "vera", "olga"
WITHIN_MS = 1000
"""Issue of the metrics: any dashboard over ten million requests answers within a second in 95 of 100 cases."""
PAGES = {
    "board": "/board/?days=91",
    "list of metrics": "/board/metrics/?days=91",
    "first answer": "/board/metrics/frt/?days=91",
    "first answer by topic": "/board/metrics/frt/?days=91&by=topic",
    "first answer by person": "/board/metrics/frt/?days=91&by=agent",
    "requests that came": "/board/metrics/arrivals/?days=91",
    "satisfied by class": "/board/metrics/csat.t2b/?days=91&by=class",
    "requests behind a figure": "/board/metrics/frt/requests/?days=91",
}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sizes", default="1000000,10000000", help="requests of each desk (1000000,10000000)")
    parser.add_argument("--times", type=int, default=40, help="so often each page is opened by each person (40)")
    parser.add_argument("--data", type=Path, default=Path(".cache/measured"), help="data folder (.cache/measured)")
    parser.add_argument("--port", type=int, default=8390, help="port of the product under test (8390)")
    parser.add_argument("--out", type=Path, help="also write the lines of JSON to this file")


def run(typed: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="otklik bench measured", description=__doc__)
    configure(parser)
    given = parser.parse_args(typed)
    found: list[Figures] = []
    for size in map(int, given.sizes.split(",")):
        store = Store(given.data.resolve() / str(size), given.port, "pattern", size, sums.load)
        store.provide(fresh=False)
        with store.copy() as folder, Product(folder, given.port, "web") as product:
            found += asyncio.run(_measure(given, product, size))
    print(f"\n{report.table(found)}\n")
    if given.out:
        given.out.write_text("".join(f"{report.line(each)}\n" for each in found))
    return 1 if any(each["failed"] or not each["gate"]["held"] for each in found) else 0


async def _measure(given: argparse.Namespace, product: Product, size: int) -> list[Figures]:
    known, found = passwords(product.folder), []
    for login in (HEAD, LEAD):
        browser = Browser(product.url)
        try:
            await browser.sign_in(login, known[login])
            for name, path in PAGES.items():
                await browser.get(path)
                run = await drive(product.tree, [path] * given.times, browser.get, at_once=1)
                found.append(_told(f"{size:,}: {name}, {login}", run))
                print(report.line(found[-1]), flush=True)
        finally:
            await browser.close()
    return found


def _told(job: str, run: Run) -> Figures:
    app, db = round(run.app_ms, 1), round(run.db_ms, 1)
    return {
        "job": job,
        "n": len(run.ms),
        "p50_ms": run.at(0.5),
        "p95_ms": run.at(0.95),
        "cpu_ms": {"app": app, "db": db, "sum": round(app + db, 1)},
        "gate": {"p95_ms": WITHIN_MS, "held": run.at(0.95) <= WITHIN_MS},
        "failed": len(run.failed),
    }
