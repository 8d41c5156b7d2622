"""A board and the tiles on it."""

from otklik.team.boards.models.board import MOST_BOARDS, MOST_TILES, Board, Shared
from otklik.team.boards.models.narrowed import ME, Narrowed
from otklik.team.boards.models.tile import Form, Tile

__all__ = ["ME", "MOST_BOARDS", "MOST_TILES", "Board", "Form", "Narrowed", "Shared", "Tile"]
