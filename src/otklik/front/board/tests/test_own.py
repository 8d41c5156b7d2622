"""Pages of own boards: the list, a board and its builder, numbers to take away."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Topic
from otklik.front.board import shift_queries
from otklik.front.board.own.choices import narrowings
from otklik.front.board.own.present import present
from otklik.team.boards.models import MOST_BOARDS, MOST_TILES, Board, Form, Shared, Tile
from otklik.team.boards.ready import DEPARTMENT
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

type SignedIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in() -> SignedIn:
    def enter(user: User) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return enter


@pytest.fixture
def board(head: User) -> Board:
    return Board.objects.make(by=head, name="Утро <b>отдела</b>")


def page(browser: Client, address: str, status: int = 200, **asked: str) -> str:
    answer = browser.get(address, asked)
    assert answer.status_code == status, address
    return answer.getvalue().decode()


def test_a_board_begins_ready_made(signed_in: SignedIn, head: User, anna: User) -> None:
    browser = signed_in(head)
    assert "У вас пока нет досок" in page(browser, "/board/boards/")
    made = browser.post("/board/boards/ready/department/")
    board = Board.objects.get()
    assert made["Location"] == f"/board/boards/{board.pk}/" and board.tiles.count() == len(DEPARTMENT)
    told = page(browser, made["Location"])
    assert told.count('class="card tile"') == len(DEPARTMENT) and "<h1>Отдел</h1>" in told

    assert "ready/department" not in page(signed_in(anna), "/board/boards/"), "an agent looks at their lines"
    assert signed_in(anna).post("/board/boards/ready/department/").status_code == 403
    assert browser.post("/board/boards/ready/nothing/").status_code == 404


def test_a_ready_made_board_of_a_line_and_of_a_topic(
    signed_in: SignedIn, boris: User, line_one: Team, line_two: Team
) -> None:
    browser, topic = signed_in(boris), Topic.objects.create(name="Оплата")
    browser.post("/board/boards/ready/line/", {"line": line_one.pk})
    browser.post("/board/boards/ready/topic/", {"topic": topic.pk})
    found = {one.name: (one.team, one.side, one.key) for one in Board.objects.filter(owner=boris)}
    assert found == {line_one.name: (line_one, "", ""), "Оплата": (None, "topic", str(topic.pk))}
    for told in ({"line": line_two.pk}, {"topic": ""}, {"topic": "77"}):
        name = "line" if "line" in told else "topic"
        answer = browser.post(f"/board/boards/ready/{name}/", told)
        assert answer.status_code == 422 and "Выберите из списка" in answer.content.decode()
    assert "Тематика: Оплата" in page(browser, f"/board/boards/{Board.objects.get(name='Оплата').pk}/")


def test_a_board_is_built_without_scripts(signed_in: SignedIn, head: User, line_one: Team) -> None:
    browser = signed_in(head)
    made = browser.post("/board/boards/new/", {"name": "Утро", "span": "7", "shared": "nobody"})
    board = Board.objects.get()
    assert made["Location"] == f"/board/boards/{board.pk}/change/"
    for metric, form, by in (("frt", "number", ""), ("arrivals", "course", ""), ("solved", "split", "line")):
        told = {"metric": metric, "form": form, "by": by, "width": "1", "team": "", "only": ""}
        assert browser.post(f"/board/boards/{board.pk}/tiles/new/", told).status_code == 302
    first, second, third = board.tiles.all()
    browser.post(f"/board/boards/tiles/{third.pk}/move/", {"to": "up"})
    browser.post(f"/board/boards/tiles/{first.pk}/remove/")
    assert list(board.tiles.all()) == [third, second]
    changed = {"metric": "solved", "form": "table", "by": "channel", "width": "3", "only": "agent:me"}
    sent = {**changed, "team": str(line_one.pk)}
    assert browser.post(f"/board/boards/tiles/{third.pk}/", sent)["Location"].endswith(f"#tile-{third.pk}")
    third.refresh_from_db()
    assert (third.form, third.by, third.width, third.team, third.key) == ("table", "channel", 3, line_one, "me")
    assert "канал" in page(browser, f"/board/boards/tiles/{third.pk}/").lower()


def test_the_order_comes_back_as_a_part(signed_in: SignedIn, head: User, board: Board) -> None:
    first, second = board.add(metric="frt"), board.add(metric="nrt")
    answer = signed_in(head).post(f"/board/boards/tiles/{second.pk}/move/", {"to": "up"}, headers=HTMX)
    part = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in part
    assert part.index(f'id="tile-{second.pk}"') < part.index(f'id="tile-{first.pk}"')


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"metric": "frt", "form": "heat"}, "нельзя показать в таком виде"),
        ({"metric": "frt", "form": "split"}, "Укажите, с какой стороны"),
        ({"metric": "nothing", "form": "number"}, "nothing"),
        ({"metric": "frt", "form": "number", "only": "topic:404"}, "topic:404"),
    ],
)
def test_a_tile_that_makes_no_sense_says_why(
    signed_in: SignedIn, head: User, board: Board, told: dict[str, str], says: str
) -> None:
    answer = signed_in(head).post(f"/board/boards/{board.pk}/tiles/new/", {"width": "2", **told})
    said = answer.content.decode()
    assert answer.status_code == 422 and says in said and not board.tiles.exists()
    assert '<option value="2" selected>' in said, "nothing that was chosen is lost"


def test_what_is_too_much_is_said(signed_in: SignedIn, head: User, board: Board) -> None:
    browser = signed_in(head)
    Tile.objects.bulk_create(Tile(board=board, metric="frt", place=place) for place in range(MOST_TILES))
    told = {"metric": "frt", "form": "number", "width": "1"}
    assert "не больше двадцати четырёх" in browser.post(f"/board/boards/{board.pk}/tiles/new/", told).content.decode()
    Board.objects.bulk_create(Board(owner=head, name="Ещё") for _number in range(MOST_BOARDS))
    for address in ("/board/boards/new/", "/board/boards/ready/own/"):
        answer = browser.post(address, {"name": "Утро", "span": "7", "shared": "nobody"})
        assert answer.status_code == 422 and "пятьдесят досок" in answer.content.decode()
    assert browser.post(f"/board/boards/{board.pk}/copy/")["Location"] == f"/board/boards/{board.pk}/"


def test_who_may_see_and_change(
    signed_in: SignedIn, head: User, boris: User, vera: User, admin: User, board: Board, line_one: Team
) -> None:
    tile = board.add(metric="frt")
    seen = (f"/board/boards/{board.pk}/", f"/board/boards/{board.pk}/wall/", f"/board/boards/{board.pk}/table/")
    changed = (f"/board/boards/{board.pk}/change/", f"/board/boards/tiles/{tile.pk}/")
    sent = (
        *(f"/board/boards/{board.pk}/{name}/" for name in ("remove", "tiles/new", "change")),
        *(f"/board/boards/tiles/{tile.pk}/{name}" for name in ("", "move/", "remove/")),
    )
    for address in (*seen, *changed):
        page(signed_in(boris), address, 404)
    board.change(by=head, shared=Shared.LINE, shared_with=line_one)
    for address in seen:
        page(signed_in(boris), address)
        page(signed_in(vera), address, 404)
    for address in changed:
        page(signed_in(boris), address, 403)
    for address in sent:
        assert signed_in(boris).post(address).status_code == 403, address
        assert signed_in(vera).post(address).status_code == 404, address
    page(signed_in(admin), changed[0])
    assert signed_in(vera).post(f"/board/boards/{board.pk}/back/").status_code == 404
    assert Client().get(seen[1]).status_code == 302, "a wall needs somebody who signed in"


def test_sharing_is_offered_to_who_may(signed_in: SignedIn, boris: User, anna: User, line_two: Team) -> None:
    assert "shared" not in page(signed_in(anna), "/board/boards/new/")
    told = page(signed_in(boris), "/board/boards/new/")
    assert 'value="line"' in told and 'value="everybody"' not in told and line_two.name not in told
    sent = {"name": "Утро", "span": "7", "shared": "line", "shared_with": ""}
    answer = signed_in(boris).post("/board/boards/new/", sent)
    assert answer.status_code == 422 and "Укажите, какой линии" in answer.content.decode()
    assert signed_in(anna).post("/board/boards/new/", {**sent, "shared": "everybody"}).status_code == 302
    assert Board.objects.get().shared == Shared.NOBODY


def test_a_board_that_is_not_ones_own_keeps_its_readers(
    signed_in: SignedIn, admin: User, board: Board, head: User, line_one: Team
) -> None:
    board.change(by=head, shared=Shared.LINE, shared_with=line_one)
    sent = {"name": "Вечер", "span": "28", "shared": "line", "shared_with": line_one.pk}
    assert signed_in(admin).post(f"/board/boards/{board.pk}/change/", sent).status_code == 302
    board.refresh_from_db()
    assert (board.name, board.owner, board.shared_with) == ("Вечер", head, line_one)


def test_removed_and_brought_back(signed_in: SignedIn, head: User, board: Board) -> None:
    browser = signed_in(head)
    listed = browser.post(f"/board/boards/{board.pk}/remove/", follow=True).content.decode()
    assert f"/board/boards/{board.pk}/back/" in listed and "Утро &lt;b&gt;" in listed
    page(browser, f"/board/boards/{board.pk}/", 404)
    back = browser.post(f"/board/boards/{board.pk}/back/", headers=HTMX)
    assert back["HX-Redirect"] == "/board/boards/"
    page(browser, f"/board/boards/{board.pk}/")


def test_who_removes_a_shared_board_can_bring_it_back(
    signed_in: SignedIn, admin: User, boris: User, board: Board, head: User
) -> None:
    board.change(by=head, shared=Shared.EVERYBODY)
    signed_in(admin).post(f"/board/boards/{board.pk}/remove/")
    assert signed_in(boris).post(f"/board/boards/{board.pk}/back/").status_code == 404
    assert signed_in(admin).post(f"/board/boards/{board.pk}/back/").status_code == 302
    page(signed_in(head), f"/board/boards/{board.pk}/")


def test_boards_stand_in_the_order_of_their_owner(signed_in: SignedIn, head: User) -> None:
    first, second = (Board.objects.make(by=head, name=name) for name in ("Утро", "Вечер"))
    signed_in(head).post(f"/board/boards/{second.pk}/place/", {"to": "up"})
    assert list(Board.objects.filter(owner=head)) == [second, first]


def test_a_tile_leads_to_its_metric_with_the_same_scope(
    signed_in: SignedIn, head: User, board: Board, writes: Write, line_one: Team
) -> None:
    topic, ticket = Topic.objects.create(name="Оплата"), writes()
    ticket.classify(topic, by=head)
    writes(sender="other@volga.test")
    count_facts()
    board.add(metric="arrivals", team=line_one, side="topic", key=str(topic.pk))
    browser = signed_in(head)
    told = page(browser, f"/board/boards/{board.pk}/", span="7")
    address = f"/board/metrics/arrivals/?days=7&amp;team={line_one.pk}&amp;topic={topic.pk}"
    assert address in told and "<b>отдела</b>" not in told
    metric = page(browser, address.replace("&amp;", "&"))
    assert "Тематика: Оплата" in metric and "1 обращение" not in metric
    assert "Из чего: 1" in page(browser, address.replace("&amp;", "&").replace("arrivals/", "arrivals/requests/"))
    month = page(browser, f"/board/boards/{board.pk}/", span="month")
    assert "first=" in month and "last=" in month
    assert "span=ever" in page(browser, f"/board/boards/{board.pk}/", span="ever"), "said, and left out"


def test_the_table_has_every_number_and_no_formula(
    signed_in: SignedIn, head: User, board: Board, writes: Write, line_one: Team
) -> None:
    line_one.name = "=1+1"
    line_one.save()
    writes()
    count_facts()
    board.add(metric="arrivals", form=Form.COURSE, team=line_one)
    board.add(metric="arrivals", form=Form.SPLIT, by="line")
    board.add(metric="arrivals", form=Form.HEAT)
    taken = signed_in(head).get(f"/board/boards/{board.pk}/table/")
    content = b"".join(taken.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content)))
    assert [row[0] for row in rows[1:]].count("3") == 1 + 7 * 24
    assert any(row[3] == "'=1+1" and float(row[4]) == 1 for row in rows), "guarded against formulas"
    assert sum(float(row[4]) for row in rows if row[0] == "3" and row[3]) == 1
    xlsx = signed_in(head).get(f"/board/boards/{board.pk}/table/?form=xlsx")
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert signed_in(head).get(f"/board/boards/{board.pk}/table/?form=exe").status_code == 400


def test_an_agent_asks_for_their_own_figures_on_the_page_of_a_metric(
    signed_in: SignedIn, anna: User, ilya: User
) -> None:
    assert f"Сотрудник: {anna.name}" in page(signed_in(anna), "/board/metrics/solved/", agent=str(anna.pk))
    foreign = page(signed_in(anna), "/board/metrics/solved/", agent=str(ilya.pk))
    assert ilya.name not in foreign and f"agent={ilya.pk}" in foreign, "left out, and said so"


def test_the_present_moment_is_of_the_lines_one_sees(
    signed_in: SignedIn,
    head: User,
    boris: User,
    board: Board,
    writes: Write,
    line_two: Team,
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in range(3):
        ticket = writes(sender=f"c{number}@else.test")
    ticket.hand_over(line_two, Brief("Дело", "", "Решить"), by=anna)
    board.change(by=head, shared=Shared.EVERYBODY, present=True)
    found = {user: present(board, user) for user in (head, boris, anna)}
    assert [one.waiting for one in found.values() if one] == [3, 2, 2]
    assert [bool(one.address) for one in found.values() if one] == [True, True, False]
    assert "Дольше всех" in page(signed_in(head), f"/board/boards/{board.pk}/")
    assert "Дольше всех" in page(signed_in(head), f"/board/boards/{board.pk}/wall/")

    monkeypatch.setattr(shift_queries, "CAP", 1)
    assert "+</span>" in page(signed_in(head), f"/board/boards/{board.pk}/"), "there are more than were counted"
    monkeypatch.undo()

    board.change(by=head, team=line_two)
    of_second = present(board, head)
    assert of_second is not None and of_second.waiting == 1
    assert present(board, boris) is None, "a line that is not theirs"
    board.change(by=head, present=False)
    assert present(board, head) is None


def test_who_leads_no_more_can_save_a_shared_board(signed_in: SignedIn, boris: User, line_one: Team) -> None:
    board = Board.objects.make(by=boris, name="Утро", shared=Shared.LINE, shared_with=line_one)
    User.objects.filter(pk=boris.pk).update(role=Role.AGENT)
    browser, address = signed_in(boris), f"/board/boards/{board.pk}/change/"
    told = page(browser, address)
    assert 'value="nobody"' in told and 'value="everybody"' not in told
    as_it_was = {"name": "Вечер", "span": "7", "shared": "line", "shared_with": str(line_one.pk)}
    assert browser.post(address, as_it_was).status_code == 302
    board.refresh_from_db()
    assert (board.name, board.shared_with) == ("Вечер", line_one)
    assert browser.post(address, {**as_it_was, "shared": "nobody"}).status_code == 302
    board.refresh_from_db()
    assert not board.is_shared and 'value="line"' not in page(browser, address)


def test_a_board_comes_back_within_a_day_only(signed_in: SignedIn, head: User, board: Board) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        board.remove()
    assert signed_in(head).post(f"/board/boards/{board.pk}/back/").status_code == 404


def test_to_whom_a_board_is_narrowed_is_told_to_who_may_know(
    signed_in: SignedIn, head: User, anna: User, boris: User, line_two: Team
) -> None:
    board = Board.objects.make(
        by=head, name="Чужое", shared=Shared.EVERYBODY, team_id=line_two.pk, side="agent", key=str(boris.pk)
    )
    address = f"/board/boards/{board.pk}/"

    told = page(signed_in(head), address)
    assert line_two.name in told and boris.name in told
    told = page(signed_in(anna), address)
    assert "Чужое" in told and line_two.name not in told and boris.name not in told


def test_a_tile_may_be_narrowed_to_each_channel_there_is(head: User, line_one: Team) -> None:
    for kind in ("phone", "telegram", "pigeon"):
        Channel.objects.create(kind=kind, name="Дверь", address=f"{kind}@us.test", team=line_one)

    with translation.override("ru"):
        found = dict(narrowings(head))["Канал"]

    assert [one for one in found if one[0] != "channel:paper"] == [
        *(("channel:phone", "телефон"), ("channel:pigeon", "pigeon"), ("channel:telegram", "Telegram")),
    ]
