"""`make bench`: load the history when it is not there, start the product, measure, print."""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from benchmarks import loading, report
from benchmarks.client import Browser
from benchmarks.jobs import JOBS, Desk, memory
from benchmarks.product import Product, address, otklik, password_of
from benchmarks.reference import Reference

SEED = "20260101"
LOGIN = "marina"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="otklik bench", description=__doc__)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"only these: {', '.join(JOBS)}")
    parser.add_argument("--tickets", type=int, default=100_000, help="size of the history (100000)")
    parser.add_argument("--mails", type=int, default=3000, help="mails of the intake (3000)")
    parser.add_argument("--data", type=Path, default=Path(".cache/bench"), help="data folder (.cache/bench)")
    parser.add_argument("--port", type=int, default=8390, help="port of the product under test (8390)")
    parser.add_argument("--seed", default=SEED, help="another seed gives another history")
    parser.add_argument("--limit", type=float, default=2.0, help="fail when a job costs more than so many budgets (2)")
    parser.add_argument("--load-only", action="store_true", help="only make the history")
    parser.add_argument("--fresh", action="store_true", help="forget the history that is there")
    parser.add_argument("--out", type=Path, help="also write the lines of JSON to this file")
    given = parser.parse_args()
    if unknown := set(given.jobs) - set(JOBS):
        parser.error(f"no job {', '.join(sorted(unknown))}")
    given.data = given.data.resolve()
    return given


def main() -> int:
    given = options()
    provide(given)
    if given.load_only:
        return 0
    found = list[dict[str, object]]()
    with Product(given.data, given.port) as product:
        asyncio.run(measure(given, product, found))
    print(f"\n{report.table(found)}\n")
    if given.out:
        given.out.write_text("".join(f"{report.line(each)}\n" for each in found))
    for words in (troubles := report.over(found, given.limit)):
        print(f"TOO MUCH  {words}")
    return 1 if troubles else 0


def provide(given: argparse.Namespace) -> None:
    """The history of this size and seed: what is there is taken up again."""
    stamp = given.data / "bench.json"
    wanted = {"tickets": given.tickets, "seed": given.seed}
    known = json.loads(stamp.read_text()) if stamp.exists() else {}
    if not given.fresh and {name: known.get(name) for name in wanted} == wanted:
        return
    if given.data.exists():
        if not given.fresh:
            sys.exit(f"{given.data} holds something else ({known or 'no history of ours'}): --fresh replaces it.")
        _forget(given.data)
    given.data.mkdir(parents=True)
    print(f"Loading {given.tickets:,} tickets into {given.data}", file=sys.stderr, flush=True)
    began = time.monotonic()
    otklik(given.data, "demo")
    with Product(given.data, given.port, "web"):
        counts = loading.load(address(given.data), given.seed, given.tickets, loading.terminal())
    stamp.write_text(json.dumps({**wanted, "seconds": round(time.monotonic() - began), "rows": counts}))
    print(f"  {sum(counts.values()):,} rows, {time.monotonic() - began:.0f} s", file=sys.stderr)


def _forget(folder: Path) -> None:
    import shutil

    if not (folder / "bench.json").exists() and not (folder / "bench.log").exists():
        sys.exit(f"{folder} was not made by us; remove it by hand.")
    shutil.rmtree(folder)


async def measure(given: argparse.Namespace, product: Product, found: list[dict[str, object]]) -> None:
    browser = Browser(product.url)
    await browser.sign_in(LOGIN, password_of(given.data, LOGIN))
    with product.database() as database, product.database() as second:
        people = max(200, given.tickets // 4)
        desk = Desk(product, browser, database, Reference(second), people, given.mails)
        for name in given.jobs or JOBS:
            async for figures in JOBS[name](desk):
                found.append(figures)
                print(report.line(figures), flush=True)
        desk.reference.clean()
        found.append({"job": "memory, loaded", **memory(desk)})
        print(report.line(found[-1]), flush=True)
    await browser.close()


sys.exit(main())
