"""A tiny line for a table cell."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from otklik.core.ui.markup import ready


def spark(values: Sequence[float], says: str) -> SafeString:
    """Its last point is dotted; `says` is all that a reader hears, the cell beside it has the number."""
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
