"""Boards are settings of our people: which figures they look at."""

from otklik.core.datamap import free
from otklik.team.boards.models import Board, Tile

free(Board, "name", because="a name that our people gave")
free(Board, "side", "key", because="codes and numbers of rows")
free(Tile, "metric", "side", "key", "by", because="codes and numbers of rows")
