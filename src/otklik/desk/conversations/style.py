"""Which CSS may stay in a style attribute: nothing that loads, covers, moves out of place or blows up."""

import re

PROPERTIES = frozenset(
    "background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width border-collapse"
    " border-color border-left border-left-color border-left-style border-left-width border-radius border-right"
    " border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color"
    " border-top-style border-top-width border-width clear color direction display float font font-family font-size"
    " font-style font-variant font-weight height letter-spacing line-height list-style-type margin margin-bottom"
    " margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left padding-right"
    " padding-top"
    " table-layout text-align text-decoration text-indent text-transform vertical-align white-space width word-break"
    " word-wrap overflow-wrap".split()
)
_DISPLAY = frozenset("none block inline inline-block list-item table table-row table-cell inline-table".split())
# A closed list of characters: no backslash, brackets only for colours, no url( var( expression( @.
_VALUE = re.compile(r"(?:[\w\s#%.,!'\"/-]|(?:rgba?|hsla?)\([\d\s.,%/deg]{1,60}\))*+\Z", re.IGNORECASE)
_NUMBER = re.compile(r"(-?)(\d+(?:\.\d+)?)(px|pt|em|rem|ex|ch|in|cm|mm|pc|vw|vh|vmin|vmax)?", re.IGNORECASE)
_NUMBERED = re.compile(r"\A(?:width|height|max|min|margin|padding|font-size|line|letter|text-indent|border|font\Z)")
_LARGEST = {
    "px": 2000.0,
    "pt": 1500.0,
    "in": 20.0,
    "cm": 50.0,
    "mm": 500.0,
    "pc": 120.0,
    "vw": 100.0,
    "vh": 100.0,
}


def kept(css: str) -> str | None:
    """The declarations that are harmless, or None when nothing remains."""
    declarations = []
    for piece in css[:10_000].split(";")[:200]:
        name, colon, value = piece.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name in PROPERTIES and value and _harmless(name, value):
            declarations.append(f"{name}:{value}")
    return ";".join(declarations) or None


def _harmless(name: str, value: str) -> bool:
    if len(value) > 300 or not _VALUE.match(value):
        return False
    if name == "display":
        return value.lower().removesuffix("!important").strip() in _DISPLAY
    if not _NUMBERED.match(name):
        return True
    for minus, number, unit in _NUMBER.findall(value):
        if (minus and float(number)) or float(number) > _LARGEST.get((unit or "px").lower(), 100.0):
            return False
    return True
