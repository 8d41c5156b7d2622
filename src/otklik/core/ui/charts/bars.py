"""Bars: amounts under each other, and shares."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from otklik.core.ui.charts.plot import said
from otklik.core.ui.markup import ready


def chart_bars(rows: Sequence[tuple[str, float]], *, unit: str = "", digits: int = 0) -> SafeString:
    """Horizontal bars with the value at the right, longest first as given; rows are (label, value).

    A list of labels with values says by itself what the bars show.  What is below zero runs to the left of it.
    """
    amounts = [value for _, value in rows]
    most, least = max(amounts, default=0.0), min(amounts, default=0.0)
    lines = (
        f"<li><span>{escape(label)}</span>{_bar(value, min(least, 0.0), max(most, 0.0))}"
        f'<b class="num">{said(value, digits, unit)}</b></li>'
        for label, value in rows
    )
    return ready(f'<ul class="fivebars">{"".join(lines)}</ul>')


def _bar(value: float, least: float, most: float) -> SafeString:
    if not least:
        return meter(value / (most or 1), thick=True)
    whole = most - least
    start, length = (min(value, 0.0) - least) / whole, abs(value) / whole
    bar = f'<rect x="{_percent(start)}%" width="{_percent(length)}%" height="100%"/>'
    zero = f'<rect class="was" x="{_percent(-least / whole)}%" width="2" height="100%"/>'
    return ready(f'<svg class="meter thick" width="100%" aria-hidden="true">{bar}{zero}</svg>')


def meter(share: float, state: str = "", thick: bool = False, was: float | None = None) -> SafeString:
    """A share from 0 to 1 as a bar; `was` is a tick of the earlier value or the target."""
    mark = f'<rect class="was" x="{_percent(was)}%" width="2" height="100%"/>' if was is not None else ""
    css = "meter thick" if thick else "meter"
    tint = f' data-s="{escape(state)}"' if state else ""
    bar = f'<rect width="{_percent(share)}%" height="100%"/>'
    return ready(f'<svg class="{css}"{tint} width="100%" aria-hidden="true">{bar}{mark}</svg>')


def _percent(share: float | None) -> str:
    return f"{max(0.0, min(1.0, share or 0)) * 100:.4g}"
