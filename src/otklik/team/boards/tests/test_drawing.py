"""What a tile shows: the figure of the layer, cut to what its reader may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Topic
from otklik.desk.tickets.steps import Resolve
from otklik.team.boards.drawing import all_shown, shown
from otklik.team.boards.models import Board, Form, Shared, Tile
from otklik.team.boards.period import Period, Span
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from tests.fixtures.cast import Write, person
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)
FEW = 14
"""Statements that one tile may cost: an exact median with its bounds, twice, and its course or sides."""


@pytest.fixture
def board(head: User) -> Board:
    return Board.objects.make(by=head, name="Утро", shared=Shared.EVERYBODY)


@pytest.fixture
def work(writes: Write, anna: User, vera: User, line_two: Team) -> None:
    """Six requests on the first line, two of them of a topic, three on the second; all answered within hours."""
    topic = Topic.objects.create(name="Оплата")
    start = clock.now() - timedelta(days=2)
    for number in range(9):
        with clock.at(start):
            ticket = writes(sender=f"client{number}@volga.test", subject=f"Вопрос {number}")
            if number < 2:
                ticket.classify(topic, by=anna)
            if number >= 6:
                ticket.hand_over(line_two, Brief("Спросил", "Смотрел", "Проверить"), by=anna)
        with clock.at(start + timedelta(hours=number + 1)):
            ticket.reply("Готово", by=vera if number >= 6 else anna, then=Resolve())
    count_facts()


def week() -> Period:
    return Period.of(Span.WEEK)


def test_a_tile_says_what_the_layer_says(board: Board, work: None, head: User) -> None:
    told = shown(board.add(metric="frt.calendar"), head, week())
    whole = layer.figure(Question(METRICS["frt.calendar"], week().scope(head)))
    assert told.now == whole and whole.n == 9
    assert told.before is not None and told.before.n == 0 and told.before.value is None, "not enough data, never 0"


def test_every_reader_sees_their_own_lines(
    board: Board, work: None, head: User, boris: User, line_one: Team, line_two: Team
) -> None:
    """`boris` leads the first line: the same tile, cut to it."""
    of_all, of_second = board.add(metric="solved"), board.add(metric="solved", team=line_two)
    split = board.add(metric="solved", form=Form.SPLIT, by="line")
    assert [_n(one, head) for one in (of_all, of_second)] == [9, 3]
    assert _n(of_all, boris) == 6
    assert [row.name for row in shown(split, boris, week()).rows] == [line_one.name]

    refused = shown(of_second, boris, week())
    assert refused.why_not and refused.now is None and not refused.narrowed, "not even the name of the line"


def test_incidents_stand_under_the_name_of_no_line(board: Board, head: User, line_two: Team) -> None:
    incidents, complaints = board.add(metric="inc.mttr"), board.add(metric="complaint.upheld")
    assert not shown(incidents, head, week()).why_not
    board.change(by=head, team=line_two)
    assert [bool(shown(one, head, week()).why_not) for one in board.tiles.order_by("place")] == [True, False]
    assert {incidents.pk, complaints.pk} == {one.pk for one in board.tiles.all()}


def test_people_are_shown_to_who_leads_them(board: Board, work: None, head: User, boris: User, anna: User) -> None:
    split = board.add(metric="solved", form=Form.TABLE, by="agent")
    of_anna = board.add(metric="solved", side="agent", key=str(anna.pk))
    assert [row.name for row in shown(split, boris, week()).rows] == [anna.name]
    assert shown(split, anna, week()).why_not and not shown(split, anna, week()).rows
    assert _n(of_anna, boris) == 6 and _n(of_anna, anna) == 6, "one's own figures are no secret"
    ilya = person("fedor", "Фёдор", Role.AGENT, *Team.objects.filter(pk__in=anna.team_ids))
    assert shown(of_anna, ilya, week()).why_not


def test_a_tile_of_me_is_of_whoever_looks(board: Board, work: None, anna: User, vera: User, ilya: User) -> None:
    mine = board.add(metric="solved", side="agent", key="me")
    assert [_n(mine, one) for one in (anna, vera, ilya)] == [6, 3, 0]


def test_the_board_narrows_its_tiles_and_a_tile_goes_before(
    board: Board, work: None, head: User, line_one: Team, line_two: Team
) -> None:
    topic = Topic.objects.get(name="Оплата")
    board.change(by=head, side="topic", key=str(topic.pk), team=line_one)
    plain, own = board.add(metric="arrivals"), board.add(metric="arrivals", team=line_two)
    told = shown(plain, head, week())
    assert _n(plain, head) == 2 and told.narrowed == [f"Линия: {line_one.name}", "Тематика: Оплата"]
    assert _n(own, head) == 0, "nothing of this topic on the second line"


def test_the_course_has_every_day_and_gaps_where_nothing_was(board: Board, work: None, head: User) -> None:
    told = shown(board.add(metric="frt.calendar", form=Form.COURSE), head, week())
    assert [day for day, _figure in told.course] == week().scope(head).days() and len(told.course) == 7
    assert any(figure is None for _day, figure in told.course), "a day without answers is a gap, not a zero"
    assert sum(figure.n for _day, figure in told.course if figure) == 9
    assert not shown(board.add(metric="frt", form=Form.COURSE), head, week(), compare=False).base


def test_hours_and_rows(board: Board, work: None, head: User) -> None:
    hours = shown(board.add(metric="arrivals", form=Form.HEAT), head, week()).hours
    assert len(hours) == 7 and {len(day) for day in hours} == {24} and sum(map(sum, hours)) == 9
    table = board.add(metric="solved", form=Form.TABLE, by="line")
    told = shown(table, head, week(), most=1)
    assert [row.now.n for row in told.rows] == [6] and told.more == 1
    assert [row.now.n for row in shown(table, head, week(), most=None).rows] == [6, 3]


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_can_be_drawn_in_every_form(metric: str, board: Board, head: User) -> None:
    for form in Form:
        if form.suits(METRICS[metric]):
            tile = board.add(metric=metric, form=form, by="topic" if form.is_from_a_side else "")
            for span in Span:
                assert not shown(tile, head, Period.of(span)).why_not


def test_tiles_that_ask_alike_ask_once(board: Board, work: None, head: User) -> None:
    """A board costs by the different questions on it, not by its tiles, rows or requests."""
    for form in (Form.NUMBER, Form.COURSE, Form.NUMBER, Form.COURSE):
        board.add(metric="frt.calendar", form=form)
    counted = {many: _statements(list(board.tiles.all()[:many]), head) for many in (2, 4)}
    assert counted[2] == counted[4] <= FEW


@pytest.mark.parametrize("form", Form)
def test_one_tile_costs_little(form: Form, board: Board, work: None, head: User) -> None:
    for metric in METRICS.values():
        if form.suits(metric):
            tile = board.add(metric=metric.id, form=form, by="agent" if form.is_from_a_side else "")
            assert _statements([tile], head) <= FEW, metric.id
            tile.remove()


def _n(tile: Tile, reader: User) -> int:
    figure = shown(tile, reader, week()).now
    assert figure is not None
    return figure.n


def _statements(tiles: list[Tile], reader: User) -> int:
    with CaptureQueriesContext(connection) as asked:
        all_shown(tiles, reader, week(), week().before())
    return len(asked)


def test_a_period_is_days_both_included() -> None:
    with clock.at(clock.now().replace(year=2026, month=3, day=5, hour=12)):
        told = {span: (str(Period.of(span).first), str(Period.of(span).last)) for span in Span}
    assert told == {
        "7": ("2026-02-27", "2026-03-05"),
        "28": ("2026-02-06", "2026-03-05"),
        "91": ("2025-12-05", "2026-03-05"),
        "month": ("2026-03-01", "2026-03-05"),
        "last_month": ("2026-02-01", "2026-02-28"),
    }


def test_what_is_counted_is_zero_on_a_day_without_it(board: Board, work: None, head: User) -> None:
    told = shown(board.add(metric="arrivals", form=Form.COURSE), head, week())
    values = [figure.value if figure else None for _day, figure in told.course]
    assert sum(value or 0 for value in values) == 9 and None not in values and 0 in values
    month = shown(board.add(metric="arrivals", form=Form.COURSE), head, Period(week().first, week().last + DAY))
    assert month.course[-1][1] is None, "tomorrow is not known"


def test_what_has_no_value_on_a_side_is_counted_beside(board: Board, work: None, head: User) -> None:
    told = shown(board.add(metric="arrivals", form=Form.SPLIT, by="topic"), head, week())
    assert [row.now.n for row in told.rows] == [2] and told.rest == 7
    assert not shown(board.add(metric="frt", form=Form.SPLIT, by="topic"), head, week()).rest


def test_what_stands_has_no_sides_in_a_period_that_is_over(board: Board, head: User, writes: Write) -> None:
    """Of now are the rows of today; of a week ago nobody knows who had what."""
    writes()
    count_facts()
    split = board.add(metric="backlog", form=Form.SPLIT, by="line")
    now = shown(split, head, week())
    assert [(row.now.n, row.before) for row in now.rows] == [(1, None)]
    past = shown(split, head, Period(week().first - 7 * DAY, week().last - 7 * DAY))
    assert past.now is not None and past.now.n == 0 and not past.rows and not past.rest
