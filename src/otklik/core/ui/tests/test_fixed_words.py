"""A fixed text is looked up once in each language; what varies is looked up each time."""

import pytest
from django.template import Context, Template
from django.utils import translation

from otklik.core.ui.fixed_words import FixedWords

HEAD = "{% load i18n ui %}"


def said(template: Template, language: str, **values: object) -> str:
    with translation.override(language):
        return template.render(Context(values))


def test_each_reader_gets_their_language_however_often() -> None:
    template = Template(HEAD + '{% translate "Bold" %}')

    assert [said(template, one) for one in ("en", "ru", "en", "ru")] == ["Bold", "Полужирный", "Bold", "Полужирный"]
    (node,) = template.nodelist.get_nodes_by_type(FixedWords)
    assert isinstance(node, FixedWords) and set(node.said) == {"en", "ru"}


def test_it_is_kept_for_the_lines_below() -> None:
    template = Template(HEAD + '{% translate "Bold" as x %}{% if x %}<b title="{{ x }}">{% endif %}')

    assert [said(template, one) for one in ("en", "ru", "en")] == [
        '<b title="Bold">', '<b title="Полужирный">', '<b title="Bold">',
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["{% translate word %}", "{% translate word as x %}{{ x }}"])
def test_what_varies_is_djangos_own(tag: str) -> None:
    template = Template(HEAD + tag)

    assert not template.nodelist.get_nodes_by_type(FixedWords)
    assert said(template, "en", word="<b>") != said(template, "en", word="<i>")
    assert "<" not in said(template, "en", word="<b>")
