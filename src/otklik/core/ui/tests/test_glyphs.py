"""The list of glyphs, the style sheet made of it, and the names that templates use."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from otklik.core.ui.glyphs import FRAME, GLYPHS, SHEET, stylesheet

PACKAGE = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))


def test_the_style_sheet_is_made_of_the_list() -> None:
    assert SHEET.read_text() == stylesheet(), "run: python -m otklik.core.ui.glyphs"


@pytest.mark.parametrize("name", sorted(GLYPHS))
def test_every_glyph_is_well_formed_and_names_no_colour_of_its_own(name: str) -> None:
    drawing = ElementTree.fromstring(f"{FRAME}{GLYPHS[name]}</svg>")
    assert len(drawing)
    assert all(part.get("fill") in (None, "#000") for part in drawing)


def test_templates_name_icons_that_exist() -> None:
    used = {(path.name, name) for path in TEMPLATES for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    assert {pair for pair in used if pair[1] not in GLYPHS} == set()


def test_templates_keep_the_strict_policy() -> None:
    """No inline style or script, no expressions for htmx to evaluate."""
    bad = re.compile(r"""\sstyle=|\son\w+=|hx-on|["'\s]js:|<script(?![^>]*(?:src=|application/json))""")
    found = [
        f"{path.relative_to(PACKAGE)}: {m[0].strip()}" for path in TEMPLATES for m in bad.finditer(path.read_text())
    ]
    assert not found
