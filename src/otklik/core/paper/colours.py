"""The colours of the light theme as paper and letters write them: `#rrggbb`, out of the tokens of the screen."""

import re
from functools import cache
from math import cos, radians, sin
from pathlib import Path

import otklik.core.ui

_TOKENS = Path(otklik.core.ui.__file__).parent / "static/ui/tokens.css"
_LIGHT = re.compile(r"--([\w-]+):\s*light-dark\(oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)")


@cache
def colours() -> dict[str, str]:
    """By name of the token, without its dashes."""
    told = _LIGHT.findall(_TOKENS.read_text("utf-8"))
    found: dict[str, str] = {}
    for name, light, chroma, hue in told:  # what stands first holds: later ones are of a screen with more contrast
        found.setdefault(name, written(float(light) / 100, float(chroma), float(hue)))
    return found


def written(light: float, chroma: float, hue: float) -> str:
    """OKLCH as sRGB (Ottosson 2020, CSS Color 4); what sRGB cannot show is cut off."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return "#" + "".join(f"{_byte(one):02x}" for one in (red, green, blue))


def _byte(linear: float) -> int:
    bent = 12.92 * linear if linear <= 0.0031308 else 1.055 * max(linear, 0.0) ** (1 / 2.4) - 0.055
    return round(255 * max(0.0, min(1.0, bent)))
