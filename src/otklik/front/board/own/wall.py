"""A board on a wall: large, dark, drawn anew by itself; whoever shows it is signed in."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from otklik.core.journal import clock
from otklik.core.ui.show import show
from otklik.front.board.own import telling
from otklik.front.board.own.access import person, seen
from otklik.front.board.own.looking import chosen
from otklik.front.board.own.present import present
from otklik.front.board.unknown import unknown
from otklik.team.boards.drawing import Shown
from otklik.team.metrics.layer.naming import OF_LEADERS

COLUMNS, ROWS = 3, 2
THEMES = ("dark", "light")
MOST_ROWS = 5
"""Of a breakdown: more cannot be read from afar."""


@login_required
@never_cache
def wall(request: HttpRequest, pk: int) -> HttpResponse:
    """Pages of tiles that follow each other; `?theme=light` for a bright room."""
    board, user = seen(request, pk), person(request)
    look = chosen(request, board)
    asked = request.GET.get("theme", "")
    told = telling.told(board, user, look)
    context = {
        "board": board,
        "look": look,
        "now": timezone.localtime(clock.now()),
        "present": present(board, user),
        "theme": asked if asked in THEMES else THEMES[0],
        "pages": pages([_for_everybody(tile) for tile in told["tiles"]]),
        "unknown": [*look.unknown, *unknown(request.GET, theme=THEMES)],
    }
    return show(request, "board/own/wall.html", context, part="live")


def pages(tiles: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """As many tiles on each as two rows of three hold; none is torn apart."""
    found: list[list[dict[str, Any]]] = [[]]
    row, free = 1, COLUMNS
    for tile in tiles:
        if tile["width"] > free:
            row, free = row + 1, COLUMNS
        if row > ROWS:
            found.append([])
            row = 1
        found[-1].append(tile)
        free -= tile["width"]
    return [page for page in found if page]


def _for_everybody(tile: dict[str, Any]) -> dict[str, Any]:
    """A wall is read by whoever passes by: people and organisations are not shown there."""
    shown: Shown = tile["shown"]
    if {shown.tile.by, *shown.question.only} & set(OF_LEADERS) or shown.metric.is_private:
        return {**tile, "why_not": _("People and organisations are not shown on a wall.")}
    if shown.metric.tells_of_complaints:  # one more tells the person whom it is about
        return {**tile, "why_not": _("Complaints are not shown on a wall.")}
    return {**tile, "why_not": shown.why_not, "rows": tile.get("rows", [])[:MOST_ROWS]}
