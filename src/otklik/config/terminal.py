"""Words at the terminal: progress of steps that take long, tables, JSON."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

NOTICEABLE = 1.0


class Progress:
    """Names each step; when it took longer than a second, how long it took."""

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Yields a function that names the parts of a long step as they begin."""
        began = time.monotonic()
        self._write(f"  {name} … ")
        try:
            yield lambda part: self._write(f"{part} … ")
        except BaseException:
            self._write("stopped\n")
            raise
        took = time.monotonic() - began
        self._write(f"{took:.1f} s\n" if took >= NOTICEABLE else "done\n")

    @staticmethod
    def _write(words: str) -> None:
        print(_printable(words), end="", file=sys.stderr, flush=True)


def say(words: str = "") -> None:
    print(_printable(words), flush=True)


def say_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=not _speaks_unicode(), indent=2, default=str), flush=True)


def table(rows: Iterable[Sequence[object]]) -> str:
    """Columns as wide as their widest cell."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)] if cells else []
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(f"  {line}".rstrip() for line in lines)


def _speaks_unicode() -> bool:
    return "utf" in (sys.stdout.encoding or "").lower()


def _printable(words: str) -> str:
    """A terminal without Unicode gets question marks, not a crash."""
    encoding = sys.stdout.encoding or "ascii"
    return words.encode(encoding, errors="replace").decode(encoding)
