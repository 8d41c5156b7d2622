"""What channels are called, and how they look."""

import pytest
from django.utils import translation

from otklik.core.ui.glyphs import GLYPHS
from otklik.desk.channels.glyphs import KINDS, glyph_of, name_of


@pytest.mark.parametrize(("kind", "russian"), [("email", "почта"), ("phone", "телефон"), ("telegram", "Telegram")])
def test_a_channel_has_one_name_in_each_language(kind: str, russian: str) -> None:
    with translation.override("ru"):
        assert name_of(kind) == russian
    with translation.override("en"):
        assert name_of(kind).isascii()


def test_what_nobody_named_is_called_as_it_is_kept() -> None:
    assert (name_of("pigeon"), glyph_of("pigeon")) == ("pigeon", "mail")


def test_each_kind_has_a_glyph_that_is_drawn() -> None:
    assert {glyph_of(kind) for kind in KINDS} <= GLYPHS.keys()
