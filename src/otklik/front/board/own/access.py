"""A board of an address, for who may see or change it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from otklik.core.staff.models import User
from otklik.team.boards.access import may_change
from otklik.team.boards.models import Board, Tile

BIGGEST = 2**63 - 1


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def seen(request: HttpRequest, pk: int) -> Board:
    """Raises Http404 for one that this person does not see."""
    rows = Board.objects.visible_to(person(request)).select_related("owner", "shared_with", "team")
    return get_object_or_404(rows, pk=min(pk, BIGGEST))


def changed(request: HttpRequest, pk: int) -> Board:
    """Raises PermissionDenied for one that is only looked at."""
    board = seen(request, pk)
    if not may_change(person(request), board):
        raise PermissionDenied
    return board


def changed_tile(request: HttpRequest, pk: int) -> Tile:
    tile = get_object_or_404(Tile.objects.all(), pk=min(pk, BIGGEST))
    tile.board = changed(request, tile.board_id)
    return tile
