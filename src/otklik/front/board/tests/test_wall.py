"""A board on the wall: pages that follow each other, no names of people, the moment of its figures."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.board.own.wall import COLUMNS, ROWS, pages
from otklik.team.boards.models import Board, Form, Shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(head: User) -> Board:
    return Board.objects.make(by=head, name="Утро", shared=Shared.EVERYBODY)


def test_the_wall_is_a_page_of_its_own_and_a_part(client: Client, head: User, board: Board) -> None:
    board.add(metric="backlog")
    client.force_login(head)
    with clock.at(clock.now().replace(hour=11, minute=5)):
        whole = client.get(f"/board/boards/{board.pk}/wall/").content.decode()
        part = client.get(f"/board/boards/{board.pk}/wall/", headers={"HX-Request": "true"}).content.decode()
    assert 'data-theme="dark"' in whole and 'class="side"' not in whole
    assert part.startswith('<div id="wall">') and "на 14:05" in part and "Нет связи" in part
    assert 'data-theme="light"' in client.get(f"/board/boards/{board.pk}/wall/?theme=light").content.decode()
    assert "theme=pink" in client.get(f"/board/boards/{board.pk}/wall/?theme=pink").content.decode()


def test_whoever_passes_by_reads_no_name(client: Client, head: User, anna: User, board: Board) -> None:
    board.add(metric="solved", form=Form.TABLE, by="agent")
    board.add(metric="solved", side="agent", key=str(anna.pk))
    client.force_login(head)
    told = client.get(f"/board/boards/{board.pk}/wall/").content.decode()
    assert told.count("Люди и организации на стене не показываются") == 2 and anna.name not in told


def test_nobody_learns_from_a_wall_that_somebody_complained(client: Client, head: User, board: Board) -> None:
    board.add(metric="complaint.rate")
    board.add(metric="complaint.open")
    client.force_login(head)
    told = client.get(f"/board/boards/{board.pk}/wall/").content.decode()
    assert told.count("Жалобы на стене не показываются") == 2


def test_a_lead_shows_their_own_lines(client: Client, boris: User, board: Board, line_two: Team) -> None:
    board.add(metric="backlog", team=line_two)
    client.force_login(boris)
    told = client.get(f"/board/boards/{board.pk}/wall/").content.decode()
    assert "линия, которая вам не видна" in told and line_two.name not in told


@given(some.lists(some.integers(1, COLUMNS), max_size=24))
def test_every_tile_is_on_one_page_and_none_is_torn(widths: list[int]) -> None:
    tiles = [{"pk": place, "width": width} for place, width in enumerate(widths)]
    found = pages(tiles)
    assert [tile for page in found for tile in page] == tiles and all(found)
    for page in found:
        rows, free = 1, COLUMNS
        for tile in page:
            if tile["width"] > free:
                rows, free = rows + 1, COLUMNS
            free -= tile["width"]
        assert rows <= ROWS
