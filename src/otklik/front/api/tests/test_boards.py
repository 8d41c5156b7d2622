"""Boards by programs: kept, shared, and their figures as this person may see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask
from otklik.team.boards import drawing
from otklik.team.boards.drawing import MOST
from otklik.team.boards.models import Board
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db


def test_a_board_is_made_filled_and_taken_away(ask: Ask, boris: User, line_one: Team) -> None:
    body = {"name": "Утро", "span": "7"}
    first, again = (ask("post", "boards", boris, body, key="b") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content) and Board.objects.count() == 1
    home = f"boards/{first.json()['id']}"
    ask("post", f"{home}/tiles", boris, {"metric": "frt"})
    made = ask("post", f"{home}/tiles", boris, {"metric": "frt", "form": "split", "by": "line", "width": 2}).json()
    one, other = made["tiles"]
    assert (one["metric"], other["by"], other["width"]) == ("frt", "line", 2)
    moved = ask("post", f"{home}/tiles/{other['id']}/move", boris, {"steps": -1}).json()
    assert [tile["id"] for tile in moved["tiles"]] == [other["id"], one["id"]]
    narrow = {"metric": "frt", "line_id": line_one.pk}
    assert ask("put", f"{home}/tiles/{one['id']}", boris, narrow).json()["tiles"][1]["line_id"] == line_one.pk
    assert len(ask("post", f"{home}/tiles/{other['id']}/remove", boris).json()["tiles"]) == 1

    tag = ask("get", home, boris)["ETag"]
    shared = {"name": "День", "shared": "line", "shared_with_id": line_one.pk, "span": "month"}
    changed = ask("put", home, boris, shared, tag=tag).json()
    assert (changed["name"], changed["shared_with_id"], changed["span"]) == ("День", line_one.pk, "month")
    assert ask("put", home, boris, body, tag=tag).status_code == 412
    copied = ask("post", f"{home}/copy", boris).json()
    assert copied["shared"] == "nobody" and len(copied["tiles"]) == 1
    assert ask("post", f"{home}/remove", boris).json() == {"removed": changed["id"]}
    assert ask("get", home, boris).status_code == 404
    assert ask("post", f"{home}/back", boris).json()["name"] == "День"


def test_a_number_that_one_types_tells_no_name(
    ask: Ask, ticket: Ticket, boris: User, vera: User, pavel: Contact
) -> None:
    """A lead knows the organisations of their own lines, and the colleagues whom they lead."""
    foreign, own = Client.objects.create(name="Чужая тайна"), Client.objects.create(name="Своя")
    pavel.memberships.create(client=own)
    board = Board.objects.make(by=boris, name="Утро")
    for side, key in (("client", foreign.pk), ("client", own.pk), ("agent", vera.pk), ("agent", boris.pk)):
        body = {"metric": "solved", "side": side, "key": str(key)}
        assert ask("post", f"boards/{board.pk}/tiles", boris, body).status_code == 201
    told = [one["narrowed"][0] for one in ask("get", f"boards/{board.pk}/figures", boris).json()["tiles"]]
    assert [one.partition(": ")[2] for one in told] == [f"№ {foreign.pk}", "Своя", f"№ {vera.pk}", boris.name]


def test_a_breakdown_is_as_long_as_on_the_page(ask: Ask, head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """All values of a side would be as many as there are clients."""
    figure = layer.figure(Question(METRICS["solved"], Scope.visible_to(head, clock.now(), clock.now())))
    many = {str(number): figure for number in range(MOST + 3)}
    monkeypatch.setattr(drawing, "by_sides", lambda asked, sides: dict.fromkeys(sides, many))
    board = Board.objects.make(by=head, name="Все")
    board.add(metric="solved", form="split", by="client")
    (tile,) = ask("get", f"boards/{board.pk}/figures", head).json()["tiles"]
    assert (len(tile["rows"]), tile["more"], tile["rest"]) == (MOST, 3, 0)


def test_its_figures_are_those_of_its_reader(
    ask: Ask, ticket: Ticket, boris: User, anna: User, vera: User, head: User, line_one: Team
) -> None:
    board = Board.objects.make(by=head, name="Все", shared="everybody")
    board.add(metric="frt", form="number")
    board.add(metric="frt", form="course")
    board.add(metric="frt", form="split", by="agent")
    board.add(metric="frt", form="number", team=line_one)
    told = ask("get", f"boards/{board.pk}/figures?span=7", head).json()
    assert [bool(one["why_not"]) for one in told["tiles"]] == [False] * 4
    assert told["tiles"][0]["figure"]["status"] == "undefined" and len(told["tiles"][1]["course"]) == 7
    seen = ask("get", f"boards/{board.pk}/figures", vera).json()["tiles"]
    assert [bool(one["why_not"]) for one in seen] == [False, False, True, True]
    assert seen[3]["figure"] is None and seen[3]["tile"]["line_id"] is None, "a line that is not hers"
    assert ask("get", f"boards/{board.pk}", vera).json()["tiles"][3]["line_id"] is None


def test_what_makes_no_sense_names_its_field(ask: Ask, boris: User, anna: User, line_one: Team, line_two: Team) -> None:
    board = Board.objects.make(by=boris, name="Утро")
    tiles = f"boards/{board.pk}/tiles"
    for body, field in (
        ({"metric": "nothing"}, "metric"),
        ({"metric": "frt", "form": "heat"}, "form"),
        ({"metric": "frt", "form": "split"}, "by"),
        ({"metric": "frt", "side": "topic", "key": "x"}, "key"),
        ({"metric": "frt", "line_id": line_two.pk}, "line_id"),
        ({"metric": "frt", "line_id": 987654}, "line_id"),
    ):
        told = ask("post", tiles, boris, body)
        assert (told.status_code, told.json()["field"]) == (422, field), body
    for body, field in (
        ({"shared": "everybody"}, "shared"),
        ({"shared": "line"}, "shared_with_id"),
        ({"shared": "line", "shared_with_id": line_two.pk}, "shared_with_id"),
        ({"name": "  "}, "name"),
    ):
        told = ask("put", f"boards/{board.pk}", boris, {"name": "Утро"} | body)
        assert (told.status_code, told.json()["field"]) == (422, field), body
    own = Board.objects.make(by=anna, name="Моя")
    person = ask("post", f"boards/{own.pk}/tiles", anna, {"metric": "frt", "side": "agent", "key": str(boris.pk)})
    assert (person.status_code, person.json()["field"]) == (422, "key")
    side = ask("post", f"boards/{own.pk}/tiles", anna, {"metric": "frt", "form": "split", "by": "agent"})
    assert (side.status_code, side.json()["field"]) == (422, "by")


def test_ACCESS_1_boards_of_others(ask: Ask, boris: User, anna: User, vera: User, line_one: Team) -> None:
    board = Board.objects.make(by=boris, name="Своя")
    tile = board.add(metric="frt")
    acts = (
        ("put", "", {"name": "x"}),
        ("post", "/copy", None),
        ("post", "/remove", None),
        ("post", "/back", None),
        ("post", "/tiles", {"metric": "frt"}),
        ("put", f"/tiles/{tile.pk}", {"metric": "frt"}),
        ("post", f"/tiles/{tile.pk}/move", {"steps": 1}),
        ("post", f"/tiles/{tile.pk}/remove", None),
    )
    for method, path, body in acts:
        foreign, none = (ask(method, f"boards/{pk}{path}", vera, body) for pk in (board.pk, 987654))
        assert (foreign.status_code, foreign.content) == (404, none.content), path
        assert ask(method, f"boards/{board.pk}{path}", boris, body, scopes=("boards:read",)).status_code == 403
    for path in ("", "/figures"):
        assert ask("get", f"boards/{board.pk}{path}", vera).status_code == 404
    assert ask("get", "boards", vera).json() == []
    board.change(by=boris, shared="line", shared_with=line_one)
    assert ask("get", f"boards/{board.pk}", anna).json()["may_change"] is False
    assert ask("put", f"boards/{board.pk}", anna, {"name": "x"}).status_code == 403
    other = Board.objects.make(by=boris, name="Другая")
    assert ask("post", f"boards/{other.pk}/tiles/{tile.pk}/remove", boris).status_code == 404, "of another board"


@pytest.mark.usefixtures("kept_for_long")
def test_a_list_costs_the_same_however_long(ask: Ask, boris: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", "boards", boris).status_code == 200
        return len(seen)

    Board.objects.make(by=boris, name="А")
    cost()
    before = cost()
    for name in "БВГ":
        Board.objects.make(by=boris, name=name)
    assert cost() == before
