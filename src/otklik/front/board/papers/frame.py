"""What every paper of this room has: whose it is, of which time and lines, and when that was true."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.paper import Block, Cell, Heading, Paper, Table, Words, read
from otklik.core.staff.models import Organisation, User
from otklik.core.ui import words
from otklik.core.ui.charts import chart_line
from otklik.front.board.measured.narrowing import called
from otklik.front.board.noting.happenings import Happening
from otklik.front.board.period import View, days_of
from otklik.front.board.timing import Against


def framed(title: str, blocks: Sequence[Block], lead: str = "", facts: Iterable[tuple[str, str]] = ()) -> Paper:
    as_of = words.exact(clock.now())
    return Paper(
        title,
        as_of,
        blocks,
        lead=lead,
        facts=[*facts, (_("As of"), as_of)],
        house=Organisation.objects.current().name,
        language=get_language() or "en",
    )


def of_view(view: View, reader: User) -> list[tuple[str, str]]:
    """The time, and the lines by name: whoever sees a part of the department hands on a part."""
    days = view.scope.days()
    whole = view.team is None and view.scope.teams is None
    shown = [view.team] if view.team else view.teams
    lines = _("All lines") if whole else ", ".join(team.name for team in shown) or "—"
    said = [(_("Period"), f"{words.date_of(days[0])} – {words.date_of(days[-1])}"), (_("Lines"), lines)]
    if view.timing.against != Against.PERIOD:
        said.append((_("Compared with"), compared_with(view)))
    return [*said, *([(_("Narrowed to"), ", ".join(called(view.only, reader)))] if view.only else [])]


def compared_with(view: View) -> str:
    """The days in words."""
    return days_of(view.base) if view.base else str(Against.OFF.label)


def course_of(chart: Mapping[str, Any]) -> list[Block]:
    """The course of a metric as `course()` tells it, with what happened meanwhile."""
    drawn = chart_line(
        chart["values"],
        chart["says"],
        labels=chart["labels"],
        points=chart["points"],
        unit=chart["unit"],
        base=chart["base"],
        band=chart["band"],
        digits=chart["digits"],
        marks=chart["marks"],
        split=chart.get("split"),
        breaks=chart["breaks"],
        few=chart["few"],
    )
    few = any(value is not None for value in chart["few"])
    hollow: list[Block] = [Words(_("hollow points: too few on that day to rely on"), quiet=True)] if few else []
    return [read(drawn), *hollow, *happened(chart["happened"])]


def happened(told: Sequence[tuple[str, Happening]]) -> list[Block]:
    """The letters of a chart, and what they stand for; nothing where nothing happened."""
    if not told:
        return []
    heads = [_("Day"), _("What happened"), _("Kind"), _("Line")]
    rows = [
        [f"{letter}, {words.date_of(one.on)}", one.words, str(one.kind), one.line or _("All lines")]
        for letter, one in told
    ]
    return [Heading("", _("What happened meanwhile")), Table(heads, rows, numbers=len(heads))]


def cell_of(told: Mapping[str, Any] | None) -> Cell:
    """A cell of the board; what there is nothing of is a dash."""
    return Cell(told["value"], told["sure"], bool(told["pale"])) if told else Cell("—")
