"""What the rooms of pages tell by the names of the layer: one figure for its page, the API, boards and alerts."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.care.knowledge.models import Article, ArticleDay, Opinion, Sought
from otklik.care.knowledge.states import Side
from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.models import Ticket
from otklik.front.board.lately import of_layer
from otklik.team.boards.models import Board, Form
from otklik.team.goals.models import PlanTask, Retro
from otklik.team.goals.models.task import TaskState
from otklik.team.goals.quarter import last_day, moved, this_quarter
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import told
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import TOLD_BY_ROOMS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.rolling import rolling
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Improvement
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def lately(user: User | None, days: int = 28) -> Scope:
    after = today() + timedelta(days=1)
    start, end = midnight(after - timedelta(days=days)), midnight(after)
    return Scope.visible_to(user, start, end) if user else Scope(start, end)


def ask(name: str, user: User | None, days: int = 28) -> Question:
    return Question(METRICS[name], lately(user, days))


def test_each_metric_of_a_room_has_somebody_who_tells_it() -> None:
    of_rooms = {name for name, one in METRICS.items() if one.records in TOLD_BY_ROOMS}
    assert len(of_rooms) >= 20 and told.known() == of_rooms


@pytest.fixture
def three_changes(ticket: Ticket, anna: User, boris: User) -> None:
    """Ended after two, four and twelve hours; the last was rolled back."""
    began = clock.now() - 30 * HOUR
    for number, hours in enumerate((2, 4, 12)):
        with clock.at(began):
            change = ticket.draft_change(ChangePlan(f"Изменение {number}", "Нужно"), by=anna)
            ticket.ask_change(change, by=anna)
            ticket.decide_change(change, approved=True, by=boris)
        with clock.at(began + hours * HOUR):
            ticket.end_change(change, rolled_back=hours == 12, by=anna, result="Так вышло")


def test_changes_are_told_alike_by_page_metric_list_and_board(
    client: Client, three_changes: None, head: User, vera: User, line_one: Team
) -> None:
    lead, failed = layer.figure(ask("change.lead", head)), layer.figure(ask("change.failed", head))
    assert (lead.n, lead.value, failed.good, failed.n) == (2, 3 * 3600, 1, 3)
    assert layer.by_side(ask("change.failed", head), "line")[str(line_one.pk)].n == 3
    assert sum(one.n for one in layer.by_day(ask("change.lead", head)).values()) == 2
    assert layer.figure(ask("change.lead", vera)).n == 0, "of another line"
    client.force_login(head)
    behind = client.get("/board/metrics/change.failed/requests/").content.decode()
    assert behind.count("Изменение") >= 3 and f"/tickets/{Ticket.objects.get().pk}/" in behind
    board = Board.objects.make(by=head, name="Изменения")
    board.add(metric="change.failed")
    assert client.get(f"/board/boards/{board.pk}/").context["tiles"][0]["shown"].now == failed


def test_searches_have_days_and_windows_as_all_records_do(head: User) -> None:
    for back, times, opened in ((1, 4, 1), (3, 6, 6), (40, 9, 0)):
        day = today() - timedelta(days=back)
        for _ in range(times):
            Sought.objects.looked_for("номер", Side.CLIENTS, 1, day)
        for _ in range(opened):
            Sought.objects.opened("номер", Side.CLIENTS, day)
    found = layer.figure(ask("kb.unmet", head))
    assert (found.good, found.n) == (3, 10) and found.lo is not None
    assert {day: one.n for day, one in layer.by_day(ask("kb.unmet", head)).items()} == {
        today() - timedelta(days=1): 4,
        today() - timedelta(days=3): 6,
    }
    windows = rolling(ask("kb.unmet", None, days=2), 7)
    assert windows[today()].n == 10, "an alert asks without a person, and these are nobody's"


def test_what_is_as_of_now_has_no_past_and_no_course(client: Client, head: User) -> None:
    now = ask("goal.coverage", head)
    assert layer.by_day(now) == {} and layer.figure(now.before()).value is None
    board = Board.objects.make(by=head, name="Доска")
    board.add(metric="goal.coverage")
    with pytest.raises(Refused):
        board.add(metric="goal.coverage", form=Form.COURSE)
    client.force_login(head)
    for name in ("goal.coverage", "kb.freshness", "attest.valid", "churn.logo", "lifetime"):
        page = client.get(f"/board/metrics/{name}/")
        assert page.status_code == 200 and page.context["chart"] is None, name


def test_a_figure_of_few_readers_is_unknown_to_all_others(client: Client, head: User, anna: User) -> None:
    closed = Question(METRICS["churn.logo"], lately(anna))
    assert not told.may_know(closed) and layer.figure(closed).value is None
    assert told.may_know(Question(METRICS["churn.logo"], lately(head)))
    assert not told.may_know(Question(METRICS["churn.logo"], lately(None))), "a goal or a bonus is read by all"
    assert METRICS["churn.logo"].is_private and METRICS["churn.logo"].has_readers


def test_the_plan_of_a_quarter_belongs_to_the_day_on_which_it_ends(head: User, boris: User) -> None:
    quarter = moved(this_quarter(), -1)
    states = [TaskState.DONE, TaskState.DONE, TaskState.DROPPED]
    for state in states:
        PlanTask.objects.create(
            title="Дело",
            owner=boris,
            made_by=head,
            quarter=quarter,
            first_quarter=quarter,
            state=state,
            ended_on=last_day(quarter),
        )
    PlanTask.objects.create(
        title="Теперь",
        owner=boris,
        made_by=head,
        quarter=this_quarter(),
        first_quarter=this_quarter(),
        state=TaskState.PLANNED,
    )
    scope = lately(head).at(last_day(quarter), last_day(quarter))
    shares = {name: layer.figure(Question(METRICS[f"plan.{name}"], scope)) for name in ("done", "carried", "dropped")}
    assert [(name, one.good, one.n) for name, one in shares.items()] == [
        ("done", 2, 3),
        ("carried", 0, 3),
        ("dropped", 1, 3),
    ]
    around = scope.at(last_day(quarter) + timedelta(days=1), today())
    assert layer.figure(Question(METRICS["plan.done"], around)).n == 0, "this quarter is not over"


def test_pages_beside_the_boards_ask_the_same(client: Client, head: User, boris: User) -> None:
    for back, was_held in ((10, True), (20, True), (30, False), (400, True)):
        held_on = today() - timedelta(days=back - 1) if was_held else None
        quarter = moved(this_quarter(), -back)
        Retro.objects.create(
            quarter=quarter,
            due_on=today() - timedelta(days=back),
            held_on=held_on,
            facilitator=boris if was_held else None,
        )
    assert of_layer(head, "retro").good == 2 and of_layer(head, "retro").n == 3
    client.force_login(head)
    assert client.get("/board/retros/").context["held"] == "67\u00a0%"


def test_weeks_that_are_no_chance_stand_out_of_their_noise(client: Client, head: User, line_one: Team) -> None:
    monday = today() - timedelta(days=today().weekday())

    def count(week: int, n: int) -> None:
        day = monday - timedelta(weeks=week) + timedelta(days=2)
        Cell.objects.create(
            day=day, measure=Measure.OPENED, team_id=line_one.pk, side="", key="", bucket=0, n=n, total=0
        )

    client.force_login(head)
    for week in range(20, 14, -1):
        count(week, 10 + week % 2)
    few = client.get("/board/metrics/arrivals/")
    assert len(few.context["weeks"]["values"]) == 20, "a later week without any is zero"
    for week in range(14, 0, -1):
        count(week, 90 if week == 2 else 10 + week % 2)
    page = client.get("/board/metrics/arrivals/")
    weeks = page.context["weeks"]
    assert len(weeks["values"]) == 20 and weeks["signals"] == [18], (
        "this week is not over, and before there was nothing"
    )
    assert "1 неделя — не случайность" in page.content.decode() and 'class="dotn bad"' in page.content.decode()


def test_articles_that_helped_have_days_and_a_page(client: Client, head: User, boris: User) -> None:
    made = Article.objects.begin(title="Номер", text="Как подключить номер.", by=boris, audience="public")
    for back, times in ((0, 6), (2, 4)):
        for _ in range(times):
            ArticleDay.objects.viewed(made, today() - timedelta(days=back))
    Opinion.objects.give(made, False)
    found = layer.figure(ask("kb.selfservice", head))
    assert (found.good, found.n) == (9, 10) and found.lo is not None
    assert {day: (one.good, one.n) for day, one in layer.by_day(ask("kb.selfservice", head)).items()} == {
        today(): (5, 6),
        today() - timedelta(days=2): (4, 4),
    }
    client.force_login(head)
    page = client.get("/knowledge/").content.decode()
    assert "9 из 10" in page and "/board/metrics/kb.selfservice/?days=28" in page
    assert "/knowledge/" in client.get("/board/metrics/kb.selfservice/requests/").content.decode()


def test_an_improvement_counts_once_its_day_has_come(client: Client, head: User, boris: User, line_one: Team) -> None:
    def tried(name: str, ago: int, decision: str = "") -> Improvement:
        kept = {"name": name, "hypothesis": "Так лучше", "metric": "frt", "least": 60, "decision": decision}
        return Improvement.objects.create(**kept, starts_on=today() - timedelta(days=ago), weeks=4, by=head)

    tried("Решено", 30, "keep"), tried("Ждёт решения", 40), tried("Идёт", 20), tried("Давно", 400, "back")
    found = layer.figure(ask("changes.measured", head))
    assert (found.good, found.n) == (1, 2)
    client.force_login(head)
    behind = client.get("/board/metrics/changes.measured/requests/").content.decode()
    assert "Решено" in behind and "Ждёт решения" in behind and "Идёт" not in behind
