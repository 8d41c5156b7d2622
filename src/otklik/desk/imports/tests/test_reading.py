"""Files as people have them: letters, separators, broken lines, codes with zeros, JSON of other desks."""

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from otklik.desk.imports.reading import Row, Unreadable, opened
from otklik.desk.imports.reading import workbook as workbooks
from otklik.desk.imports.tests.conftest import workbook


@pytest.fixture
def rows(tmp_path: Path):
    def read(content: bytes) -> list[Row]:
        path = tmp_path / "file"
        path.write_bytes(content)
        return list(opened(path).rows)

    return read


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_letters_and_separators_are_guessed(rows, letters: str, separator: str) -> None:
    table = f"Имя{separator}Город\r\nАнна{separator}Орёл\r\nБорис{separator}Пермь\r\n"
    assert [row.cells for row in rows(table.encode(letters))] == [
        {"Имя": "Анна", "Город": "Орёл"},
        {"Имя": "Борис", "Город": "Пермь"},
    ]


def test_a_comma_inside_of_words_is_no_separator(rows) -> None:
    (row,) = rows("Имя;Заметка\nАнна;любит чай, кофе, какао\n".encode())
    assert row.cells["Заметка"] == "любит чай, кофе, какао"


def test_a_quoted_cell_may_have_lines_and_the_next_row_knows_its_line(rows) -> None:
    first, second = rows(b'name,note\n"A","one\ntwo, ""three"""\nB,x\n')
    assert first.cells["note"] == 'one\ntwo, "three"'
    assert (first.line, second.line) == (2, 4)


def test_empty_rows_are_none_and_surplus_cells_are_told(rows) -> None:
    (row,) = rows(b"a,b\n\n,\n1,2,3\n")
    assert (row.line, row.cells, row.surplus) == (4, {"a": "1", "b": "2"}, ["3"])


def test_columns_without_a_name_or_with_the_same_one_are_told_apart(rows) -> None:
    (row,) = rows(b"a,,a\n1,2,3\n")
    assert len(row.cells) == 3 and row.cells["a (2)"] == "3"


def test_a_quotation_mark_that_is_never_closed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.desk.imports.reading.delimited.LARGEST_CELL", 1000)
    path = tmp_path / "file"
    path.write_bytes(b'a,b\n1,2\n3,"' + b"x\n" * 2000)
    with pytest.raises(Unreadable, match="3"):
        list(opened(path).rows)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"[1, 2]", b"{broken", b"{}"])
def test_what_is_no_table_is_said(rows, content: bytes) -> None:
    with pytest.raises(Unreadable):
        rows(content)


def test_a_workbook_keeps_zeros_dates_and_texts(rows) -> None:
    content = workbook(
        ["Код", "Телефон", "Дата", "Сумма", "Текст", "Да"],
        [42, 79001234567, datetime(2024, 3, 1, 10, 30), 1.5, "007", True],
        [None, None, None, None, None, None],
        [7.0, "+7 900 000-00-00", "01.02.2024", 2, "=1+1", False],
        forms={"A2": "00000"},
    )
    first, second = rows(content)
    assert first.cells == {
        "Код": "00042",
        "Телефон": "79001234567",
        "Дата": "2024-03-01 10:30:00",
        "Сумма": "1.5",
        "Текст": "007",
        "Да": "true",
    }
    assert second.line == 4 and second.cells["Код"] == "7" and second.cells["Телефон"] == "+7 900 000-00-00"


def test_json_is_a_list_lines_or_an_object_that_holds_the_list(rows) -> None:
    expected = [{"id": "1", "org.name": "Дон", "tags": "a, b"}, {"id": "2", "org.name": "", "tags": ""}]
    one, two = '{"id": 1, "org": {"name": "Дон"}, "tags": ["a", "b"]}', '{"id": 2, "org": {"name": null}, "tags": []}'
    for text in (f"[{one}, {two}]", f"{one}\n{two}\n", f'{{"count": 2, "users": [{one}, {two}]}}'):
        assert [row.cells for row in rows(text.encode())] == expected


SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_of(content: str, before: str = "") -> bytes:
    """A workbook whose sheet somebody else wrote."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["a"]))) as plain, zipfile.ZipFile(whole, "w") as packed:
        for name in plain.namelist():
            theirs = f'{before}<worksheet xmlns="{MAIN}">{content}</worksheet>'
            packed.writestr(name, theirs if name == SHEET else plain.read(name))
    return whole.getvalue()


def written(*rows: str) -> str:
    told = (f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, 1))
    return f"<sheetData>{''.join(told)}</sheetData>"


def texts(*cells: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)


def test_a_workbook_that_states_a_smaller_size_loses_no_cell(rows) -> None:
    (row,) = rows(sheet_of('<dimension ref="A1"/>' + written(texts("email", "name"), texts("a@x.test", "Anna"))))
    assert row.cells == {"email": "a@x.test", "name": "Anna"}


LAUGHS = "".join(f'<!ENTITY {after} "{f"&{name};" * 10}">' for name, after in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "content",
    [
        sheet_of(written(texts("a"), "<c><v>word</v></c>")),
        sheet_of(written(texts("a"), '<c t="s"><v>999</v></c>')),
        sheet_of(written(texts("a"), "<row")),
        sheet_of(written(texts("a"), texts("&i;")), f'<!DOCTYPE x [<!ENTITY a "{"a" * 1000}">{LAUGHS}]>'),
        sheet_of(written(texts("a")).replace("</sheetData>", f'<row r="9999999">{texts("b")}</row></sheetData>')),
        b"[" * 100_000,
        b'[{"a":' * 20_000,
        b"," * 1000 + b"\n1\n",
        ("[{" + ",".join(f'"{number}":1' for number in range(1001)) + "}]").encode(),
    ],
    ids=["no number", "no text", "broken", "laughs", "rows", "deep list", "deep object", "columns", "names"],
)
def test_what_would_break_or_fill_the_desk_is_said(rows, content: bytes) -> None:
    with pytest.raises(Unreadable):
        rows(content)


def test_a_workbook_whose_texts_do_not_fit_into_memory_is_not_opened(rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_BESIDE_SHEETS", 100)
    with pytest.raises(Unreadable, match="CSV"):
        rows(workbook(["a"], ["b"]))


def test_characters_that_no_database_keeps_are_left_out(rows) -> None:
    (row,) = rows(b"na\x00me,email\nA\x00,b@x.test\n")
    assert row.cells == {"name": "A", "email": "b@x.test"}
    (row,) = rows(rb'[{"na\u0000me\ud800": "x\ud800y\u0000"}]')
    assert row.cells == {"name?": "x?y"}


def test_a_byte_that_is_no_letter_does_not_end_the_reading(rows) -> None:
    (row,) = rows("имя\nАн".encode("cp1251") + b"\x98\n")
    assert row.cells == {"имя": "Ан\ufffd"}
