"""`make bench`: make the history when it is not there, start the product on a copy of it, measure, print."""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from benchmarks import measured, report, scale
from benchmarks.client import Browser
from benchmarks.desk import Desk, Figures, Storm
from benchmarks.jobs import ASKED_FOR, JOBS
from benchmarks.loading import forgive
from benchmarks.product import Product, password_of
from benchmarks.reference import Reference
from benchmarks.store import Store
from otklik.config.paths import CHECKOUT

SEED = "20260101"
LOGIN = "marina"
INTERRUPTED = 130
CORPORA = Path(os.environ.get("OTKLIK_SHARED") or CHECKOUT.parent / "shared") / "data" / "mail"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="otklik bench", description=__doc__)
    parser.add_argument(
        "jobs",
        nargs="*",
        metavar="JOB",
        help=f"only these: {', '.join(JOBS)}; scale and measured have options of their own",
    )
    parser.add_argument("--tickets", type=_some, default=100_000, help="size of the history (100000)")
    parser.add_argument("--mails", type=_some, default=3000, help="mails of the intake (3000)")
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="folder of real mail with its index.jsonl")
    parser.add_argument("--storm", type=_some, default=5000, help="mails of the storm (5000)")
    parser.add_argument("--storm-seconds", type=_some, default=60, help="so long it lasts, and the rest before it (60)")
    parser.add_argument("--agents", type=_some, default=10, help="who work meanwhile (10)")
    parser.add_argument("--letters", type=_some, default=50_000, help="letters in the old mailbox (50000)")
    parser.add_argument("--rounds", type=_some, default=3, help="by turns with bare SQL so often; medians count (3)")
    parser.add_argument("--data", type=Path, default=Path(".cache/bench"), help="data folder (.cache/bench)")
    parser.add_argument("--port", type=int, default=8390, help="port of the product under test (8390)")
    parser.add_argument("--seed", default=SEED, help="another seed gives another history")
    parser.add_argument("--limit", type=float, default=2.0, help="fail when a job costs more than so many budgets (2)")
    parser.add_argument("--load-only", action="store_true", help="only make the history")
    parser.add_argument("--fresh", action="store_true", help="make the history anew")
    parser.add_argument("--out", type=Path, help="also write the lines of JSON to this file")
    given = parser.parse_args()
    if unknown := set(given.jobs) - set(JOBS):
        parser.error(f"no job {', '.join(sorted(unknown))}")
    return given


def _some(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def main() -> int:
    given = options()
    store = Store(given.data.resolve(), given.port, given.seed, given.tickets)
    store.provide(fresh=given.fresh)
    if given.load_only:
        return 0
    found: list[Figures] = []
    with store.copy() as folder, Product(folder, given.port) as product:
        asyncio.run(measure(given, product, found))
    print(f"\n{report.table(found)}\n")
    if given.out:
        given.out.write_text("".join(f"{report.line(each)}\n" for each in found))
    for words in (troubles := report.over(found, given.limit)):
        print(f"TOO MUCH  {words}")
    return 1 if troubles else 0


async def measure(given: argparse.Namespace, product: Product, found: list[Figures]) -> None:
    browser = Browser(product.url)
    try:
        await browser.sign_in(LOGIN, password_of(product.folder, LOGIN))
        with product.database() as database, product.database() as second:
            forgive(database)
            people = max(200, given.tickets // 4)
            desk = Desk(
                *(product, browser, database, Reference(second)),
                *(people, given.mails, given.rounds, given.seed),
                *(given.corpora, Storm(given.storm, given.storm_seconds, given.agents), given.letters),
            )
            for name in given.jobs or [name for name in JOBS if name not in ASKED_FOR]:
                async for figures in JOBS[name](desk):
                    found.append(figures)
                    print(report.line(figures), flush=True)
            found.append({"job": "memory, loaded", "memory_mb": desk.memory()})
    finally:
        await browser.close()


if __name__ == "__main__":
    for ending in (signal.SIGINT, signal.SIGTERM):  # SIGINT too: a shell script's background job ignores it
        signal.signal(ending, signal.default_int_handler)
    try:
        own = {"scale": scale.run, "measured": measured.run}.get(sys.argv[1] if len(sys.argv) > 1 else "")
        sys.exit(own(sys.argv[2:]) if own else main())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
