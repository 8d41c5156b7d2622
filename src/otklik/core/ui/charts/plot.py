"""The parts that every plot has: frame, grid, labels, and its numbers as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.core.ui.charts.curves import x_of
from otklik.core.ui.charts.labels import NARROW, WIDE, shown
from otklik.core.ui.charts.scale import TOP, Scale
from otklik.core.ui.markup import ready

PLOT = 84
"""Per cent of the width for the line itself; its last value is named at the right."""


@dataclass(frozen=True)
class Mark:
    """A change worth a letter on the time axis: before which point it happened."""

    at: int
    letter: str


def framed(inside: str, says: str, height: int, labels: Sequence[str] = ()) -> SafeString:
    """The drawing; where labels need room, in a box that knows its width."""
    frame = f'<svg class="plot" width="100%" height="{height}" role="img" aria-label="{escape(says)}">'
    if shown(labels, NARROW) == shown(labels, WIDE):
        return ready(f"{frame}{inside}</svg>")
    return ready(f'<div class="plotbox">{frame}{inside}</svg></div>')


def too_little(says: str) -> SafeString:
    why = _("Too little data yet")
    return ready(f'<p class="empty" role="img" aria-label="{escape(says)}">{why}</p>')


def grid(scale: Scale) -> str:
    lines = [f'<line class="grid" x1="0" x2="100%" y1="{scale.y(t)}" y2="{scale.y(t)}"/>' for t in scale.ticks()]
    ground = scale.y(scale.ground)
    return "".join([*lines, f'<line class="axis" x1="0" x2="100%" y1="{ground}" y2="{ground}"/>'])


def vertical_marks(marks: Sequence[Mark], count: int, scale: Scale) -> list[str]:
    """A thin line with its letter above it for each change."""
    out = []
    for mark in marks:
        x = f"{x_of(mark.at, count):.4g}%"
        out.append(f'<line class="mark" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{scale.y(scale.ground)}"/>')
        out.append(f'<text class="t-ink" x="{x}" y="12" text-anchor="middle">{escape(mark.letter)}</text>')
    return out


def tick_names(scale: Scale) -> str:
    """Above each line; the ground too where it is not the zero at the foot."""
    ticks = [*scale.ticks(), *([scale.ground] if scale.first else [])]
    return "".join(f'<text x="0" y="{scale.y(t) - 5:g}">{words.number(t, scale.digits)}</text>' for t in ticks)


def axis_labels(labels: Sequence[str], height: int) -> str:
    """First, last and what fits between, spread evenly; a narrow card shows fewer of them."""
    wide, narrow, last = shown(labels, WIDE), shown(labels, NARROW), len(labels) - 1
    out = []
    for index in wide:
        anchor = "start" if index == 0 else "end" if index == last else "middle"
        alt = "" if index in narrow else ' class="alt"'
        x = f"{index / last * 100:.4g}" if last else "0"
        out.append(f'<text{alt} x="{x}%" y="{height - 4}" text-anchor="{anchor}">{escape(labels[index])}</text>')
    return "".join(out)


def said(value: float | None, digits: int, unit: str = "") -> str:
    """A value with its unit, and a dash where there is none."""
    if value is None:
        return "—"
    return f"{words.number(value, digits)}{words.NBSP}{escape(unit)}" if unit else words.number(value, digits)


def with_twin(chart: SafeString, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> SafeString:
    """The chart and, folded below it, the same numbers as a table: for readers, for print, for copying.

    A row begins with what it is about; `rows` are texts, escaped here.
    """
    head = "".join(f'<th scope="col"{_right(place)}>{escape(text)}</th>' for place, text in enumerate(heads))
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    table = f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    name = _("As a table")
    fold = f'<summary>{name}</summary><div class="tr" tabindex="0">{table}</div>'
    return ready(f'{chart}<details class="twin">{fold}</details>')


def _row(cells: Sequence[str]) -> str:
    first, *rest = (escape(text) for text in cells)
    return f'<th scope="row">{first}</th>' + "".join(f'<td class="r">{text}</td>' for text in rest)


def _right(place: int) -> str:
    return ' class="r"' if place else ""
