"""XLSX: the first sheet, values and not formulas; what looks like a number may be a telephone."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _

from otklik.desk.imports.reading.row import Row, Table, Unreadable, row_of, told_apart

MOST_UNPACKED = 4 * 1024**3
MOST_BESIDE_SHEETS = 256 * 1024**2
"""Bytes of what is held in memory wholly: the texts that cells share, styles."""
MOST_ROWS = 1_048_576
"""So many rows a sheet can have; one that numbers them higher would be filled up with empty ones."""
DAMAGED = (zipfile.BadZipFile, zlib.error, ParseError, EOFError, LookupError, ValueError, TypeError, OSError)
_ZEROS = re.compile(r"0+\Z")


def read(path: Path) -> Table:
    """Raises Unreadable."""
    try:
        with zipfile.ZipFile(path) as packed:
            _refuse_bombs(packed)
        # An open file: the name under which it is kept need not end as a workbook's.
        book = openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # Programs that write workbooks state a wrong size: cells beyond it would be lost.
        sheet.reset_dimensions()
    except DAMAGED:
        raise _damaged() from None
    rows = _rows(sheet)
    header = next(rows, None)
    if header is None:
        raise Unreadable(_("The file is empty."))
    while header[1] and not header[1][-1]:
        header[1].pop()
    columns = told_apart(header[1])
    return Table(columns, _named(columns, rows))


def _refuse_bombs(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(_("Unpacked it would be larger than 4 GB."))
    if sum(part.file_size for part in parts if not _is_sheet(part.filename)) > MOST_BESIDE_SHEETS:
        raise Unreadable(_("The texts in it are too many for a workbook: save it as CSV."))


def _is_sheet(name: str) -> bool:
    return name.startswith(("xl/worksheets/", "xl/media/"))


def _damaged() -> Unreadable:
    return Unreadable(_("It is no XLSX workbook, or a damaged one."))


def _named(columns: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, values in rows:
        yield row_of(columns, line, values)


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    lines = enumerate(sheet.iter_rows(), 1)
    while found := _next_of(lines):
        line, values = found
        if line > MOST_ROWS:
            raise Unreadable(_("It has more rows than a sheet can have."))
        if any(values):
            yield line, values


def _next_of(lines: Iterator[tuple[int, Any]]) -> tuple[int, list[str]] | None:
    """A row is unpacked and parsed when it is asked for.  Raises Unreadable."""
    try:
        found = next(lines, None)
        if found is None:
            return None
        return found[0], [shown(cell.value, getattr(cell, "number_format", "")) for cell in found[1]]
    except DAMAGED:
        raise _damaged() from None


def shown(value: object, form: str) -> str:
    """The text of a cell: whole numbers without a point, codes with the zeros that their format shows."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value).zfill(len(form)) if _ZEROS.match(form) else str(value)
        case float():
            return shown(int(value), form) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
