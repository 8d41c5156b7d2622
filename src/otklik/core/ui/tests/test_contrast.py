"""Colours: readable in both themes, and written in one file only."""

import math
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[3]
TOKENS = PACKAGE / "core/ui/static/ui/tokens.css"
STYLES = sorted(PACKAGE.glob("**/static/**/*.css"))
TEXT, GRAPHIC = 4.5, 3.0

type Colour = tuple[float, float, float]


def pairs() -> list[tuple[str, str, float]]:
    """Foreground, background, what WCAG 2.2 asks for (1.4.3 text, 1.4.11 graphics)."""
    backs = ["page", "surface", "sunken", "raised", "hover", "press", "well", "lift"]
    found = [(ink, back, TEXT) for ink in ("ink", "ink-2", "ink-3", "sea") for back in backs]
    for role in ("plum", "ok", "soon", "breach"):
        found += [(role, back, TEXT) for back in ("page", "surface", "sunken", "hover", f"{role}-tint")]
        found += [(ink, f"{role}-tint", TEXT) for ink in ("ink", "ink-2")]
        found += [(f"on-{role}", f"{role}-solid", TEXT)]
        found += [(f"{role}-solid", back, GRAPHIC) for back in ("page", "surface") if role != "soon"]
    for tint in ("sea-tint", "note-tint"):
        found += [(ink, tint, TEXT) for ink in ("ink", "ink-2", "ink-3")]
    found += [(role, "sea-tint", TEXT) for role in ("sea", "plum", "breach", "soon", "brass")]
    found += [("note", "note-tint", TEXT), ("on-sea", "sea-solid", TEXT), ("on-sea", "sea-hover", TEXT)]
    found += [("on-ink", "ink", TEXT), ("on-sea", "heat-6", TEXT)]
    found += [("brass", back, TEXT) for back in ("surface", "page", "sunken", "brass-tint")]
    found += [("sea-solid", back, GRAPHIC) for back in ("surface", "page", "sunken")]
    found += [("field-line", back, GRAPHIC) for back in ("surface", "page", "raised")]
    found += [(data, "surface", GRAPHIC) for data in ("data-1", "data-2", "data-3", "data-base")]
    found += [(data, "page", GRAPHIC) for data in ("data-1", "data-base")]
    found += [("ink", f"heat-{step}", TEXT) for step in range(5)] + [("on-sea", "heat-5", TEXT)]
    return found + [(f"av-{number}-ink", f"av-{number}", TEXT) for number in range(1, 7)]


def tokens() -> dict[str, tuple[Colour, Colour]]:
    """Day and night value of every token, as linear sRGB."""
    css = TOKENS.read_text().split("@media (prefers-contrast")[0]
    value = r"oklch\(([\d.]+)%\s+([\d.]+)\s+([\d.]+)\)"
    found = re.finditer(rf"--([\w-]+):\s*light-dark\({value},\s*{value}\)", css)
    return {m[1]: (linear(*map(float, m.groups()[1:4])), linear(*map(float, m.groups()[4:7]))) for m in found}


def linear(lightness: float, chroma: float, hue: float) -> Colour:
    """OKLCH (lightness in percent, hue in degrees) to linear sRGB."""
    light = lightness / 100
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def luminance(colour: Colour) -> float:
    """Of what a screen shows: rounded to eight bits first."""
    red, green, blue = (seen(part) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def seen(part: float) -> float:
    part = min(1.0, max(0.0, part))
    encoded = 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    shown = round(encoded * 255) / 255
    return shown / 12.92 if shown <= 0.04045 else ((shown + 0.055) / 1.055) ** 2.4


def contrast(one: Colour, other: Colour) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["day", "night"])
def test_every_pair_of_tokens_can_be_read(theme: int) -> None:
    known = tokens()
    faint = [
        f"{front} on {back}: {ratio:.2f}, needs {need}"
        for front, back, need in pairs()
        if (ratio := contrast(known[front][theme], known[back][theme])) < need
    ]
    assert not faint


def test_every_colour_can_be_shown_on_an_ordinary_screen() -> None:
    outside = [n for n, both in tokens().items() for c in both if min(c) < -0.004 or max(c) > 1.004]
    assert not outside


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_colour_is_written_in_the_tokens_only(sheet: Path) -> None:
    if sheet == TOKENS:
        return
    text = re.sub(r'url\("[^"]*"\)|/\*.*?\*/', "", sheet.read_text(), flags=re.DOTALL)
    literals = re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch|hwb)\(", text, flags=re.IGNORECASE)
    names = re.findall(r":[^;{]*\b(white|red|blue|green|gr[ae]y|yellow|orange)\b[^-(]", text)
    assert not literals + names


def test_every_token_in_use_exists() -> None:
    defined = {name for sheet in STYLES for name in re.findall(r"(--[\w-]+)\s*:", sheet.read_text())}
    used = {name for sheet in STYLES for name in re.findall(r"var\((--[\w-]+)", sheet.read_text())}
    assert used <= defined


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_style_sheets_stay_small(sheet: Path) -> None:
    longest = 220 if "core/ui" in str(sheet) else 400
    assert sheet.name == "icons.css" or len(sheet.read_text().splitlines()) <= longest
