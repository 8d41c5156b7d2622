"""INJECT-1: no cell of an export is evaluated; telephone numbers and dates survive."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import openpyxl
import pytest
from django.utils import timezone

from otklik.desk.imports import sheets

DANGEROUS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋cmd|'!A0",
    "－cmd|'!A0",
    "＠SUM(1)",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    '=HYPERLINK("http://evil.example","click")',
    "|calc",
    "-1+1=x",
    "--1",
    "-1-2",
    "+7-900-123-45-67",
]
HARMLESS = [
    "+79001234567",
    "+7 (900) 123-45-67",
    "-12.5",
    "-5",
    "2024-03-01 10:00",
    "01.03.2024",
    "Анна",
    "007",
    "",
    "a=b",
]


def of_csv(rows: list[list[object]]) -> list[list[str]]:
    content = b"".join(sheets.as_csv(["a"], rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline="")))[1:]


def of_xlsx(rows: list[list[object]]) -> list[list[openpyxl.cell.Cell]]:
    content = b"".join(sheets.as_xlsx(["a"], rows))
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows(min_row=2)]


@pytest.mark.parametrize("text", DANGEROUS)
def test_INJECT_1_a_formula_is_a_text(text: str) -> None:
    ((cell,),) = of_csv([[text]])
    assert cell == f"'{text}"
    ((shown,),) = of_xlsx([[text]])
    assert shown.data_type == "s" and str(shown.value).strip() == text.replace("\r", "\n").strip()


@pytest.mark.parametrize("text", HARMLESS)
def test_INJECT_1_telephones_numbers_and_dates_survive(text: str) -> None:
    ((cell,),) = of_csv([[text]]) if text else (([""]),)
    assert cell == text
    ((shown,),) = of_xlsx([[text]])
    assert (shown.value or "") == text


@pytest.mark.parametrize("text", DANGEROUS)
def test_INJECT_1_the_name_of_a_column_is_a_text_too(text: str) -> None:
    """Of a file that was brought in, the names of the columns are anybody's."""
    content = b"".join(sheets.as_csv([text], [])).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content, newline=""))) == [f"'{text}"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(sheets.as_xlsx([text], []))))
    assert book.worksheets[0]["A1"].data_type == "s"


def test_moments_are_of_the_readers_zone_and_lists_go_by_commas() -> None:
    with timezone.override("Europe/Moscow"):
        assert sheets.told(datetime(2024, 3, 1, 10, tzinfo=UTC)) == "2024-03-01 13:00:00"
    assert sheets.told(["a", "b"]) == "a, b" and sheets.told(None) == ""


def test_a_workbook_is_sent_while_it_is_made_and_is_whole() -> None:
    pieces = list(sheets.as_xlsx(["number"], ([number] for number in range(2000))))
    assert len(pieces) > 3
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as packed:
        assert packed.testzip() is None
    assert len(of_xlsx([[number] for number in range(2000)])) == 2000


def test_what_no_workbook_may_have_is_left_out() -> None:
    ((cell,),) = of_xlsx([["a\x00b\x0bc<&>"]])
    assert cell.value == "abc<&>"
