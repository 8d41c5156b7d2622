"""Boards and their tiles: whose they are, who sees them, what they can be."""

import pytest
from django.db import IntegrityError, transaction

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Role, Team, User
from otklik.team.boards.models import MOST_BOARDS, MOST_TILES, Board, Form, Shared, Tile
from otklik.team.boards.models.board import KEPT_FOR
from otklik.team.boards.ready import RECIPES, begin
from otklik.team.metrics.layer.catalogue import METRICS

pytestmark = pytest.mark.django_db


def board_of(user: User, name: str = "Утро", **details: object) -> Board:
    return Board.objects.make(by=user, name=name, **details)


def test_who_sees_a_board(head: User, boris: User, vera: User, anna: User, line_one: Team) -> None:
    board = board_of(head)
    assert [list(Board.objects.visible_to(one)) for one in (head, boris, vera)] == [[board], [], []]

    board.change(by=head, shared=Shared.LINE, shared_with=line_one)
    seen = [Board.objects.visible_to(one).exists() for one in (head, boris, anna, vera)]
    assert seen == [True, True, True, False], "the second line sees nothing of it"

    board.change(by=head, shared=Shared.EVERYBODY)
    assert board.shared_with is None
    assert all(Board.objects.visible_to(one).exists() for one in (boris, vera, anna))


def test_one_shares_with_whom_one_leads(boris: User, anna: User, line_one: Team, line_two: Team) -> None:
    board = board_of(boris)
    for told in ({"shared": Shared.EVERYBODY}, {"shared": Shared.LINE, "shared_with": line_two}):
        with pytest.raises(Refused):
            board.change(by=boris, **told)
        board.refresh_from_db()
    board.change(by=boris, shared=Shared.LINE, shared_with=line_one)
    with pytest.raises(Refused):
        board_of(anna, shared=Shared.LINE, shared_with=line_one)


def test_the_database_knows_with_whom_a_board_is_shared(head: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Board.objects.create(owner=head, name="Утро", shared=Shared.LINE)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"metric": "nothing"}, "metric"),
        ({"metric": "backlog.late", "form": Form.COURSE}, "form"),
        ({"metric": "frt", "form": Form.HEAT}, "form"),
        ({"metric": "frt", "form": Form.SPLIT}, "by"),
        ({"metric": "frt", "form": Form.TABLE, "by": "mood"}, "by"),
        ({"metric": "frt", "side": "line", "key": "1"}, "only"),
        ({"metric": "frt", "side": "topic", "key": "x"}, "only"),
        ({"metric": "frt", "side": "topic", "key": "me"}, "only"),
        ({"metric": "complaint.rate", "side": "topic", "key": "5"}, "only"),
    ],
)
def test_what_makes_no_sense_is_no_tile(head: User, told: dict[str, str], field: str) -> None:
    board = board_of(head)
    with pytest.raises(Refused) as refusal:
        board.add(**told)
    assert refusal.value.field == field and not board.tiles.exists()


def test_every_metric_has_every_form_that_suits_it(head: User) -> None:
    board = board_of(head)
    for metric in METRICS.values():
        for form in Form:
            if form.suits(metric):
                board.add(metric=metric.id, form=form, by="line" if form.is_from_a_side else "").remove()


def test_tiles_move_and_stop_at_the_ends(head: User) -> None:
    board = board_of(head)
    first, second, third = (board.add(metric=name) for name in ("frt", "nrt", "reopen"))
    for tile, steps, order in (
        (first, 1, [second, first, third]),
        (third, -1, [second, third, first]),
        (first, 5, [second, third, first]),
        (first, -9, [first, second, third]),
    ):
        tile.move(steps)
        assert list(board.tiles.all()) == order
    second.remove()
    assert list(board.tiles.all()) == [first, third]
    assert board.add(metric="nrt") == board.tiles.last()


def test_a_board_has_an_end_and_so_have_boards(head: User) -> None:
    board = board_of(head)
    Tile.objects.bulk_create(Tile(board=board, metric="frt", place=place) for place in range(MOST_TILES))
    with pytest.raises(Refused):
        board.add(metric="nrt")
    Board.objects.bulk_create(Board(owner=head, name=str(number)) for number in range(MOST_BOARDS - 1))
    with pytest.raises(Refused):
        board_of(head)


def test_a_copy_is_ones_own_and_nobody_elses(head: User, boris: User) -> None:
    board = board_of(head, shared=Shared.EVERYBODY, side="topic", key="3")
    board.add(metric="frt", form=Form.SPLIT, by="topic", width=2)
    twin = board.copy("Утро линии", by=boris)
    assert (twin.owner, twin.shared, twin.side, twin.key) == (boris, Shared.NOBODY, "topic", "3")
    (tile,), (first,) = twin.tiles.all(), board.tiles.all()
    assert tile.pk != first.pk and (tile.metric, tile.by, tile.width) == ("frt", "topic", 2)


def test_what_was_removed_can_be_brought_back_for_a_day(head: User) -> None:
    board, other = board_of(head), board_of(head)
    board.add(metric="frt")
    board.remove()
    assert list(Board.objects.visible_to(head)) == [other]
    board.bring_back()
    assert set(Board.objects.visible_to(head)) == {board, other} and board.tiles.exists()


@pytest.mark.parametrize("name", RECIPES)
def test_ready_made_boards_make_sense(name: str, head: User, line_one: Team) -> None:
    recipe = RECIPES[name]
    board = begin(name, by=head, called="Доска", line=line_one.pk, topic=7 if recipe.needs == "topic" else None)
    assert board.tiles.count() == len(recipe.tiles) and board.team == line_one
    assert (board.side, board.key) == {"topic": ("topic", "7"), "own": ("agent", "me")}.get(name, ("", ""))


def test_a_change_undoes_nothing_that_others_did(head: User) -> None:
    board = board_of(head)
    tile, other = board.add(metric="frt"), board.add(metric="nrt")
    stale, seen = Board.objects.get(pk=board.pk), Tile.objects.get(pk=tile.pk)
    board.remove()
    stale.change(by=head, name="Вечер")
    board.refresh_from_db()
    assert board.removed_at and board.name == "Вечер"

    other.move(-1)
    seen.change(width=2)
    assert list(board.tiles.all()) == [other, tile]


def test_who_leads_no_more_keeps_what_is_shared_and_may_take_it_back(boris: User, line_one: Team) -> None:
    board = board_of(boris, shared=Shared.LINE, shared_with=line_one)
    boris.role = Role.AGENT
    boris.save()
    board.change(by=boris, name="Вечер")
    board.refresh_from_db()
    assert (board.name, board.shared_with) == ("Вечер", line_one)
    board.change(by=boris, shared=Shared.NOBODY)
    with pytest.raises(Refused):
        board.change(by=boris, shared=Shared.LINE, shared_with=line_one)


def test_what_was_removed_long_ago_is_swept_away(head: User) -> None:
    board, other = board_of(head), board_of(head)
    board.remove()
    assert set(Board.objects.kept()) == {board, other}
    with clock.at(clock.now() + KEPT_FOR * 2):
        assert list(Board.objects.kept()) == [other]
        Board.objects.forget_removed()
    assert list(Board.objects.all()) == [other]
