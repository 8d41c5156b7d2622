"""Objects of an export on disk, found by their number or by what they belong to: comments stand in other files than
their requests, and nothing of that size stays in memory.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from otklik.desk.channels.inbox import clean

TABLES = """
CREATE TABLE IF NOT EXISTS object (
    kind TEXT NOT NULL, number TEXT NOT NULL, parent TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, number)
);
CREATE INDEX IF NOT EXISTS object_of ON object (kind, parent);
CREATE TABLE IF NOT EXISTS broken (kind TEXT NOT NULL, place TEXT NOT NULL, words TEXT NOT NULL, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
PORTION = 500


class Shelf:
    """One file.  What was put is kept when `keep` is called, all of it or nothing."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.base = sqlite3.connect(path)
        self.base.execute("PRAGMA synchronous = NORMAL")
        self.base.executescript(TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.base.close()

    def put(self, kind: str, number: str, value: dict[str, Any], parent: str = "") -> None:
        """The last of several with one number holds; what it does not say at all is as the earlier ones said it.

        A list of an API says less of a record than the answer about it alone, whichever of the two is read first.
        """
        if before := self.one(kind, number):
            parent = parent or self._parent(kind, number)
            value = {**before, **value}
        row = (kind, clean(number), clean(parent), clean(json.dumps(value, ensure_ascii=False)))
        self.base.execute("INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?)", row)

    def _parent(self, kind: str, number: str) -> str:
        found = self.base.execute(
            "SELECT parent FROM object WHERE kind = ? AND number = ?", (kind, clean(number))
        ).fetchone()
        return str(found[0]) if found else ""

    def put_broken(self, kind: str, place: str, words: str, value: object) -> None:
        told = json.dumps(value, ensure_ascii=False, default=str)[:2000]
        self.base.execute("INSERT INTO broken VALUES (?, ?, ?, ?)", (kind, clean(place), words, clean(told)))

    def mark(self, name: str, value: str) -> None:
        self.base.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (name, value))

    def marked(self, name: str) -> str:
        found = self.base.execute("SELECT value FROM mark WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def keep(self) -> None:
        self.base.commit()

    def one(self, kind: str, number: object) -> dict[str, Any]:
        """An empty one where there is none."""
        found = self.base.execute("SELECT value FROM object WHERE kind = ? AND number = ?", (kind, clean(str(number))))
        row = found.fetchone()
        return json.loads(row[0]) if row else {}

    def all(self, kind: str) -> Iterator[dict[str, Any]]:
        """By their numbers."""
        rows = self.base.execute("SELECT value FROM object WHERE kind = ? ORDER BY length(number), number", (kind,))
        while portion := rows.fetchmany(PORTION):
            for (value,) in portion:
                yield json.loads(value)

    def of(self, kind: str, parent: object) -> list[dict[str, Any]]:
        """What belongs to something, by their numbers."""
        rows = self.base.execute(
            "SELECT value FROM object WHERE kind = ? AND parent = ? ORDER BY length(number), number",
            (kind, clean(str(parent))),
        )
        return [json.loads(value) for (value,) in rows]

    def broken(self) -> Iterator[tuple[str, str, str, str]]:
        yield from self.base.execute("SELECT kind, place, words, value FROM broken ORDER BY rowid")

    def count(self, kind: str) -> int:
        return int(self.base.execute("SELECT count(*) FROM object WHERE kind = ?", (kind,)).fetchone()[0])
