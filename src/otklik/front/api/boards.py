"""Boards: kept as their pages keep them, and their figures as this person may see them."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.errors import Invalid
from otklik.front.api import present
from otklik.front.api.auth import building, person, seeing_boards
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.metrics import figure_row
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.planning import decided
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.boards import (
    BoardFiguresOut,
    BoardFull,
    BoardIn,
    BoardRow,
    Span,
    TileIn,
    TileMoveIn,
)
from otklik.team.boards.access import may_change
from otklik.team.boards.drawing import Shown, all_shown
from otklik.team.boards.models import Board, Tile
from otklik.team.boards.period import Period
from otklik.team.metrics.layer.naming import may_narrow, sides_of

router = Router(tags=["boards"])
FULL = answers(BoardFull)
OF_TILE = ("id", "metric", "form", "by", "width", "side", "key")
OF_BOARD = ("id", "name", "shared", "span")
CALLED = {"only": "key", "team": "line_id", "shared_with": "shared_with_id"}
"""How the body calls what the verbs name."""


@router.get("", auth=seeing_boards, response=answers(list[BoardRow]), operation_id="list_boards")
def list_boards(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """One's own and what others share."""
    user = person(request)
    rows = Board.objects.visible_to(user).select_related("owner")
    return [_row(one, user) for one in page(request, rows, ("id",), cursor, limit)[0]]


@router.get("/{int:pk}", auth=seeing_boards, response=FULL, operation_id="read_board")
def read_board(request: HttpRequest, pk: int) -> Any:
    """One of them, with its tiles in their order."""
    return _full(_seen(request, pk), person(request))


@router.get("/{int:pk}/figures", auth=seeing_boards, response=answers(BoardFiguresOut), operation_id="read_figures")
def read_figures(
    request: HttpRequest,
    pk: int,
    span: Annotated[Span | None, Query(description="what it opens with, unless it is said")] = None,
) -> Any:
    """What its tiles show to this person: the same figures as on the page, of as many days before beside them.

    Of a breakdown the rows with most readings; `GET /metrics/{name}` has all.
    """
    board, user = _seen(request, pk), person(request)
    period = Period.of(span or board.span)
    tiles = board.tiles.select_related("board", "team")
    shown = all_shown(tiles, user, period, period.before())
    return {
        "board_id": board.pk,
        "first": period.first,
        "last": period.last,
        "tiles": [_shown(one) for one in shown],
    }


@router.post("", auth=building, response=answers(BoardFull, 201), operation_id="create_board")
def create_board(request: HttpRequest, body: BoardIn, key: Key = "") -> Any:
    """An empty one of one's own; tiles come next."""

    def act() -> Any:
        user = person(request)
        details = _details(user, body)
        return _full(decided(lambda: Board.objects.make(by=user, **details), CALLED), user)

    return Status(201, once(request, key, {"board": body.dict()}, act))


@router.put("/{int:pk}", auth=building, response=FULL, operation_id="change_board")
def change_board(request: HttpRequest, pk: int, body: BoardIn, key: Key = "") -> Any:
    """Its name, period, readers and narrowing."""

    def change(board: Board) -> None:
        user = person(request)
        board.change(by=user, **_details(user, body, board))

    return _changed(request, pk, key, {"board": pk, **body.dict()}, change)


