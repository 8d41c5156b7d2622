"""A line over time: what came before it, how sure it is, what was changed meanwhile."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui.charts import plot
from otklik.core.ui.charts.curves import Band, Values, band_path, path, x_of
from otklik.core.ui.charts.plot import Mark
from otklik.core.ui.charts.scale import Scale, scale_of
from otklik.core.ui.markup import ready


def chart_line(
    values: Values,
    says: str,
    *,
    labels: Sequence[str] = (),
    unit: str = "",
    base: Values = (),
    band: Band = (),
    marks: Sequence[Mark] = (),
    breaks: Collection[int] = (),
    points: Sequence[str] = (),
    height: int = 170,
    digits: int = 0,
    base_is: str = "",
    band_is: str = "",
    means: bool = True,
    split: int | None = None,
    few: Values = (),
) -> SafeString:
    """A line over time with its last value named; `base` is the earlier period in grey, `None` is a gap.

    `band` is the interval of each point; the axis then keeps close to it.  With one mark the means before and after it
    are dotted in, unless `means` is off; with several around the point `split`, where that is said.  Before each point
    of `breaks` another series begins.  `few` are values of too little to be a part of the line, where `values` has
    none: hollow points by themselves, and said to be so.

    `says` is the conclusion in words; `points` names every value, and then a table stands below, in which `base_is` and
    `band_is` say what these are when they are something else.
    """
    if len(values) < 2 or all(value is None for value in (*values, *base, *few)):
        return plot.too_little(says)
    ends = [end for interval in band if interval is not None for end in interval]
    scale = scale_of(values, base, ends, few, height=height, close=bool(band))
    inner = [
        *plot.vertical_marks(marks, len(values), scale),
        *_curves(values, base, band, scale, breaks),
        *(_means(values, _edge(marks, split), scale) if means else []),
        *_few_points(few, scale),
        *_last_point(values, scale, unit, digits),
        plot.axis_labels(labels, height),
    ]
    lines = f'<svg width="{plot.PLOT}%" height="{height}" overflow="visible">{"".join(inner)}</svg>'
    chart = plot.framed(plot.grid(scale) + lines + plot.tick_names(scale), says, height, labels)
    if any(value is not None for value in few):
        chart = ready(f'{chart}<p class="fewsay">{escape(_("hollow points: too few on that day to rely on"))}</p>')
    if not points:
        return chart
    heads = {"base": base_is or _("Before"), "band": band_is or _("95 % interval")}
    return _with_table(chart, points, _values_said(values, few, digits), base, band, unit, digits, heads)


def _curves(values: Values, base: Values, band: Band, scale: Scale, breaks: Collection[int]) -> list[str]:
    tall = f'viewBox="0 0 100 {scale.height}" height="{scale.height}"'
    box = f'<svg {tall} preserveAspectRatio="none" width="100%"'
    sure = f'<path class="band" d="{band_path(band, scale)}"/>' if band else ""
    before = f'<path class="ln base" d="{path(base, scale)}"/>' if any(v is not None for v in base) else ""
    area = (
        ""
        if band or breaks or None in values
        else f'<path class="area" d="{path(values, scale)}V{scale.y(scale.ground)}H0Z"/>'
    )
    return [f'{box} overflow="visible">{area}{sure}{before}<path class="ln" d="{path(values, scale, breaks)}"/></svg>']


def _edge(marks: Sequence[Mark], split: int | None) -> int | None:
    """Before which point the change lies: the one that is said, else the only mark; of several the line must speak."""
    return split if split is not None or len(marks) != 1 else marks[0].at


def _means(values: Values, change: int | None, scale: Scale) -> list[str]:
    """Means before and after the change."""
    if change is None:
        return []
    edge, out = x_of(change, len(values)), []
    for css, part, x1, x2 in (
        ("", values[:change], 0, edge),
        (" now", values[change:], edge, 100),
    ):
        known = [value for value in part if value is not None]
        if known:
            y = scale.y(sum(known) / len(known))
            out.append(f'<line class="mean{css}" x1="{x1:.4g}%" x2="{x2:.4g}%" y1="{y}" y2="{y}"/>')
    return out


def _few_points(few: Values, scale: Scale) -> list[str]:
    return [
        f'<circle class="few" cx="{x_of(index, len(few)):.4g}%" cy="{scale.y(value)}" r="3"/>'
        for index, value in enumerate(few)
        if value is not None
    ]


def _values_said(values: Values, few: Values, digits: int) -> list[str]:
    """Those of too few in the same column, marked."""
    said = [plot.said(value, digits) for value in values]
    for index, value in enumerate(few):
        if value is not None:
            said[index] = _("%(value)s, of too few") % {"value": plot.said(value, digits)}
    return said


def _last_point(values: Values, scale: Scale, unit: str, digits: int) -> list[str]:
    known = [(index, value) for index, value in enumerate(values) if value is not None]
    if not known:
        return []
    index, value = known[-1]
    x, y = f"{x_of(index, len(values)):.4g}%", scale.y(value)
    return [
        f'<circle class="dotn" cx="{x}" cy="{y}" r="4.5"/>',
        f'<text class="t-ink" x="{x}" dx="10" y="{y + 4:g}">{plot.said(value, digits, unit)}</text>',
    ]


def _with_table(
    chart: SafeString,
    points: Sequence[str],
    said: Sequence[str],
    base: Values,
    band: Band,
    unit: str,
    digits: int,
    named: Mapping[str, str],
) -> SafeString:
    heads = [_("When"), f"{_('Value')}, {unit}" if unit else _("Value")]
    columns = [list(said)]
    if base:
        heads.append(named["base"])
        columns.append([plot.said(value, digits) for value in _as_long(base, len(said))])
    if band:
        heads.append(named["band"])
        columns.append([_interval(ends, digits) for ends in band])
    return plot.with_twin(chart, heads, zip(points, *columns, strict=False))


def _as_long(base: Values, count: int) -> list[float | None]:
    return [*base, *[None] * count][:count]


def _interval(ends: tuple[float, float] | None, digits: int) -> str:
    return "—" if ends is None else f"{plot.said(ends[0], digits)} … {plot.said(ends[1], digits)}"
