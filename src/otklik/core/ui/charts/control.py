"""A series against its own noise: mean, limits, and the points that are no chance."""

from collections.abc import Collection, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui.charts import plot
from otklik.core.ui.charts.curves import path, x_of
from otklik.core.ui.charts.scale import Scale, scale_of

APART = 14
"""Pixels from one line of text to the next."""


def control_chart(
    values: Sequence[float],
    says: str,
    *,
    mean: float,
    lo: float,
    hi: float,
    signals: Collection[int] = (),
    labels: Sequence[str] = (),
    points: Sequence[str] = (),
    marks: Sequence[plot.Mark] = (),
    unit: str = "",
    height: int = 170,
    digits: int = 0,
) -> SafeString:
    """XmR: `mean`, `lo`, `hi` and the places of `signals` come from `formulas.xmr`; what is a signal is red and bigger.

    `points` names every value, and then a table of them stands below.
    """
    if len(values) < 2:
        return plot.too_little(says)
    scale = scale_of(values, (mean, lo, hi), height=height, close=True)
    box = f'<svg viewBox="0 0 100 {height}" height="{height}" preserveAspectRatio="none" width="100%"'
    inner = [
        _limits(lo, hi, mean, scale),
        *plot.vertical_marks(marks, len(values), scale),
        f'{box} overflow="visible"><path class="ln" d="{path(values, scale)}"/></svg>',
        *(_dot(index, value, len(values), index in signals, scale) for index, value in enumerate(values)),
        _names(lo, hi, mean, scale, unit, digits),
        plot.axis_labels(labels, height),
    ]
    lines = f'<svg width="{plot.PLOT}%" height="{height}" overflow="visible">{"".join(inner)}</svg>'
    chart = plot.framed(plot.grid(scale) + lines + plot.tick_names(scale), says, height, labels)
    if not points:
        return chart
    heads = [_("When"), f"{_('Value')}, {unit}" if unit else _("Value"), _("Signal")]
    told = [_("yes") if index in signals else "—" for index in range(len(values))]
    rows = zip(points, (plot.said(value, digits) for value in values), told, strict=False)
    return plot.with_twin(chart, heads, rows)


def _limits(lo: float, hi: float, mean: float, scale: Scale) -> str:
    """The room of chance as a band, its middle dotted."""
    top, bottom, middle = scale.y(hi), scale.y(lo), scale.y(mean)
    room = f'<rect class="band" x="0" width="100%" y="{top:g}" height="{bottom - top:g}"/>'
    return f'{room}<line class="mean now" x1="0" x2="100%" y1="{middle:g}" y2="{middle:g}"/>'


def _dot(index: int, value: float, count: int, is_signal: bool, scale: Scale) -> str:
    css, size = ("dotn bad", 5) if is_signal else ("dotn", 3)
    return f'<circle class="{css}" cx="{x_of(index, count):.4g}%" cy="{scale.y(value):g}" r="{size}"/>'


def _names(lo: float, hi: float, mean: float, scale: Scale, unit: str, digits: int) -> str:
    """At the right of each line, but never one over another: the mean alone where the limits are close to it."""
    middle = scale.y(mean)
    ends = [(end, scale.y(end)) for end in (hi, lo) if abs(scale.y(end) - middle) >= APART]
    named = "".join(f'<text x="100%" dx="10" y="{y + 4:g}">{plot.said(end, digits, unit)}</text>' for end, y in ends)
    return f'{named}<text class="t-ink" x="100%" dx="10" y="{middle + 4:g}">{plot.said(mean, digits, unit)}</text>'
