"""Whatever colour a company takes, its pages can be read by day and by night."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.ui import accent
from otklik.core.ui.tests.test_contrast import Colour, contrast, linear, tokens

TOKENS = tokens()
BACKS = ("page", "surface", "sunken", "raised", "hover", "press", "well", "lift")
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def read(token: str) -> Colour:
    """A token as a browser reads it, in linear sRGB."""
    if token.startswith("#"):
        parts = [int(token[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return red, green, blue
    found = re.fullmatch(r"oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", token)
    assert found, token
    return linear(*map(float, found.groups()))


@settings(max_examples=300)
@given(colours)
def test_words_buttons_and_tints_of_any_colour_are_readable(colour: str) -> None:
    made = {name: (read(day), read(night)) for name, (day, night) in accent.tokens_of(colour).items()}
    for theme in (0, 1):
        pick = {name: both[theme] for name, both in {**TOKENS, **made}.items()}
        for back in (*BACKS, "sea-tint"):
            assert contrast(pick["sea"], pick[back]) >= 4.5, (back, theme)
        for ink in ("ink", "ink-2", "ink-3"):
            assert contrast(pick[ink], pick["sea-tint"]) >= 4.5, (ink, theme)
        assert contrast(pick["on-sea"], pick["sea-solid"]) >= 4.5
        assert contrast(pick["on-sea"], pick["sea-hover"]) >= 4.5
        if accent.is_seen(colour):
            for back in ("page", "surface", "sunken"):
                assert contrast(pick["sea-solid"], pick[back]) >= 3.0, (back, theme)


@pytest.mark.parametrize(
    ("colour", "seen"), [("#0b6e99", True), ("#c0392b", True), ("#ffe680", False), ("#ffffff", False)]
)
def test_a_pale_colour_is_known_as_one(colour: str, seen: bool) -> None:
    assert accent.is_seen(colour) is seen


def test_contrast_is_that_of_wcag() -> None:
    assert accent.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert accent.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert accent.words_on("#777777") == accent.BLACK and accent.words_on("#767676") == accent.WHITE


@pytest.mark.parametrize("shape", ["#fff", "0b6e99", "#0B6E99", "red", "#0b6e99;}", "#0b6e99\n"])
def test_only_one_way_to_write_a_colour_is_a_colour(shape: str) -> None:
    assert not accent.SHAPE.match(shape)
