"""The page of the trail speaks in words: no column, value or table goes by the name that programs give it."""

from dataclasses import fields

import pytest
from django.utils import translation

from otklik.core.audit.models import Line
from otklik.core.audit.names import NAMES
from otklik.core.audit.reading import Told
from otklik.core.audit.registry import heard_kinds, watched


def labels(about: str, names: list[str]) -> list[str]:
    return [label for label, _was, _became in Told(Line(about=about, after=dict.fromkeys(names, 1))).changes]


@pytest.mark.parametrize("table", watched(), ids=lambda one: one.model._meta.label)
def test_of_a_watched_table_everything_has_words(table) -> None:
    with translation.override("ru"):
        about = table.model._meta.label
        told = [Told(Line(about=about)).about, *labels(about, [*table.told, *table.hushed])]

    assert [one for one in told if one.isascii()] == []


@pytest.mark.parametrize("news", heard_kinds(), ids=lambda one: one.kind())
def test_of_privileged_news_everything_has_words(news) -> None:
    with translation.override("ru"):
        told = Told(Line(kind=news.kind(), about=news.about))
        names = [one.name for one in fields(news) if one.name != news.key]
        said = [told.what, told.about, *labels(news.about, names)]

    assert [one for one in said if one.isascii()] == []


def test_a_term_is_named_by_what_it_keeps() -> None:
    line = Line(about="term", about_id="2", after={"what": "events", "days": 30, "is_on": True})
    with translation.override("ru"):
        told = Told(line)
        assert told.about == "срок хранения № 2"
        assert ("что", "События клиентов") in [(label, became) for label, _was, became in told.changes]
        assert "days" not in str(told.changes) and "is_on" not in str(told.changes)


def test_names_are_translated() -> None:
    with translation.override("ru"):
        assert [name for name, words in NAMES.items() if str(words).isascii()] == []
