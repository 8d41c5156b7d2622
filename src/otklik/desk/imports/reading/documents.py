"""JSON: a list of objects, an object that holds such a list, or an object a line (NDJSON).

Names inside objects become columns: `{"priority": {"name": "high"}}` is the column `priority.name`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from otklik.desk.channels.inbox import clean
from otklik.desk.imports.reading.row import Row, Table, Unreadable, few_enough

LARGEST_WHOLE = 512 * 1024 * 1024
"""Bytes of a file that has to be read as one value; lines may be of any number."""
LONGEST_LINE = 16 * 1024 * 1024
LOOKED_AT = 1000
"""So many first objects say which columns there are."""


def looks_like(start: bytes) -> bool:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read(path: Path) -> Table:
    """Raises Unreadable, here or while its rows are read."""
    objects = _lines(path) if is_lines(path) else _whole(path)
    rows = (Row(number, flat(one)) for number, one in objects)
    first = list(islice(rows, LOOKED_AT))
    columns = list(dict.fromkeys(name for row in first for name in row.cells))
    if not columns:
        raise Unreadable(_("The file is empty."))
    return Table(few_enough(columns), chain(first, rows))


def flat(value: dict[str, Any], before: str = "") -> dict[str, str]:
    """Cells of an object; lists of plain values are told one after the other, other lists as JSON."""
    cells: dict[str, str] = {}
    for name, inner in value.items():
        if isinstance(inner, dict):
            cells |= flat(inner, f"{before}{name}.")
        else:
            cells[clean(before + name)] = clean(_told(inner))
    return cells


def _told(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            plain = all(isinstance(one, str | int | float) for one in value)
            return ", ".join(map(str, value)) if plain else json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


@dataclass(frozen=True)
class Broken:
    """A line that is no object."""

    line: str


def is_lines(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        return first_line(text) is not None and any(map(str.strip, text))


def first_line(text: TextIO) -> dict[str, Any] | None:
    """The object of the first line; None where there is none, or where the line is the whole of a large file."""
    while (line := text.readline(LONGEST_LINE)) and not line.strip():
        pass
    return _parsed(line) if line.lstrip().startswith("{") and len(line) < LONGEST_LINE else None


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        for number, line in enumerate(text, 1):
            if line.strip():
                one = _parsed(line)
                if one is None:
                    raise Unreadable(_("Line %(line)s is no JSON object.") % {"line": number})
                yield number, one


def each_line(path: Path) -> Iterator[dict[str, Any] | Broken]:
    """An object a line; a broken line does not end the file."""
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        for line in text:
            if line.strip():
                yield _parsed(line) or Broken(line[:2000])


def _whole(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if path.stat().st_size > LARGEST_WHOLE:
        raise Unreadable(_("A JSON file of this size must have an object a line."))
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(_("It is no JSON.")) from None
    found = _listed(value)
    if found is None:
        raise Unreadable(_("There is no list of objects in it."))
    return enumerate(found, 1)


def _listed(value: object) -> list[dict[str, Any]] | None:
    """The list itself, or the longest one right inside an object."""
    lists = [value, *value.values()] if isinstance(value, dict) else [value]
    found = [one for one in lists if isinstance(one, list) and one and all(isinstance(x, dict) for x in one)]
    if found:
        return max(found, key=len)
    return [value] if isinstance(value, dict) and value else None
