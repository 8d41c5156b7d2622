"""Tasks of quarters (METRICS G4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.goals.models import PlanTask
from otklik.team.goals.models.task import TaskState
from otklik.team.goals.quarter import from_key, key_of, last_day, moved, quarter_of, this_quarter
from otklik.team.goals.reckoning import is_last_too_full, of_quarter
from otklik.team.metrics.days import midnight

pytestmark = pytest.mark.django_db
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(day=days, by=st.integers(-40, 40))
def test_quarters_tile_the_year(day: date, by: int) -> None:
    quarter = quarter_of(day)
    assert quarter <= day <= last_day(quarter)
    assert moved(moved(quarter, by), -by) == quarter
    assert from_key(key_of(quarter)) == quarter
    assert quarter_of(moved(quarter, by)) == moved(quarter, by)


@pytest.mark.parametrize("key", ["", "2026", "2026-5", "2026-0", "26-1", "2026-1-1", "x-1", "0001-1", "9999-4"])
def test_what_is_no_quarter_is_none(key: str) -> None:
    assert from_key(key) is None


def planned(boris: User, title: str = "Дело", **told: object) -> PlanTask:
    """Put into the running quarter on its eve, so it was planned for it."""
    quarter = this_quarter()
    task = PlanTask(title=title, owner=boris, quarter=quarter, **told)
    with clock.at(midnight(quarter) - timedelta(hours=1)):
        task.put_down(by=boris)
    return task


def figures(quarter: date) -> tuple[int, int, int, int, int]:
    told = of_quarter(quarter, list(PlanTask.objects.of_quarter(quarter)))
    return (*(told.plan[name] for name in ("planned", "done", "carried", "dropped")), told.added)  # type: ignore[return-value]


def test_the_worked_example(boris: User) -> None:
    """Six planned, four done, one in test, one carried: 66.7 % done, carried with the one in test 33.3 %."""
    tasks = [planned(boris, f"Дело {number}") for number in range(6)]
    for task in tasks[:4]:
        task.turn(TaskState.DONE, by=boris, spent=3)
    tasks[4].turn(TaskState.TESTING, by=boris)
    tasks[5].carry("Ждали подрядчика", by=boris)
    told = of_quarter(this_quarter(), list(PlanTask.objects.of_quarter(this_quarter())))

    assert told.plan["done_share"] == pytest.approx(2 / 3)
    assert told.plan["carried_share"] == pytest.approx(1 / 3)
    assert figures(moved(this_quarter(), 1)) == (1, 0, 1, 0, 0)


def test_what_came_within_the_quarter_was_not_planned(boris: User) -> None:
    planned(boris)
    with clock.at(midnight(this_quarter()) + timedelta(days=5)):
        late = PlanTask(title="Срочное", owner=boris, quarter=this_quarter())
        late.put_down(by=boris)
        late.turn(TaskState.DONE, by=boris)
    assert figures(this_quarter()) == (1, 0, 1, 0, 1)


def test_a_quarter_that_is_over_is_planned_no_more(boris: User) -> None:
    with pytest.raises(Refused) as refused:
        PlanTask(title="Вчера", owner=boris, quarter=moved(this_quarter(), -1)).put_down(by=boris)
    assert refused.value.field == "quarter"


def test_carried_twice_it_goes_no_further_as_it_is(boris: User) -> None:
    task = planned(boris)
    task.carry("Раз", by=boris)
    task.carry("Два", by=boris)
    with pytest.raises(Refused):
        task.carry("Три", by=boris)
    assert not task.may_be_carried

    task.cut("Только половина", 2, "Вторую половину делает подрядчик", by=boris)
    task.carry("Снова", by=boris)
    assert [one.was for one in task.moves.all()] == ["", "", "Дело", ""]
    assert PlanTask.objects.get(pk=task.pk).carries == 1


def test_without_a_reason_nothing_is_carried_cut_or_dropped(boris: User) -> None:
    task = planned(boris)
    for act in (
        lambda: task.carry(" ", by=boris),
        lambda: task.cut("Иное", 1, " ", by=boris),
        lambda: task.drop("", by=boris),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.field == "why"


def test_split_it_is_its_milestones(boris: User) -> None:
    task = planned(boris, size=9)
    for wrong in (["Одна", " "], ["Веха"] * 13, ["Одна", "х" * 201]):
        with pytest.raises(Refused):
            task.split(wrong, by=boris)
    parts = task.split(["Первая", "Вторая", "Третья"], by=boris)

    first = this_quarter()
    assert [(part.quarter, part.size) for part in parts] == [(moved(first, step), 3) for step in range(3)]
    assert figures(first) == (1, 0, 1, 0, 0), "its first milestone"
    assert figures(moved(first, 1)) == (1, 0, 1, 0, 0)
    with pytest.raises(Refused):
        task.turn(TaskState.DONE, by=boris)


def test_left_over_it_is_carried_into_the_running_quarter(boris: User) -> None:
    quarter, task = moved(this_quarter(), -2), left_over(boris, 2)
    assert task.is_late
    task.carry("Забыли", by=boris)
    assert task.quarter == this_quarter() and not task.is_late
    assert figures(quarter) == (1, 0, 1, 0, 0)


def test_what_is_done_or_dropped_is_over(boris: User) -> None:
    done, dropped = planned(boris, "Одно"), planned(boris, "Другое")
    done.turn(TaskState.DONE, by=boris, spent=4)
    dropped.drop("Не нужно", by=boris)
    for task in (done, dropped):
        with pytest.raises(Refused):
            task.carry("Дальше", by=boris)
    assert figures(this_quarter()) == (2, 1, 0, 1, 0)


def left_over(boris: User, quarters: int, **told: object) -> PlanTask:
    """Planned so many quarters ago and not done."""
    quarter = moved(this_quarter(), -quarters)
    with clock.at(midnight(quarter) - timedelta(hours=1)):
        task = PlanTask(title="Давнее", owner=boris, quarter=quarter, **told)
        task.put_down(by=boris)
    return task


@pytest.mark.parametrize("end", ["drop", "split", "done", "cut"])
def test_what_becomes_of_a_task_later_changes_no_quarter_that_is_over(boris: User, end: str) -> None:
    task = left_over(boris, 1)
    task.carry("Не успели", by=boris)
    before = moved(this_quarter(), -1)
    assert figures(before) == (1, 0, 1, 0, 0)
    acts = {
        "drop": lambda: task.drop("Не нужно", by=boris),
        "split": lambda: task.split(["Одна", "Две"], by=boris),
        "done": lambda: task.turn(TaskState.DONE, by=boris),
        "cut": lambda: task.cut("Половина", 2, "Другую делает подрядчик", by=boris),
    }
    acts[end]()
    assert figures(before) == (1, 0, 1, 0, 0)
    now = {"drop": (1, 0, 0, 1, 0), "split": (1, 0, 1, 0, 0), "done": (1, 1, 0, 0, 0), "cut": (1, 0, 1, 0, 0)}
    assert figures(this_quarter()) == now[end]


def test_split_after_its_quarter_it_was_not_done_in_time(boris: User) -> None:
    left_over(boris, 1).split(["Одна", "Две"], by=boris)
    assert figures(moved(this_quarter(), -1)) == (1, 0, 1, 0, 0)


def test_what_came_within_a_quarter_and_went_on_was_planned_for_the_next(boris: User) -> None:
    with clock.at(midnight(this_quarter()) + timedelta(days=5)):
        task = PlanTask(title="Срочное", owner=boris, quarter=this_quarter())
        task.put_down(by=boris)
        task.carry("Не успели", by=boris)
        task.cut("Половина", 2, "Другую делает подрядчик", by=boris)
    assert figures(this_quarter()) == (0, 0, 0, 0, 1)
    assert figures(moved(this_quarter(), 1)) == (1, 0, 1, 0, 0)


def test_a_second_press_carries_nothing_once_more(boris: User) -> None:
    task = planned(boris)
    task.carry("Не успели", by=boris, out_of=this_quarter())
    with pytest.raises(Refused):
        task.carry("Не успели", by=boris, out_of=this_quarter())
    assert PlanTask.objects.get(pk=task.pk).carries == 1


def test_cut_to_nothing_is_refused(boris: User) -> None:
    with pytest.raises(Refused) as refused:
        planned(boris).cut("  ", 2, "Лишнее", by=boris)
    assert refused.value.field == "title"


def test_the_last_quarter_leaves_room() -> None:
    sizes = {date(2026, 1, 1): 10, date(2026, 4, 1): 10, date(2026, 7, 1): 10}
    assert not is_last_too_full(2026, sizes | {date(2026, 10, 1): 6})
    assert is_last_too_full(2026, sizes | {date(2026, 10, 1): 7})
    assert not is_last_too_full(2026, {date(2026, 10, 1): 50})
