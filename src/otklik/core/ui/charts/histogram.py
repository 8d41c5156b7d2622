"""How values are spread."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui.charts import plot
from otklik.core.ui.charts.scale import BOTTOM

HEADROOM = 34
"""Pixels for the flags of the median and the norm."""


def distribution(
    counts: Sequence[int],
    says: str,
    *,
    norm: float | None = None,
    median: float | None = None,
    labels: Sequence[str] = (),
    norm_label: str = "",
    median_label: str = "",
    points: Sequence[str] = (),
    height: int = 170,
) -> SafeString:
    """A histogram; `norm` and `median` are shares (0 to 1) of the axis, what lies past the norm is red.

    `points` names every bar, and then a table of them stands below.
    """
    if not any(counts):
        return plot.too_little(says)
    floor = height - BOTTOM + 2
    axis = f'<line class="axis" x1="0" x2="100%" y1="{floor + 0.5}" y2="{floor + 0.5}"/>'
    flags = _flag(median, median_label, "t-ink", floor, 12) + _flag(norm, norm_label, "t-bad", floor, 28)
    inside = _bars(counts, norm, floor) + axis + flags + plot.axis_labels(labels, height)
    chart = plot.framed(inside, says, height, labels)
    if not points:
        return chart
    rows = ((name, plot.said(count, 0)) for name, count in zip(points, counts, strict=False))
    return plot.with_twin(chart, [_("Range"), _("Cases")], rows)


def _bars(counts: Sequence[int], norm: float | None, floor: float) -> str:
    step, tallest, bars = 100 / len(counts), max(counts), []
    for index, count in enumerate(counts):
        tall = round((floor - HEADROOM) * count / tallest, 2)
        bad = " bad" if norm is not None and index / len(counts) >= norm - 1e-9 else ""
        x, wide = round(index * step + step * 0.06, 2), round(step * 0.88, 2)
        bars.append(f'<rect class="bar{bad}" x="{x}%" width="{wide}%" y="{floor - tall:g}" height="{tall:g}" rx="2"/>')
    return "".join(bars)


def _flag(share: float | None, label: str, css: str, floor: float, y: int) -> str:
    if share is None:
        return ""
    x, late = f"{share * 100:.4g}%", share > 0.6
    side, shift = ("end", -5) if late else ("start", 5)
    text = f'<text class="{css}" x="{x}" y="{y}" dx="{shift}" text-anchor="{side}">{escape(label)}</text>'
    return f'<line class="mark" x1="{x}" x2="{x}" y1="{y + 5}" y2="{floor}"/>{text if label else ""}'
