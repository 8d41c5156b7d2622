"""Charts as SVG drawn by the server: sharp at any width, coloured by tokens, no style attribute, no script.

X is in percent and text stands outside any scaling; only curves live in a nested viewBox.  Every chart carries
a sentence as its accessible name.  Numbers in, ready HTML out; `{% load ui %}` has tags of the same names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.core.ui.markup import ready

TOP, BOTTOM, PLOT = 24, 22, 84


@dataclass(frozen=True)
class Mark:
    """A change worth a letter on the time axis: before which point it happened."""

    at: int
    letter: str


def chart_line(
    values: Sequence[float | None],
    says: str,
    *,
    labels: Sequence[str] = (),
    unit: str = "",
    base: Sequence[float | None] = (),
    marks: Sequence[Mark] = (),
    height: int = 170,
    digits: int = 0,
) -> SafeString:
    """A line over time with its last value named; `base` is the earlier period in grey, `None` is a gap.

    With one mark the means before and after it are dotted in.  `says` is the conclusion in words.
    """
    known = [value for value in (*values, *base) if value is not None]
    if len(values) < 2 or not known:
        return _too_little(says)
    scale = Scale(max(known), height)
    inner = [
        *_vertical_marks(marks, len(values), scale),
        *_curves(values, base, scale),
        *_means(values, marks, scale),
    ]
    inner += [*_last_point(values, scale, unit, digits), *_x_labels(labels, height)]
    plot = f'<svg width="{PLOT}%" height="{height}" overflow="visible">{"".join(inner)}</svg>'
    return _plot("".join(scale.grid(digits)) + plot + "".join(scale.names(digits)), says, height)


def chart_bars(rows: Sequence[tuple[str, float]], *, unit: str = "", digits: int = 0) -> SafeString:
    """Horizontal bars with the value at the right, longest first as given; rows are (label, value)."""
    most = max((value for _, value in rows), default=0) or 1
    lines = (
        f"<li><span>{escape(label)}</span>{meter(value / most, thick=True)}"
        f'<b class="num">{words.number(value, digits)}{_unit(unit)}</b></li>'
        for label, value in rows
    )
    return ready(f'<ul class="fivebars">{"".join(lines)}</ul>')


def distribution(
    counts: Sequence[int],
    says: str,
    *,
    norm: float | None = None,
    median: float | None = None,
    labels: Sequence[str] = (),
    norm_label: str = "",
    median_label: str = "",
    height: int = 170,
) -> SafeString:
    """A histogram; `norm` and `median` are shares (0 to 1) of the axis, what lies past the norm is red."""
    if not any(counts):
        return _too_little(says)
    floor, step = height - BOTTOM + 2, 100 / len(counts)
    tallest = max(counts)
    bars = []
    for index, count in enumerate(counts):
        tall = round((floor - 34) * count / tallest, 2)
        bad = " bad" if norm is not None and index / len(counts) >= norm - 1e-9 else ""
        x, wide = round(index * step + step * 0.06, 2), round(step * 0.88, 2)
        bars.append(f'<rect class="bar{bad}" x="{x}%" width="{wide}%" y="{floor - tall:g}" height="{tall:g}" rx="2"/>')
    axis = f'<line class="axis" x1="0" x2="100%" y1="{floor + 0.5}" y2="{floor + 0.5}"/>'
    flags = _flag(median, median_label, "t-ink", floor, 12) + _flag(norm, norm_label, "t-bad", floor, 28)
    return _plot("".join(bars) + axis + flags + "".join(_x_labels(labels, height)), says, height)


def meter(share: float, state: str = "", thick: bool = False, was: float | None = None) -> SafeString:
    """A share from 0 to 1 as a bar; `was` is a tick of the earlier value or the target."""
    mark = f'<rect class="was" x="{_percent(was)}%" width="2" height="100%"/>' if was is not None else ""
    css = "meter thick" if thick else "meter"
    tint = f' data-s="{escape(state)}"' if state else ""
    bar = f'<rect width="{_percent(share)}%" height="100%"/>'
    return ready(f'<svg class="{css}"{tint} width="100%" aria-hidden="true">{bar}{mark}</svg>')


def spark(values: Sequence[float], says: str) -> SafeString:
    """A tiny line for a table cell; its last point is dotted."""
    if len(values) < 2:
        return ready("")
    low, high = min(values), max(values)
    spread = (high - low) or 1
    points = [
        (round(index / (len(values) - 1) * 92, 1), round(25 - (value - low) / spread * 22, 1))
        for index, value in enumerate(values)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in points)
    x, y = points[-1]
    return ready(
        f'<svg class="spark" viewBox="0 0 96 28" role="img" aria-label="{escape(says)}">'
        f'<polyline class="after" points="{line}"/><circle cx="{x:g}" cy="{y:g}" r="2.5"/></svg>'
    )


class Scale:
    """The value axis: from zero to a round number above the highest value."""

    def __init__(self, highest: float, height: int) -> None:
        self.height = height
        self.step = _round_step(highest)
        self.top = max(self.step, -(-highest // self.step) * self.step)

    def y(self, value: float) -> float:
        room = self.height - TOP - BOTTOM
        return round(TOP + room * (1 - value / self.top), 2)

    def ticks(self) -> list[float]:
        count = round(self.top / self.step)
        return [self.step * number for number in range(1, count + 1)]

    def grid(self, digits: int) -> list[str]:
        lines = [f'<line class="grid" x1="0" x2="100%" y1="{self.y(t)}" y2="{self.y(t)}"/>' for t in self.ticks()]
        return [*lines, f'<line class="axis" x1="0" x2="100%" y1="{self.y(0)}" y2="{self.y(0)}"/>']

    def names(self, digits: int) -> list[str]:
        digits = max(digits, 1) if self.step < 1 else 0
        return [f'<text x="0" y="{self.y(t) - 5:g}">{words.number(t, digits)}</text>' for t in self.ticks()]


def _round_step(highest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that gives two to four lines."""
    if highest <= 0:
        return 1
    power = 10.0 ** (len(str(int(highest))) - 1) if highest >= 1 else 0.1
    for times in (0.1, 0.2, 0.5, 1, 2, 5, 10):
        if highest / (power * times) <= 4:
            return power * times
    return power * 10


