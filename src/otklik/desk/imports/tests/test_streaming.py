"""Values of a JSON file one after the other, wherever the pieces are cut; markup of others in linear time."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.desk.conversations.markup import text_of
from otklik.desk.imports.reading import Unreadable, streaming
from otklik.desk.imports.reading.streaming import objects

PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
RECORDS = st.lists(st.dictionaries(st.text(min_size=1), PLAIN | st.lists(PLAIN, max_size=3), max_size=4), max_size=5)


def read(folder: Path, content: str) -> list[tuple[str, Any]]:
    (folder / "x.json").write_text(content)
    return list(objects(folder / "x.json"))


@given(rows=RECORDS, piece=st.integers(1, 7), space=st.sampled_from([None, 2]))
def test_every_value_comes_wherever_the_pieces_are_cut(
    rows: list[dict[str, Any]], piece: int, space: int | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "PIECE", piece)
        assert read(folder, json.dumps(rows, indent=space)) == [("", row) for row in rows]
        told = json.dumps({"count": 123456, "rows": rows, "next": None}, indent=space)
        assert read(folder, told) == [("count", 123456), *(("rows", row) for row in rows), ("next", None)]


@pytest.mark.parametrize("content", ["x", "[{]", '[{"a": 1}', '{"a" 1}', '{"a": [1, ', "[" * 5000])
def test_what_is_no_json_says_so(tmp_path: Path, content: str) -> None:
    with pytest.raises(Unreadable):
        read(tmp_path, content)


def test_a_value_without_an_end_is_not_read_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LARGEST_OBJECT", 1000)
    monkeypatch.setattr(streaming, "PIECE", 100)
    with pytest.raises(Unreadable):
        read(tmp_path, '[{"a": "' + "x" * 100_000)


def test_text_of_markup() -> None:
    assert (
        text_of("<head><title>t</title></head><p>a &lt;b&gt;</p><script>x()</script><style>p{}</style>c") == "a <b>\nc"
    )
    began = time.process_time()
    text_of("<style>" * 300_000 + "<p>ok")
    assert time.process_time() - began < 5
