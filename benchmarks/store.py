"""Histories on disk: made once for a size and a seed, measured on copies, so that every run begins the same."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import loading
from benchmarks.product import Product, address, otklik

FACTS_ARE_KNOWN = "UPDATE metrics_watermark SET entry_id = (SELECT max(id) FROM journal_entry)"
type Load = Callable[[str, str, int, Callable[[str], None]], dict[str, int]]


class Store:
    """`history` and `history.json` in a folder of ours; `run` beside them lives as long as a run."""

    def __init__(self, folder: Path, port: int, seed: str, tickets: int, load: Load = loading.load) -> None:
        self.folder, self.port, self.seed, self.tickets, self.load = folder, port, seed, tickets, load
        self.history, self.stamp, self.run = folder / "history", folder / "history.json", folder / "run"

    def provide(self, *, fresh: bool) -> None:
        """What is there is taken up again; what was begun and not finished, or is of another size, is made anew."""
        wanted = {"tickets": self.tickets, "seed": self.seed}
        known = json.loads(self.stamp.read_text()) if self.stamp.exists() else {}
        if not fresh and {name: known.get(name) for name in wanted} == wanted:
            return
        self.stamp.unlink(missing_ok=True)
        shutil.rmtree(self.history, ignore_errors=True)
        self.history.mkdir(parents=True)
        print(f"Loading {self.tickets:,} tickets into {self.history}", file=sys.stderr, flush=True)
        began = time.monotonic()
        counts = self._load()
        seconds = round(time.monotonic() - began)
        self.stamp.write_text(json.dumps({**wanted, "seconds": seconds, "rows": counts}))
        print(f"  {sum(counts.values()):,} rows, {seconds} s", file=sys.stderr)

    def _load(self) -> dict[str, int]:
        otklik(self.history, "demo")
        with Product(self.history, self.port, "web"):
            return self.load(address(self.history), self.seed, self.tickets, loading.terminal())

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A copy to measure on, gone afterwards; its files are on disk before anything is measured."""
        shutil.rmtree(self.run, ignore_errors=True)
        try:
            subprocess.run(["cp", "-a", "--reflink=auto", str(self.history), str(self.run)], check=True)
            self._bring_up_to_date()
            subprocess.run(["sync", "-f", str(self.run)], check=True)
            yield self.run
        finally:
            shutil.rmtree(self.run, ignore_errors=True)

    def _bring_up_to_date(self) -> None:
        """Today's tables; and no facts that a migration wants counted anew while we measure."""
        otklik(self.run, "migrate")
        with Product(self.run, self.port, "web") as product, product.database() as database:
            database.execute(FACTS_ARE_KNOWN)
