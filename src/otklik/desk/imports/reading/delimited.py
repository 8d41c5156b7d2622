"""CSV: which letters, which separator, then a row at a time however large the file is."""

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from otklik.desk.imports.reading.row import Table, Unreadable, row_of, told_apart

SAMPLE = 64 * 1024
LARGEST_CELL = 16 * 1024 * 1024
MARKED = re.compile(r"'\s*[=+\-@\t\r\n|＝＋－＠]")
SEPARATORS = ",;\t|"


def read(path: Path) -> Table:
    """Raises Unreadable, here or while its rows are read."""
    csv.field_size_limit(LARGEST_CELL)
    letters = letters_of(path)
    with path.open(encoding=letters, errors="replace", newline="") as text:
        separator = separator_of(text.read(SAMPLE))
    rows = _rows(path, letters, separator)
    header = next(rows, None)
    if header is None:
        raise Unreadable(_("The file is empty."))
    columns = told_apart(header[1])
    return Table(
        columns,
        (row_of(columns, line, list(map(unmarked, values))) for line, values in rows if any(map(str.strip, values))),
    )


def unmarked(cell: str) -> str:
    """Without the apostrophe by which a table says that a cell is no formula."""
    return cell[1:] if MARKED.match(cell) else cell


def letters_of(path: Path) -> str:
    """UTF-8 if every byte of the file fits, by its mark UTF-16, else Windows-1251."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1251"
    return "utf-8-sig"


def separator_of(sample: str) -> str:
    """The one that cuts the first lines into the most columns, the same number in each."""
    scores = {separator: _score(sample, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: scores[separator])


def _score(sample: str, separator: str) -> tuple[int, int]:
    try:
        rows = list(islice(csv.reader(sample.splitlines(True), delimiter=separator), 20))
    except csv.Error:
        return 0, 0
    rows = [row for row in rows if any(row)]
    if not rows or len(rows[0]) < 2:
        return 0, 0
    alike = sum(len(row) == len(rows[0]) for row in rows)
    return alike, len(rows[0])


def _rows(path: Path, letters: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """(the line on which the row begins, its cells)."""
    with path.open(encoding=letters, errors="replace", newline="") as text:
        yield from _numbered(text, separator)


def _numbered(text: TextIO, separator: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(text, delimiter=separator)
    begins = 1
    try:
        for values in rows:
            yield begins, values
            begins = rows.line_num + 1
    except csv.Error:
        words = _("From line %(line)s on it is no table: perhaps a quotation mark is never closed.")
        raise Unreadable(words % {"line": begins}) from None
