"""The vocabulary of data panels: what is read, and what is refused with its place."""

import json
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from otklik.desk.automation.panels import drawing, vocabulary
from otklik.desk.automation.panels.vocabulary import Content, Malformed, NotJson
from otklik.desk.automation.tests.source import FULL

HTTPS = "https://a.example/"


def read(told: Any) -> Content:
    return vocabulary.read(json.dumps(told).encode())


def test_everything_that_the_documents_name_is_read():
    content = read(FULL)
    assert [row.label for row in content.rows] == ["Баланс", "Клиент с", "Тариф", "Договор", "Заметка"]
    assert content.tone == "soon" and len(content.tables[0].lines) == 2 and content.actions[0].href.endswith("/9")
    assert read({}).is_empty and not content.is_empty


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ([], ""),
        ({"titel": "x"}, ""),
        ({"title": {}}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"notice": {"tone": "ok"}}, "notice.text"),
        ({"notice": {"text": "x", "tone": "red"}}, "notice.tone"),
        ({"rows": {}}, "rows"),
        ({"rows": [{}] * 41}, "rows"),
        ({"rows": [{"label": "x", "value": 1}, {"value": 1}]}, "rows[1].label"),
        ({"rows": [{"label": "x", "value": [1]}]}, "rows[0].value"),
        ({"rows": [{"label": "x", "value": True}]}, "rows[0].value"),
        ({"rows": [{"label": "x", "value": 1, "kind": "html"}]}, "rows[0].kind"),
        ({"rows": [{"label": "x", "value": "завтра", "kind": "date"}]}, "rows[0].value"),
        ({"rows": [{"label": "x", "value": "2026-11-28T09:30:00", "kind": "date"}]}, "rows[0].value"),
        ({"rows": [{"label": "x", "value": "1 200", "kind": "money", "currency": "RUB"}]}, "rows[0].value"),
        ({"rows": [{"label": "x", "value": 1, "kind": "money"}]}, "rows[0].currency"),
        ({"rows": [{"label": "x", "value": "x", "kind": "badge", "tone": "' onload="}]}, "rows[0].tone"),
        ({"rows": [{"label": "x", "value": "x", "kind": "link"}]}, "rows[0].href"),
        ({"tables": [{"columns": []}]}, "tables[0].columns"),
        ({"tables": [{"columns": [{"label": "x"}], "rows": [[1, 2]]}]}, "tables[0].rows[0]"),
        ({"tables": [{"columns": [{"label": "x", "kind": "number"}], "rows": [["y"]]}]}, "tables[0].rows[0][0].value"),
        ({"actions": [{"label": "x"}]}, "actions[0].href"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(told: Any, place: str):
    with pytest.raises(Malformed) as refused:
        read(told)
    assert str(refused.value).startswith(f"{place}: " if place else "")


@pytest.mark.parametrize(
    "href",
    [
        *("http://a.example/", "javascript:alert(1)", "//a.example/", "https:a.example", "https:///x", "HTTPS://a.b/"),
        *("https://u:p@a.example/", "https://a.example/\n", "https://a.example\\@b", "https://a.example:x/", 7, None),
        *(f"{HTTPS}{'x' * 2000}", f"{HTTPS}\u202e", "https://[::1/"),
    ],
)
def test_only_plain_https_is_a_link(href: Any):
    with pytest.raises(Malformed):
        read({"actions": [{"label": "x", "href": href}]})


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"\xff\xfe{}", b"[" * 60_000, b'{"title": NaN}', b"9" * 5000, b'{"rows": [Infinity]}'],
)
def test_what_is_no_json(content: bytes):
    with pytest.raises(NotJson):
        vocabulary.read(content)


def test_signs_that_steer_are_taken_out():
    content = read({"title": "a\u202eb\u0000c\ud800", "rows": [{"label": "x\ny", "value": "\u2066z"}]})
    assert content.title == "a b c" and content.rows[0].label == "x y" and content.rows[0].cell.text == "z"
    assert content.title.encode()


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
WORDS = st.sampled_from(
    ["title", "notice", "rows", "tables", "actions", "label", "value", "kind", "tone", "href", "columns", "currency"]
)
SAID = st.sampled_from(["money", "date", "link", "badge", "number", "RUB", "ok", HTTPS, "2026-11-28", "<b>"])
ANY = st.recursive(
    PLAIN | SAID, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5), max_leaves=15
)


@given(ANY)
def test_whatever_comes_is_read_or_refused_and_drawn_without_markup_of_its_own(told: Any):
    try:
        content = vocabulary.read(json.dumps(told).encode())
    except (Malformed, NotJson):
        return
    with translation.override("ru"):
        drawn = drawing.drawn(content)
    assert "<b>" not in str(drawn["rows"]) + str(drawn["tables"])


@given(st.text(max_size=80))
def test_a_value_never_becomes_markup(text: str):
    content = read({"rows": [{"label": "x", "value": text, "kind": "badge"}]})
    shown = str(drawing.cell(content.rows[0].cell))
    inside = shown.partition("<bdi>")[2].partition("</bdi>")[0]
    assert not {"<", ">", '"'} & set(inside)


def test_values_are_said_as_people_read_them():
    with translation.override("ru"):
        drawn = drawing.drawn(read(FULL))
    cells = [str(cell) for _label, cell in drawn["rows"]]  # type: ignore[attr-defined]
    assert "−1\u00a0200,50\u00a0₽" in cells[0] and "14\u00a0мая 2021" in cells[1] and 'data-s="ok"' in cells[2]
    assert 'rel="noopener noreferrer"' in cells[3] and "&lt;script&gt;" in cells[4]