@router.post("/{int:pk}/copy", auth=building, response=answers(BoardFull, 201), operation_id="copy_board")
def copy_board(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """The same tiles on a board of one's own, which nobody else sees yet."""

    def act() -> Any:
        board, user = _seen(request, pk), person(request)
        return _full(decided(lambda: board.copy(board.name, by=user)), user)

    return Status(201, once(request, key, {"copy board": pk}, act))


@router.post("/{int:pk}/remove", auth=building, response=answers(dict[str, int]), operation_id="remove_board")
def remove_board(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """For a day it can be brought back (`…/back`)."""

    def act() -> dict[str, int]:
        _own(request, pk).remove()
        return {"removed": pk}

    return once(request, key, {"remove board": pk}, act)


@router.post("/{int:pk}/back", auth=building, response=FULL, operation_id="bring_board_back")
def bring_back(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Within a day, by who could remove it."""

    def act() -> Any:
        board, user = Board.objects.kept().filter(pk=min(pk, LARGEST)).first(), person(request)
        if board is None or not may_change(user, board):
            raise HttpError(404, "not found")
        decided(board.bring_back)
        return _full(board, user)

    return once(request, key, {"bring board back": pk}, act)


@router.post("/{int:pk}/tiles", auth=building, response=answers(BoardFull, 201), operation_id="add_tile")
def add_tile(request: HttpRequest, pk: int, body: TileIn, key: Key = "") -> Any:
    """One more at the end."""

    def change(board: Board) -> None:
        board.add(**_details(person(request), body))

    return Status(201, _changed(request, pk, key, {"tile of": pk, **body.dict()}, change))


@router.put("/{int:pk}/tiles/{int:tile}", auth=building, response=FULL, operation_id="change_tile")
def change_tile(request: HttpRequest, pk: int, tile: int, body: TileIn, key: Key = "") -> Any:
    """What it shows, and how."""

    def change(board: Board) -> None:
        found = _tile(board, tile)
        found.change(**_details(person(request), body, found))

    return _changed(request, pk, key, {"tile": tile, "of": pk, **body.dict()}, change)


@router.post("/{int:pk}/tiles/{int:tile}/move", auth=building, response=FULL, operation_id="move_tile")
def move_tile(request: HttpRequest, pk: int, tile: int, body: TileMoveIn, key: Key = "") -> Any:
    """At the ends it stays where it is."""
    told = {"move tile": tile, "of": pk, **body.dict()}
    return _changed(request, pk, key, told, lambda board: _tile(board, tile).move(body.steps))


@router.post("/{int:pk}/tiles/{int:tile}/remove", auth=building, response=FULL, operation_id="remove_tile")
def remove_tile(request: HttpRequest, pk: int, tile: int, key: Key = "") -> Any:
    """It stands on the board no more."""
    return _changed(request, pk, key, {"remove tile": tile, "of": pk}, lambda board: _tile(board, tile).remove())


def line_of(user: User, pk: int | None, field: str = "line_id", *, also: int | None = None) -> Team | None:
    """A line in use that the person may look at, or the one that stands there already.  Raises Invalid."""
    if pk is None:
        return None
    found = Team.objects.filter(pk=pk).first()
    known = found is not None and (user.sees_everything or found.pk in user.team_ids) and found.is_active
    if found is None or not (known or found.pk == also):
        raise Invalid("there is no such line that this person may look at", field)
    return found


def _details(user: User, body: BoardIn | TileIn, of: Board | Tile | None = None) -> dict[str, Any]:
    """As the verbs of boards and tiles take it.  Raises Invalid for what the form would not offer."""
    told: dict[str, Any] = body.dict(exclude={"line_id", "shared_with_id"})
    stands = of is not None and (of.side, of.key) == (body.side, body.key)
    if body.side and not stands and body.key != "me" and not may_narrow(user, body.side, body.key):
        raise Invalid("figures of people and organisations are for those who lead", "key")
    if isinstance(body, TileIn) and body.by not in ("", "line", *sides_of(user)):
        raise Invalid("people and organisations are compared by who leads", "by")
    told["team"] = line_of(user, body.line_id, also=of.team_id if of else None)
    if isinstance(body, BoardIn):
        was = of.shared_with_id if isinstance(of, Board) else None
        shared = body.shared_with_id if body.shared == "line" else None
        told["shared_with"] = line_of(user, shared, "shared_with_id", also=was)
    return told


def _seen(request: HttpRequest, pk: int) -> Board:
    rows = Board.objects.visible_to(person(request)).select_related("owner", "shared_with", "team")
    found = rows.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _own(request: HttpRequest, pk: int) -> Board:
    found = _seen(request, pk)
    if not may_change(person(request), found):
        raise HttpError(403, "only its owner may")
    return found


def _tile(board: Board, pk: int) -> Tile:
    found: Tile | None = board.tiles.select_related("board").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _changed(request: HttpRequest, pk: int, key: str, told: object, change: Callable[[Board], object]) -> Any:
    def act() -> Any:
        board = _own(request, pk)
        decided(lambda: change(board), CALLED)
        return _full(_seen(request, pk), person(request))

    return once(request, key, told, act)


def _row(one: Board, user: User) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in OF_BOARD}
    return told | {"owner": present.person_row(one.owner), "may_change": may_change(user, one)}


def _full(one: Board, user: User) -> dict[str, Any]:
    """To what it is narrowed stands there for who may see that."""
    seen = one.team_id if user.sees_everything or one.team_id in user.team_ids else None
    hidden = bool(one.side) and one.key != "me" and not may_narrow(user, one.side, one.key)
    return _row(one, user) | {
        "shared_with_id": one.shared_with_id,
        "line_id": seen,
        "side": one.side,
        "key": "" if hidden else one.key,
        "present": one.present,
        "tiles": [_tile_row(tile, user) for tile in one.tiles.all()],
    }


def _tile_row(tile: Tile, user: User) -> dict[str, Any]:
    told = {name: getattr(tile, name) for name in OF_TILE}
    if tile.side and tile.key != "me" and not may_narrow(user, tile.side, tile.key):
        told["key"] = ""
    seen = user.sees_everything or tile.team_id in user.team_ids
    return told | {"line_id": tile.team_id if seen else None}


def _shown(one: Shown) -> dict[str, Any]:
    return {
        "tile": {name: getattr(one.tile, name) for name in OF_TILE if name != "key"}
        | {"key": "" if one.why_not else one.tile.key, "line_id": None if one.why_not else one.tile.team_id},
        "why_not": str(one.why_not),
        "narrowed": one.narrowed,
        "figure": figure_row(one.now) if one.now else None,
        "before": figure_row(one.before) if one.before else None,
        "course": [_of_day(day, figure) for day, figure in one.course],
        "rows": [
            {"key": row.key, "name": row.name, "before": row.before.value if row.before else None} | figure_row(row.now)
            for row in one.rows
        ],
        "more": one.more,
        "rest": one.rest,
        "hours": one.hours,
    }


def _of_day(day: date, figure: Any) -> dict[str, Any]:
    if figure is None:
        return {"day": day, "value": None, "n": 0, "status": "undefined"}
    return {"day": day, "value": figure.value, "n": figure.n, "status": figure.status}
