"""Moments of the next two hours on a lane for each line: SVG drawn by the server, said in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui.chips import near_from
from otklik.core.ui.markup import ready
from otklik.front.board.shift_queries import AHEAD, Row

FIRST, LAST = 1.0, 98.0
NEAR = timedelta(minutes=30)
APART = 16.0
"""Names nearer to one another than this share of the width would run together."""
LONGEST = 18
ABOVE, BELOW, AXIS, HEIGHT = 18, 54, 32, 62


@dataclass(frozen=True)
class Lane:
    """One line: its short name and its moments."""

    name: str
    drawn: SafeString


def lane(name: str, rows: Sequence[Row], late: int, now: datetime) -> Lane:
    """Dots by their moment; those that are late stand together at the beginning."""
    parts = [_grid(), f'<line class="axis" x1="0" x2="100%" y1="{AXIS}" y2="{AXIS}"/>']
    taken = {ABOVE: -APART, BELOW: -APART}
    if late:
        parts.append(_dot(FIRST, "breach") + _label(FIRST, _("late: %(count)s") % {"count": late}, "t-bad", ABOVE))
        taken[ABOVE] = FIRST
    for row in rows:
        x = _place(row.due_at, now)
        state = _state(row, now)
        parts.append(_dot(x, state))
        side = next((side for side in (ABOVE, BELOW) if x - taken[side] >= APART), None)
        if side:
            taken[side] = x
            tone = {"soon": "t-ink", "plum": "t-plum"}.get(state, "")
            parts.append(_label(x, _short(row.name), tone, side))
    says = ngettext("%(line)s: %(count)s moment ahead", "%(line)s: %(count)s moments ahead", len(rows) + late)
    told = escape(says % {"line": name, "count": len(rows) + late})
    return Lane(
        name,
        ready(
            f'<svg class="plot" width="100%" height="{HEIGHT}" role="img" aria-label="{told}">{"".join(parts)}</svg>'
        ),
    )


def scale() -> SafeString:
    """The hours below all lanes."""
    said = (_("now"), _("30 min"), _("1 hour"), _("1.5 hours"), _("2 hours"))
    anchors = ("start", "middle", "middle", "middle", "end")
    kinds = ("", "alt", "", "alt", "")  # every other one is left out on a phone
    marks = (
        f'<text class="{kind}" x="{x}%" y="16" text-anchor="{anchor}">{escape(text)}</text>'
        for x, kind, anchor, text in zip(_marks(), kinds, anchors, said, strict=True)
    )
    return ready(f'<svg class="plot" width="100%" height="20" aria-hidden="true">{"".join(marks)}</svg>')


def _marks() -> list[float]:
    return [round(FIRST + (LAST - FIRST) * step / 4, 1) for step in range(5)]


def _grid() -> str:
    return "".join(f'<line class="grid" x1="{x}%" x2="{x}%" y1="0" y2="{HEIGHT}"/>' for x in _marks()[1:])


def _place(due: datetime, now: datetime) -> float:
    return round(FIRST + (LAST - FIRST) * min(max((due - now) / AHEAD, 0.0), 1.0), 1)


def _state(row: Row, now: datetime) -> str:
    if row.next_step == "keep_promise":
        return "plum"
    return "soon" if row.due_at - now < NEAR or near_from(row.due_at, row.due_from) <= now else ""


def _dot(x: float, state: str) -> str:
    tone = f' data-s="{state}"' if state else ""
    return f'<circle class="cd"{tone} cx="{x}%" cy="{AXIS}" r="{6 if state else 5}"/>'


def _label(x: float, text: str, tone: str, y: int) -> str:
    anchor = "start" if x < 15 else "end" if x > 85 else "middle"
    css = f"{tone} lab".strip()
    return f'<text class="{css}" x="{x}%" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
