"""Tables that others open: CSV and XLSX, a row at a time, and no cell that a spreadsheet would execute (INJECT-1).

A cell that begins as a formula does gets an apostrophe before it in CSV, which spreadsheets show as text.  What is
nothing but a number, a telephone or a date begins with + or - and is left alone.  In XLSX every text is written as a
text, so that no cell needs a mark and codes keep their zeros.
"""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from itertools import chain, islice
from xml.sax.saxutils import escape

from django.utils import timezone, translation

FORMULA = "=+-@\t\r\n|"
NUMBER = re.compile(r"[+-]?\d[\d .,]*\Z|\+\d+ ?[ (][\d ()-]*\d\Z", re.ASCII)
"""Numbers, and telephones that cannot be read as a difference of numbers: +7-900-1 would be."""
MARK = "\ufeff"
"""Spreadsheets know UTF-8 by it."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

type Cell = object


def told(value: Cell) -> str:
    """The text of a value: moments in the reader's zone, lists by commas."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def harmless(text: str) -> str:
    """As it may stand in a CSV: full-width twins of the signs count, and so do signs behind blanks."""
    seen = unicodedata.normalize("NFKC", text[:40]).lstrip(" \u00a0\u200b\ufeff")
    first = seen[:1]
    if first and first in FORMULA and not NUMBER.match(text):
        return f"'{text}"
    return text


def as_csv(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """A table by commas, in UTF-8 with its mark."""
    line = io.StringIO()
    write = csv.writer(line).writerow
    line.write(MARK)
    write(map(harmless, header))
    for row in rows:
        write([harmless(told(value)) for value in row])
        if line.tell() > 1 << 16:
            yield _taken(line)
    yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    content = line.getvalue().encode()
    line.seek(0)
    line.truncate()
    return content


class _Pipe(io.RawIOBase):
    """What a ZIP writes, to be carried away piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.pieces.append(piece)
        return len(piece)

    def carried(self) -> bytes:
        content = b"".join(self.pieces)
        self.pieces.clear()
        return content


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MOST_ROWS = 1_048_576
"""Of one sheet; what is more stands on the next one."""


def as_xlsx(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """A workbook, made while it is sent; every cell is a text."""
    pipe, header, left, count = _Pipe(), list(header), iter(rows), 0
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:
        first = next(left, None)
        while first is not None or not count:
            count += 1
            with packed.open(f"xl/worksheets/sheet{count}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{_row(header)}'.encode())
                whole = islice(chain([first] if first is not None else [], left), MOST_ROWS - 1)
                for number, row in enumerate(whole, 1):
                    sheet.write(_row(row).encode())
                    if number % 500 == 0:
                        yield pipe.carried()
                sheet.write(b"</sheetData></worksheet>")
            first = next(left, None)
        for name, content in _frame(count):
            packed.writestr(name, HEAD + content)
    yield pipe.carried()


def _frame(count: int) -> Iterator[tuple[str, str]]:
    """What a workbook needs beside its sheets."""
    sheets = range(1, count + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{one}.xml" ContentType="{TYPE}.worksheet+xml"/>' for one in sheets
    )
    named = "".join(f'<sheet name="Sheet{one}" sheetId="{one}" r:id="rId{one}"/>' for one in sheets)
    related = "".join(
        f'<Relationship Id="rId{one}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{one}.xml"/>' for one in sheets
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{parts}</Types>',
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>',
    )
    yield "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'


def _row(values: Iterable[Cell]) -> str:
    return f"<row>{''.join(map(_cell, values))}</row>"


def _cell(value: Cell) -> str:
    text = _UNSEEN.sub("", told(value))[:32_767]
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def as_read_in(language: str, zone: tzinfo | None, content: Iterator[bytes]) -> Iterator[bytes]:
    """In the language and the time zone of who asked: the call is over before its rows are written."""
    with translation.override(language), timezone.override(zone):
        yield from content


FORMS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, f"{TYPE}.sheet"),
}
