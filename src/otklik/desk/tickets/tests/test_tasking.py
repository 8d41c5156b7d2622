"""Sub-tasks and checklists: who does what until when, and who ticked it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Task, Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[dict[str, object]]:
    return [entry.data for entry in Entry.objects.filter(kind=f"tickets.{kind}").order_by("id")]


def test_a_task_has_an_executor_and_a_date_and_is_ticked_by_somebody(ticket: Ticket, anna: User, ilya: User) -> None:
    due = clock.now() + timedelta(hours=2)
    (task,) = ticket.plan(["Проверить  роутер"], executor=ilya, due_at=due, by=anna)
    ticket.tick(task, done=True, by=ilya)
    ticket.tick(task, done=True, by=anna)

    task.refresh_from_db()
    assert (task.text, task.executor, task.due_at, task.done_by) == ("Проверить роутер", ilya, due, ilya)
    assert not task.is_item and not Task.objects.open()
    assert told("TaskPlanned")[0]["executor_id"] == ilya.pk and len(told("TaskDone")) == 1

    ticket.tick(task, done=False, by=anna)
    assert Task.objects.open().get() == task and task.done_by_id is None


def test_each_line_is_an_item_of_the_checklist(ticket: Ticket, anna: User) -> None:
    ticket.plan(["Питание", "", "Кабель"], by=anna)
    ticket.plan(["Прошивка"], by=anna)

    assert [(task.text, task.is_item) for task in ticket.tasks.all()] == [
        ("Питание", True),
        ("Кабель", True),
        ("Прошивка", True),
    ]


def test_what_makes_no_sense_is_refused(ticket: Ticket, anna: User, vera: User, quality: User) -> None:
    for field, plan in (
        ("text", {"texts": [" ", ""]}),
        ("text", {"texts": ["о" * 301]}),
        ("text", {"texts": ["Дело"] * 101}),
        ("executor", {"texts": ["Дело"], "executor": vera}),
        ("executor", {"texts": ["Дело"], "executor": quality}),
        ("due", {"texts": ["Дело"], "due_at": clock.now() - timedelta(minutes=1)}),
        ("due", {"texts": ["Дело"], "due_at": clock.now() + timedelta(days=400)}),
    ):
        with pytest.raises(Invalid) as refused:
            ticket.plan(**plan, by=anna)
        assert refused.value.field == field
    ticket.close("spam", by=anna)
    with pytest.raises(Conflict):
        ticket.plan(["Дело"], by=anna)
    assert not Task.objects.exists()


def test_a_task_is_planned_anew_and_a_late_one_keeps_its_date(ticket: Ticket, anna: User, ilya: User) -> None:
    due = clock.now() + timedelta(hours=1)
    (task,) = ticket.plan(["Проверить"], executor=ilya, due_at=due, by=anna)
    with clock.at(due + timedelta(minutes=1)):
        assert task.is_late(clock.now())
        ticket.replan(task, text="Проверить роутер", executor=ilya, due_at=due, by=anna)
        with pytest.raises(Invalid):
            ticket.replan(task, text="Проверить", executor=ilya, due_at=due - timedelta(minutes=5), by=anna)
    assert len(told("TaskReplanned")) == 1

    ticket.tick(task, done=True, by=ilya)
    with pytest.raises(Conflict):
        ticket.replan(task, text="Ещё", executor=None, due_at=None, by=anna)


def test_what_was_taken_away_cannot_be_ticked(ticket: Ticket, anna: User) -> None:
    (task,) = ticket.plan(["Питание"], by=anna)
    ticket.drop(Task.objects.get(), by=anna)
    with pytest.raises(Conflict):
        ticket.tick(task, done=True, by=anna)
    assert told("TaskDropped")[0]["text"] == "Питание"


def test_tasks_of_a_colleague_who_leaves_return_to_the_owner(
    ticket: Ticket, anna: User, ilya: User, boris: User
) -> None:
    ticket.take(by=anna)
    (task,) = ticket.plan(["Проверить"], executor=ilya, by=anna)
    ilya.deactivate(by=boris)

    task.refresh_from_db()
    assert task.executor == anna and task.done_at is None


def test_tasks_return_to_nobody_where_the_owner_has_left_or_reads_only(
    ticket: Ticket, anna: User, ilya: User, boris: User
) -> None:
    """What has ended keeps its owner, who may be the one who leaves."""
    ticket.take(by=anna)
    (of_ilya,) = ticket.plan(["Проверить"], executor=ilya, by=anna)
    (of_anna,) = ticket.plan(["Позвонить"], executor=anna, by=anna)
    ticket.reply("Готово", by=anna, then=Resolve())
    anna.deactivate(by=boris)
    ilya.deactivate(by=boris)

    assert Ticket.objects.get(pk=ticket.pk).owner == anna
    assert [Task.objects.get(pk=one.pk).executor for one in (of_ilya, of_anna)] == [None, None]


def test_the_owner_sees_what_others_do(ticket: Ticket, anna: User, ilya: User) -> None:
    ticket.take(by=anna)
    ticket.plan(["Илье"], executor=ilya, by=anna)
    ticket.plan(["Анне"], executor=anna, by=anna)
    ticket.plan(["Пункт"], by=anna)
    ticket.plan(["Никому"], due_at=clock.now() + timedelta(hours=1), by=anna)

    assert [task.text for task in Task.objects.open().answered_by(anna)] == ["Илье", "Никому"]
    assert [task.text for task in Task.objects.open().of(ilya)] == ["Илье"]


def test_a_task_stays_with_its_executor_when_the_ticket_goes_to_another_line(
    ticket: Ticket, anna: User, ilya: User, line_two: Team
) -> None:
    (task,) = ticket.plan(["Проверить"], executor=ilya, by=anna)
    ticket.hand_over(line_two, Brief("Нет звука", "", "Дальше у вас"), by=anna)
    ticket.tick(task, done=True, by=ilya)
    assert Task.objects.get().done_by == ilya


def test_what_is_left_to_do_goes_along_with_a_joined_ticket_and_comes_back(ticket: Ticket, writes, anna: User) -> None:
    other = writes("Ещё")
    left, ready = other.plan(["Питание", "Кабель"], by=anna)
    other.tick(ready, done=True, by=anna)

    act = other.merge_into(ticket, by=anna)
    assert list(ticket.tasks.all()) == [left] and list(other.tasks.all()) == [ready]
    ticket.tick(ticket.tasks.get(), done=True, by=anna)

    other.bring_back(act, by=anna)
    assert set(Ticket.objects.get(pk=other.pk).tasks.all()) == {left, ready} and not ticket.tasks.exists()
    assert Task.objects.get(pk=left.pk).done_at is not None


@pytest.mark.django_db(transaction=True)
def test_RACE_ticked_by_many_at_once_it_is_done_once(ticket: Ticket, anna: User, ilya: User) -> None:
    (task,) = ticket.plan(["Питание"], by=anna)

    def tick(user: User) -> None:
        try:
            one = Task.objects.select_related("ticket").get(pk=task.pk)
            one.ticket.tick(one, done=True, by=user)
        except Refused:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tick, [anna, ilya] * 3))

    assert len(told("TaskDone")) == 1
