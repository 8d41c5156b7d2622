"""From files of an export to the shelf: whatever their order, their size and what is broken in them."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from otklik.desk.imports.desks.base import Desk
from otklik.desk.imports.desks.shelf import Shelf
from otklik.desk.imports.reading import Unreadable, delimited, documents
from otklik.desk.imports.reading.streaming import objects

type File = tuple[str, Path]
type Going = Callable[[int], bool]
"""Told how much there is; says whether to go on."""

SUFFIXES = frozenset((".json", ".ndjson", ".jsonl", ".csv", ".txt"))
EVERY = 5000


class Stopped(Exception):
    """Nobody wants to go on."""


def files_of(folder: Path) -> list[File]:
    """Those that may be of an export, by their names; a single file is an export of one."""
    if folder.is_file():
        return [(folder.name, folder)]
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
    return sorted((str(path.relative_to(folder)), path) for path in found)


def collect(desk: Desk, files: Iterable[File], shelf: Shelf, going: Going = lambda count: True) -> None:
    """Raises Unreadable for a file that is none, and for an export of something else; Stopped."""
    count = 0
    for name, path in files:
        try:
            for member, value in _values(desk, name, path):
                count += 1
                _put(desk, shelf, name, member, value, f"{name} {count}")
                if count % EVERY == 0 and not going(count):
                    raise Stopped
        except Unreadable as trouble:
            raise Unreadable(f"{name}: {trouble}") from None
    shelf.keep()
    if not going(count):
        raise Stopped
    if not shelf.count(desk.required):
        raise Unreadable(_("There are no requests of %(desk)s in it.") % {"desk": desk.title})


def _values(desk: Desk, name: str, path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        return
    if not documents.looks_like(start):
        yield from (("", row.cells) for row in delimited.read(path).rows)
    elif documents.is_lines(path):
        yield from (("", value) for value in documents.each_line(path))
    elif record := _record(desk, name, path):
        yield "", record
    else:
        yield from objects(path)


def _record(desk: Desk, name: str, path: Path) -> dict[str, Any] | None:
    """A file of one record alone; an answer that holds lists of records has no number of its own."""
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        value = documents.first_line(text)
    placed = desk.place(name, "", value) if value else None
    return value if placed and placed.number else None


def _put(desk: Desk, shelf: Shelf, file: str, member: str, value: Any, place: str) -> None:
    if isinstance(value, dict):
        for name, one in _page(desk, member, value) or [(member, value)]:
            put(desk, shelf, file, name, one, place)
    elif isinstance(value, documents.Broken):
        shelf.put_broken(desk.required, place, _("The line is no JSON object."), value.line)
    elif member and isinstance(value, list | str | int | float | bool | None):
        return  # a count, a cursor, the address of the next page
    else:
        shelf.put_broken(desk.required, place, _("The line is no JSON object."), value)


def _page(desk: Desk, member: str, value: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Records of a whole answer that stands in one line, page after page; nothing of what is a record itself."""
    if member or desk.place("", "", value) is not None:
        return []
    lists = [(name, inner) for name, inner in value.items() if isinstance(inner, list)]
    found = [(name, one) for name, inner in lists for one in inner if isinstance(one, dict)]
    return [(name, one) for name, one in found if desk.place("", name, one)]


def put(desk: Desk, shelf: Shelf, file: str, member: str, value: dict[str, Any], place: str) -> None:
    """An object and what is nested in it."""
    for name, inner in desk.parts(value):
        put(desk, shelf, file, name, inner, place)
    placed = desk.place(file, member, value) if value else None
    if placed is None:
        return
    if not placed.number:
        shelf.put_broken(placed.kind, place, _("The record has no number."), value)
    else:
        shelf.put(placed.kind, placed.number, value, placed.parent)
