"""An own board on paper: its tiles in their order, cut to its reader as on the screen."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from otklik.core.paper import Bars, Block, Cell, Figure, Figures, Heading, Paper, Table, Words, read
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.charts import heat_map
from otklik.front.board.own import telling
from otklik.front.board.own.looking import Look
from otklik.front.board.papers.frame import course_of, framed
from otklik.team.boards.drawing import Shown
from otklik.team.boards.models import Board, Form

type Tile = Mapping[str, Any]


def of_board(board: Board, reader: User, look: Look, title: str = "") -> Paper:
    """What `telling.told` says of it; numbers that stand beside each other stay so."""
    told = telling.told(board, reader, look)
    blocks: list[Block] = []
    for is_number, tiles in groupby(told["tiles"], key=_is_number):
        if is_number:
            blocks.append(Figures([_figure(tile) for tile in tiles]))
        else:
            blocks += [block for tile in tiles for block in _tile(tile)]
    days = f"{words.date_of(look.period.first)} – {words.date_of(look.period.last)}"
    narrowed = ", ".join([*telling.narrowed(board, reader), *look.narrowed])
    facts = [(_("Period"), days), (_("Own board"), board.name), (_("Narrowed to"), narrowed)]
    nothing: list[Block] = [Words(_("No tiles yet"), quiet=True)]
    return framed(title or board.name, blocks or nothing, facts=[fact for fact in facts if fact[1]])


def _is_number(tile: Tile) -> bool:
    return tile["form"] == Form.NUMBER and "value" in tile


def _figure(tile: Tile) -> Figure:
    shown: Shown = tile["shown"]
    notes = [*tile["narrowed"], *([tile["value"]] if tile["little"] else []), tile["sure"], _made_of(tile)]
    value = "—" if tile["little"] else tile["value"]
    return Figure(str(shown.metric.name), value, tile["was"], tile["state"], list(filter(None, notes)), tile["pale"])


def _made_of(tile: Tile) -> str:
    """What is of nothing is not known; it is no zero."""
    return _("Not enough data") if tile["value"] == "—" and not tile["behind"] else tile["made_of"]


def _tile(tile: Tile) -> Iterator[Block]:
    shown: Shown = tile["shown"]
    yield Heading(str(shown.metric.name), ", ".join(tile.get("narrowed", [])))
    if shown.why_not:
        yield Words(str(shown.why_not), quiet=True)
        return
    whole = [tile["value"], tile["was"], _made_of(tile)]
    yield Words(" · ".join(one for one in whole if one), quiet=tile["pale"])
    if tile["chart"]:
        yield from course_of(tile["chart"])
    elif tile["hours"]:
        yield read(heat_map(tile["hours"], str(shown.metric.name), digits=1))
    elif not tile["rows"]:
        nothing = not (shown.now and shown.now.n)
        yield Words(_("Nothing was measured in this period.") if nothing else _("Not enough data"), quiet=True)
    elif tile["form"] == Form.SPLIT:
        yield Bars([(row["name"], 0.0, row["share"], _said(row)) for row in tile["rows"]])
    else:
        heads = [_("Name"), _("Value"), _("Before"), _("How sure"), _("Made of")]
        yield Table(heads, [_row(row) for row in tile["rows"]])


def _row(row: Mapping[str, Any]) -> list[str | Cell]:
    return [row["name"], Cell(row["value"], pale=row["pale"]), row["was"] or "—", row["sure"] or "—", row["made_of"]]


def _said(row: Mapping[str, Any]) -> str:
    return f"{row['value']}, {row['made_of']}"
