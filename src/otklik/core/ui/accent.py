"""A company's own colour in place of our accent: what is made of it stays readable, by day and by night.

The very colour stands where a button or a bar is, by day.  Words, tints and the night keep the lightness of our own
tokens and take hue and strength from it, as far as a screen can show them.
"""

import math
import re
from functools import lru_cache

SHAPE = re.compile(r"#[0-9a-f]{6}\Z")
TEXT, GRAPHIC = 4.5, 3.0
ROUNDED = 0.01  # so much contrast may be lost where a token is written with few digits
WHITE, BLACK = "#ffffff", "#000000"

type Linear = tuple[float, float, float]
type Tone = tuple[float, float, float]
"""Lightness from 0 to 1, chroma, hue in degrees (OKLCH)."""

_DAY, _NIGHT = (0.936, 0.007, 85.0), (0.315, 0.01, 262.0)
"""The backs on which words are hardest to read: `--press` by day, `--lift` by night."""
_SUNKEN = (0.954, 0.006, 85.0)
_SHARES = {
    "sea-tint": ((0.956, 0.018), (0.29, 0.036)),
    "sea-line": ((0.8, 0.052), (0.44, 0.06)),
    "select": ((0.88, 0.06), (0.42, 0.07)),
}
"""Lightness and the most chroma by day and by night, as in `tokens.css`."""


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 for two colours written as #rrggbb."""
    return _ratio(_linear(one), _linear(other))


def words_on(colour: str) -> str:
    """White or black: what reads better on the colour; one of them always does."""
    return WHITE if contrast(colour, WHITE) >= TEXT else BLACK


def is_seen(colour: str) -> bool:
    """Whether a button of the colour stands out from a light page."""
    return min(_ratio(_linear(colour), _rgb(_SUNKEN)), contrast(colour, WHITE)) >= GRAPHIC + ROUNDED


@lru_cache(maxsize=64)
def style_sheet(colour: str) -> str:
    """Our accent tokens made of the colour (see `tokens.css`)."""
    tokens = "".join(f"--{name}:light-dark({day},{night});" for name, (day, night) in tokens_of(colour).items())
    return f":root{{{tokens}}}\n"


def tokens_of(colour: str) -> dict[str, tuple[str, str]]:
    """Each token by day and by night, as CSS writes it."""
    lightness, strength, hue = _tone(colour)

    def tone(light: float, most: float) -> Tone:
        return light, min(strength, most), hue

    def shown(light: float, most: float) -> str:
        return _written(_shown(tone(light, most)))

    on = words_on(colour)
    hover = lightness - 0.055 if on == WHITE and lightness > 0.25 else min(lightness + 0.05, 0.97)
    day, night = _readable(tone(0.47, 0.11), _DAY, -0.01), _readable(tone(0.8, 0.1), _NIGHT, 0.01)
    return {
        "sea": (_written(day), _written(night)),
        "sea-solid": (colour, shown(0.79, 0.1)),
        "sea-hover": (shown(hover, strength), shown(0.85, 0.09)),
        "on-sea": (on, shown(0.2, 0.03)),
        **{name: (shown(*by_day), shown(*by_night)) for name, (by_day, by_night) in _SHARES.items()},
    }


def _readable(tone: Tone, back: Tone, step: float) -> Tone:
    """The tone, darker or lighter until words of it are read on the back."""
    lightness, chroma, hue = tone
    while _ratio(_rgb(tone := _shown((lightness, chroma, hue))), _rgb(back)) < TEXT + 0.05:
        lightness += step
    return tone


def _shown(tone: Tone) -> Tone:
    """The tone, paler until a screen can show it."""
    lightness, chroma, hue = tone
    while chroma > 0.001 and not all(-0.0005 <= part <= 1.0005 for part in _rgb((lightness, chroma, hue))):
        chroma *= 0.94
    return lightness, chroma, hue


def _written(tone: Tone) -> str:
    return f"oklch({tone[0] * 100:.2f}% {tone[1]:.4f} {tone[2]:.1f})"


def _ratio(one: Linear, other: Linear) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: Linear) -> float:
    red, green, blue = (min(1.0, max(0.0, part)) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Linear:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _straight(red), _straight(green), _straight(blue)


def _straight(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _tone(colour: str) -> Tone:
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _rgb(tone: Tone) -> Linear:
    """Linear sRGB, which may lie outside of what a screen shows."""
    lightness, chroma, hue = tone
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
