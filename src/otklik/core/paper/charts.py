"""Charts of the screen read for paper: the HTML that `core/ui/charts` makes, as blocks.

So a chart is the same on the page, in print and in a letter, and its twin is the table that stands below it on the
screen.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree  # only what our own charts have written is read

from otklik.core.paper.blocks import Bars, Block, Chart, Heat, Table, Words
from otklik.core.paper.drawing import NARROW, WIDTH, drawn

STEP = re.compile(r"\bh([0-6])\b")


def read(html: str) -> Block:
    """One chart as it came from `core.ui.charts`, with or without its table.

    Raises ValueError for what is no chart.
    """
    whole = ElementTree.fromstring(f"<div>{html}</div>")  # noqa: S314 - ours
    if (plot := whole.find(".//svg[@class='plot']")) is not None:
        twin = whole.find(".//table")
        told = None if twin is None else _table(twin)
        return Chart(drawn(plot, WIDTH), drawn(plot, NARROW), plot.get("aria-label", ""), told)
    if (heat := whole.find("table[@class='heat']")) is not None:
        return _heat(heat, whole)
    if (bars := whole.find("ul")) is not None:
        return Bars([_bar(line) for line in bars])
    if (nothing := whole.find("p[@class='empty']")) is not None:
        return Words(_text(nothing), quiet=True)
    raise ValueError("no chart")


def _table(found: ElementTree.Element) -> Table:
    heads = [_text(cell) for cell in found.iterfind("thead/tr/th")]
    return Table(heads, [[_text(cell) for cell in row] for row in found.iterfind("tbody/tr")])


def _heat(found: ElementTree.Element, whole: ElementTree.Element) -> Heat:
    """The names of all columns are there for whoever listens; paper shows what the screen shows."""
    names = [_seen(cell) for cell in found.iterfind("thead/tr/th")][1:]
    rows = [(_text(row[0]), [_cell(cell) for cell in row[1:]]) for row in found.iterfind("tbody/tr")]
    scale = whole.findall("p[@class='scale']/span")
    numbers = any(cell.text for cell in found.iterfind("tbody/tr/td"))
    return Heat(names, rows, _text(found.find("caption")), _text(scale[-1]) if scale else "", numbers)


def _cell(cell: ElementTree.Element) -> tuple[int, str]:
    """What is not known is empty where numbers are shown."""
    look = cell.get("class", "")
    step = STEP.search(look)
    return int(step[1]) if step else 0, "" if look == "pale" and not cell.text else _text(cell)


def _seen(cell: ElementTree.Element) -> str:
    return "" if cell.find("span[@class='sr']") is not None else _text(cell)


def _bar(line: ElementTree.Element) -> tuple[str, float, float, str]:
    label, meter, said = line
    bar = meter[0]
    return _text(label), _share(bar.get("x", "0")), _share(bar.get("width", "0")), _text(said)


def _share(told: str) -> float:
    return float(told.rstrip("%")) / 100


def _text(node: ElementTree.Element | None) -> str:
    return "" if node is None else "".join(_pieces(node)).strip()


def _pieces(node: ElementTree.Element) -> Iterator[str]:
    yield from node.itertext()