def _curves(values: Sequence[float | None], base: Sequence[float | None], scale: Scale) -> list[str]:
    tall = f'viewBox="0 0 100 {scale.height}" height="{scale.height}"'
    box = f'<svg {tall} preserveAspectRatio="none" width="100%"'
    before = f'<path class="ln base" d="{_path(base, scale)}"/>' if any(v is not None for v in base) else ""
    area = "" if None in values else f'<path class="area" d="{_path(values, scale)}V{scale.y(0)}H0Z"/>'
    return [f'{box} overflow="visible">{area}{before}<path class="ln" d="{_path(values, scale)}"/></svg>']


def _path(values: Sequence[float | None], scale: Scale) -> str:
    out, pen = [], "M"
    for index, value in enumerate(values):
        if value is None:
            pen = "M"
            continue
        out.append(f"{pen}{index / max(1, len(values) - 1) * 100:.4g} {scale.y(value):g}")
        if pen == "M" and (index + 1 == len(values) or values[index + 1] is None):
            out.append("h0")  # a point alone: the round cap of the line makes a dot of it
        pen = "L"
    return "".join(out)


def _means(values: Sequence[float | None], marks: Sequence[Mark], scale: Scale) -> list[str]:
    """Means before and after the only change; with several the line itself must speak."""
    if len(marks) != 1:
        return []
    edge, out = marks[0].at / (len(values) - 1) * 100, []
    for css, part, x1, x2 in (
        ("", values[: marks[0].at], 0, edge),
        (" now", values[marks[0].at :], edge, 100),
    ):
        known = [value for value in part if value is not None]
        if known:
            y = scale.y(sum(known) / len(known))
            out.append(f'<line class="mean{css}" x1="{x1:.4g}%" x2="{x2:.4g}%" y1="{y}" y2="{y}"/>')
    return out


def _vertical_marks(marks: Sequence[Mark], count: int, scale: Scale) -> list[str]:
    out = []
    for mark in marks:
        x = f"{mark.at / (count - 1) * 100:.4g}%"
        out.append(f'<line class="mark" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{scale.y(0)}"/>')
        out.append(f'<text class="t-ink" x="{x}" y="12" text-anchor="middle">{escape(mark.letter)}</text>')
    return out


def _last_point(values: Sequence[float | None], scale: Scale, unit: str, digits: int) -> list[str]:
    index = max(i for i, value in enumerate(values) if value is not None) if any(v is not None for v in values) else -1
    if index < 0:
        return []
    value, x = values[index] or 0, f"{index / (len(values) - 1) * 100:.4g}%"
    y, said = scale.y(value), f"{words.number(value, digits)}{_unit(unit)}"
    return [
        f'<circle class="dotn" cx="{x}" cy="{y}" r="4.5"/>',
        f'<text class="t-ink" x="{x}" dx="10" y="{y + 4:g}">{said}</text>',
    ]


def _x_labels(labels: Sequence[str], height: int) -> list[str]:
    """First, last and what lies between, spread evenly; a phone shows the two ends."""
    out, last = [], len(labels) - 1
    for index, label in enumerate(labels):
        anchor = "start" if index == 0 else "end" if index == last else "middle"
        alt = "" if index in (0, last) else ' class="alt"'
        x = f"{index / last * 100:.4g}" if last else "0"
        out.append(f'<text{alt} x="{x}%" y="{height - 4}" text-anchor="{anchor}">{escape(label)}</text>')
    return out


def _flag(share: float | None, label: str, css: str, floor: float, y: int) -> str:
    if share is None:
        return ""
    x, late = f"{share * 100:.4g}%", share > 0.6
    side, shift = ("end", -5) if late else ("start", 5)
    text = f'<text class="{css}" x="{x}" y="{y}" dx="{shift}" text-anchor="{side}">{escape(label)}</text>'
    return f'<line class="mark" x1="{x}" x2="{x}" y1="{y + 5}" y2="{floor}"/>{text if label else ""}'


def _plot(inside: str, says: str, height: int) -> SafeString:
    frame = f'<svg class="plot" width="100%" height="{height}" role="img" aria-label="{escape(says)}">'
    return ready(f"{frame}{inside}</svg>")


def _too_little(says: str) -> SafeString:
    return ready(f'<p class="empty" role="img" aria-label="{escape(says)}">{_("Too little data yet")}</p>')


def _percent(share: float | None) -> str:
    return f"{max(0.0, min(1.0, share or 0)) * 100:.4g}"


def _unit(unit: str) -> str:
    return f"{words.NBSP}{escape(unit)}" if unit else ""
