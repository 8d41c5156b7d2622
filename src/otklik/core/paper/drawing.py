"""A chart of the screen as a drawing that needs no style sheet and no box around it.

On the screen x is in per cent, curves live in a box that is stretched, and classes give colours; programs that set
pages know none of it.
"""

import re
from xml.etree import ElementTree

from otklik.core.paper.colours import colours

WIDTH, NARROW = 640.0, 420.0
"""Pixels of a chart on paper and in a letter; its words have 12 of them."""
FONT = "Libertinus Serif"
SPACE = "http://www.w3.org/2000/svg"

type Look = dict[str, str]
"""Attributes of SVG; a word with a $ before it is a token."""

LOOKS: dict[str, Look] = {
    "grid": {"stroke": "$grid"},
    "axis": {"stroke": "$line-2"},
    "ln": {
        "fill": "none",
        "stroke": "$data-1",
        "stroke-width": "2",
        "stroke-linejoin": "round",
        "stroke-linecap": "round",
    },
    "base": {"stroke": "$data-base"},
    "area": {"fill": "$sea-tint", "opacity": "0.7"},
    "band": {"fill": "$sea-tint"},
    "dotn": {"fill": "$data-1", "stroke": "$surface", "stroke-width": "2"},
    "few": {"fill": "$surface", "stroke": "$data-1", "stroke-width": "1.5"},
    "bar": {"fill": "$data-1"},
    "bad": {"fill": "$breach-solid"},
    "mark": {"stroke": "$ink-2", "stroke-dasharray": "3 3"},
    "mean": {"stroke": "$data-base", "stroke-width": "1.5", "stroke-dasharray": "1 4", "stroke-linecap": "round"},
    "now": {"stroke": "$data-1"},
    "t-ink": {"fill": "$ink", "font-weight": "600"},
    "t-bad": {"fill": "$breach", "font-weight": "600"},
}
TEXT: Look = {"fill": "$ink-3", "font-size": "12", "font-family": FONT}
ACROSS = frozenset({"x", "x1", "x2", "cx", "width"})
KEPT = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "width", "height", "text-anchor")
COMMAND = re.compile(r"([MLVHhZ])([^MLVHhZ]*)")


def drawn(plot: ElementTree.Element, width: float) -> str:
    """The whole drawing, `width` pixels wide and as high as it says."""
    height = plot.get("height", "0")
    out = ElementTree.Element("svg", {"xmlns": SPACE, "width": f"{width:g}", "height": height})
    out.set("viewBox", f"0 0 {width:g} {height}")
    _children(plot, out, width, stretch=None)
    return ElementTree.tostring(out, "unicode")


def _children(box: ElementTree.Element, out: ElementTree.Element, width: float, stretch: float | None) -> None:
    for node in box:
        if node.tag == "svg":
            inner = _across(node.get("width", "100%"), width)
            _children(node, out, inner, stretch=inner / 100 if "viewBox" in node.keys() else None)  # noqa: SIM118
        else:
            out.append(_shape(node, width, stretch))


def _shape(node: ElementTree.Element, width: float, stretch: float | None) -> ElementTree.Element:
    told = {name: node.get(name, "") for name in KEPT if node.get(name)}
    for name in told.keys() & ACROSS:
        told[name] = f"{_across(told[name], width):g}"
    if node.tag == "text":
        told["x"] = f"{float(told.get('x', 0)) + float(node.get('dx', 0)):g}"
    if node.get("d"):
        told["d"] = stretched(node.get("d", ""), stretch or 1.0)
    shape = ElementTree.Element(node.tag, {**told, **_look(node)})
    shape.text = node.text
    return shape


def _look(node: ElementTree.Element) -> Look:
    look = dict(TEXT) if node.tag == "text" else {}
    for name in node.get("class", "").split():
        look.update(LOOKS.get(name, {}))
    known = colours()
    return {name: known[value[1:]] if value.startswith("$") else value for name, value in look.items()}


def stretched(path: str, factor: float) -> str:
    """A path whose x are made `factor` times as long; the pen of the curves stays as thick as it is."""
    return "".join(f"{letter}{_moved(letter, told, factor)}" for letter, told in COMMAND.findall(path))


def _moved(letter: str, told: str, factor: float) -> str:
    numbers = [float(one) for one in told.split()]
    if letter in "Hh":
        return " ".join(f"{one * factor:g}" for one in numbers)
    if letter == "V":
        return told
    return " ".join(f"{one * (1 if place % 2 else factor):g}" for place, one in enumerate(numbers))


def _across(told: str, width: float) -> float:
    return float(told[:-1]) / 100 * width if told.endswith("%") else float(told)
