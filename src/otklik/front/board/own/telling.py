"""A tile in words and drawings, for page, wall and table to take away."""

from collections.abc import Iterator
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.front.board.measured import telling
from otklik.front.board.measured.course import Marked, drawn, lettered, of_a_week, settled
from otklik.front.board.measured.narrowing import called
from otklik.front.board.noting.happenings import happenings, of_wordings, together
from otklik.front.board.own.looking import Look
from otklik.front.board.own.targets import page_of, targets_of
from otklik.team.boards.drawing import Row, Shown, all_shown
from otklik.team.boards.models import ME, Board, Form, Narrowed
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.naming import SIDES, may_narrow

HEADER = (
    *(_("Tile"), _("Metric"), _("Narrowed to"), _("Of what"), _("Value")),
    *(_("from"), _("to"), _("9 of 10 within"), _("readings"), _("before")),
)


def told(board: Board, reader: User, look: Look) -> dict[str, Any]:
    """The tiles, and what happened meanwhile."""
    rows = board.tiles.select_related("board", "team")
    tiles = all_shown(rows, reader, look.period, look.base, further=look.further)
    has_course = look.timing.events and any(one.course for one in tiles)
    targets = targets_of(reader, tiles)
    happened = happenings(reader, look.period.scope(reader)) if has_course else []
    begun = [of_wordings(one.metric, one.wordings) for one in tiles]
    marked = lettered(together(happened, *begun))
    drawn_tiles = [
        {**tile(one, look, marked), "target": targets.get(one.tile.pk, ""), "page": page_of(one, reader)}
        for one in tiles
    ]
    return {"tiles": drawn_tiles, "happened": marked}


def tile(one: Shown, look: Look, marked: Marked) -> dict[str, Any]:
    """What the template of a tile draws."""
    frame = {"shown": one, "pk": one.tile.pk, "form": one.tile.form, "width": one.tile.width}
    if one.now is None:
        return frame
    return {
        **frame,
        "narrowed": one.narrowed if one.tile.team_id or one.tile.side else [],
        "address": look.metric(one),
        "behind": look.behind(one) if one.now.listed else "",
        "was": telling.was(one.before, one.now) if one.before else "",
        "state": telling.state(one.now, one.before) if one.before else "",
        **_figure(one.now),
        "chart": _chart(one, marked) if one.course else None,
        "hours": of_a_week(one.hours, one.question) if one.hours else None,
        "rows": list(_rows(one, look)),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": telling.shown(figure),
        "sure": telling.sure(figure),
        "made_of": telling.of_how_many(figure),
        "pale": figure.status != "ok",
        "little": figure.status == "hidden",
    }


def _chart(one: Shown, marked: Marked) -> dict[str, Any]:
    """Of what happened only that of the whole department and of the line of the tile."""
    assert one.now is not None
    line = one.question.scope.line
    own = [(letter, it) for letter, it in marked if line is None or it.team in (None, line)]
    begun = of_wordings(one.metric, one.wordings)
    own = [(letter, it) for letter, it in own if not it.series or it in begun]
    figures, base = [figure for _day, figure in one.course], [settled(figure) for _day, figure in one.base]
    return drawn(one.now, [day for day, _figure in one.course], figures, base, own)


def _rows(one: Shown, look: Look) -> Iterator[dict[str, Any]]:
    most = max((abs(row.now.value or 0.0) for row in one.rows), default=0.0) or 1.0
    for row in one.rows:
        yield {
            "name": row.name,
            **_figure(row.now),
            "share": max(row.now.value or 0.0, 0.0) / most,
            "was": _was(row.before),
            "state": telling.state(row.now, row.before) if row.before else "",
            "behind": look.behind(one, row.key) if row.now.listed else "",
        }


def _was(before: Figure | None) -> str:
    if before is None or before.value is None or before.status == "hidden":
        return ""
    return telling.value(before.metric, before.value)


def table(board: Board, reader: User, look: Look) -> Iterator[tuple[object, ...]]:
    """Every number of the board, a row for each; values in the unit of their metric, in full."""
    tiles = board.tiles.select_related("board", "team")
    drawn_whole = all_shown(tiles, reader, look.period, look.base, further=look.further, most=None)
    for number, one in enumerate(drawn_whole, 1):
        if one.now is None:
            continue
        about = (number, str(one.metric.name), ", ".join(one.narrowed))
        yield (*about, "", *_cells(one.now, one.before))
        for what, now, before in _parts(one):
            yield (*about, what, *_cells(now, before))
        for day, counts in enumerate(one.hours):
            for hour, count in enumerate(counts):
                yield (*about, f"{WEEKDAYS[day]} {hour}:00", count, None, None, None, count, None)


def _parts(one: Shown) -> Iterator[tuple[str, Figure, Figure | None]]:
    if one.tile.form == Form.COURSE:
        was: list[Figure | None] = [figure for _day, figure in one.base] or [None] * len(one.course)
        for (day, figure), before in zip(one.course, was, strict=False):
            if figure is not None:
                yield day.isoformat(), figure, before
    rows: list[Row] = one.rows
    yield from ((row.name, row.now, row.before) for row in rows)


def _cells(now: Figure, before: Figure | None) -> tuple[object, ...]:
    return now.value, now.lo, now.hi, now.p90, now.listed, before.value if before else None


def seen_by(board: Board) -> str:
    if board.shared_with:
        return gettext("%(line)s sees it") % {"line": board.shared_with.name}
    return gettext("everybody sees it") if board.is_shared else gettext("only you see it")


def narrowed(board: Narrowed, reader: User) -> list[str]:
    """To what a whole board, or a tile by itself, is narrowed, in words; nothing of what the reader may not see."""
    knows = board.team is not None and (reader.sees_everything or board.team_id in reader.team_ids)
    line = [f"{SIDES['line']}: {board.team.name}"] if board.team and knows else []
    if board.key == ME:
        return [*line, gettext("whoever looks sees their own")]
    may = board.side and may_narrow(reader, board.side, board.key)
    return [*line, *called({board.side: board.key} if may else {}, reader)]
