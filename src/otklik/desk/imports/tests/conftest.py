"""A file on the desk, and the way to bring it in."""

import io
from collections.abc import Callable

import openpyxl
import pytest

from otklik.desk.imports.models import Import
from otklik.desk.imports.preparing import mapped, prepared
from otklik.desk.imports.running import run

type Bring = Callable[..., Import]


@pytest.fixture(autouse=True)
def _in_a_folder(own_files: None) -> None:
    """Files that were brought lie in a folder of the test."""


@pytest.fixture
def bring(db: None) -> Bring:
    """Bring a file in; `dry` only looks, `decided` corrects the guesses."""

    def brought(
        kind: str, content: bytes | str, *, source: str = "crm", dry: bool = False, name: str = "x.csv", **decided: str
    ) -> Import:
        data = content.encode() if isinstance(content, str) else content
        of = prepared(kind, io.BytesIO(data), name, source)
        of.mapping = mapped(of, decided)
        of.begin(dry=dry)
        run(of)
        return of

    return brought


def workbook(*rows: list[object], forms: dict[str, str] | None = None) -> bytes:
    """An XLSX of these rows; `forms` are number formats of cells."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, form in (forms or {}).items():
        sheet[cell].number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
