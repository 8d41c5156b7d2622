"""Where the demo company wants to go: from its vision to a task of this quarter, and what it learnt."""

from datetime import timedelta
from typing import Any

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.team.goals.judging import count_all
from otklik.team.goals.models import Criterion, Goal, Kind, Level, PlanTask, Retro
from otklik.team.goals.models.task import TaskState
from otklik.team.goals.quarter import last_day, moved, this_quarter
from otklik.team.metrics.days import midnight, today


def load() -> None:
    head = User.objects.filter(role=Role.HEAD).earliest("pk")
    lead = User.objects.filter(role=Role.LEAD).earliest("pk")
    first = Team.objects.first_line()
    year_ends = today().replace(month=12, day=31)
    with clock.at(clock.now() - timedelta(days=60)):
        trust = _goal(Level.VISION, "Клиенты советуют нас, потому что им здесь помогают", head, head)
        help_ = _goal(Level.MISSION, "Каждое обращение кончается решением или честным отказом", head, head, trust)
        known = _goal(Level.STRATEGY, "Обещаем срок и держим его", head, head, help_)
        quick = _measured(
            *(known, head, lead, "Первый ответ за 15 минут", "frt"),
            base=2400.0, target=900.0, due_on=year_ends, judge=lead,
        )  # fmt: skip
        kept = _measured(
            *(known, head, head, "Держим девять обещанных сроков из десяти", "promise.kept"),
            base=0.75, target=0.9, due_on=year_ends, judge=lead,
        )  # fmt: skip
        alone = _goal(
            *(Level.YEAR, "Отдел работает две недели без руководителя", head, head, help_),
            due_on=year_ends, judge=lead, kind=Kind.YES_NO,
        )  # fmt: skip
        _criteria(alone, "Отпуск руководителя без звонков", "Учение «нет интернета»", "Очереди переданы по плану")
        alone.agree(by=head)
        _measured(
            *(quick, lead, lead, "Первая линия отвечает за 20 минут", "frt"),
            base=2400.0, target=1200.0, due_on=year_ends, judge=head, level=Level.LINE, team=first,
        )  # fmt: skip
    seen = alone.criteria.all()[0]
    seen.look(True, "Вера была в отпуске две недели, ни одного звонка", by=lead)
    _tasks(head, lead, quick, kept)
    _look_back(head, lead)
    count_all()


def _goal(level: Level, statement: str, by: User, owner: User, parent: Goal | None = None, **more: Any) -> Goal:
    goal = Goal(level=level, statement=statement, owner=owner, parent=parent, made_by=by, **more)
    goal.make_sense()
    goal.save()
    if not level.is_judged:
        goal.agree(by=by)
    return goal


def _measured(parent: Goal, by: User, owner: User, statement: str, metric: str, **more: Any) -> Goal:
    judge = more.pop("judge")
    told = {"level": Level.YEAR, "kind": Kind.MEASURED, "metric": metric, **more}
    goal = _goal(told.pop("level"), statement, by, owner, parent, judge=None if judge == owner else judge, **told)
    goal.agree(by=by)
    return goal


def _criteria(goal: Goal, *words: str) -> None:
    Criterion.objects.bulk_create(Criterion(goal=goal, place=place, words=one) for place, one in enumerate(words))


def _tasks(head: User, lead: User, quick: Goal, kept: Goal) -> None:
    """The quarter before is over: most was done, one task was carried on, one dropped."""
    before, now = moved(this_quarter(), -1), this_quarter()
    with clock.at(midnight(before) - timedelta(days=3)):
        titles = (
            ("Шаблоны первых ответов по десяти частым вопросам", quick, lead, 8),
            ("Дежурный по обещанным срокам", kept, lead, 3),
            ("Голосовое меню в две кнопки", quick, head, 12),
            ("Обучить вторую линию разбору записей", kept, lead, 6),
        )
        rows = [_task(title, before, goal, owner, size) for title, goal, owner, size in titles]
    with clock.at(midnight(before) + timedelta(days=50)):
        rows[0].turn(TaskState.DONE, by=lead, spent=11)
        rows[1].turn(TaskState.DONE, by=lead, spent=2)
    with clock.at(min(midnight(now) + timedelta(days=2), clock.now())):
        rows[2].carry("Оператор связи перенёс подключение", by=head)
        rows[3].drop("Записи теперь разбирает контроль качества", by=lead)
        rows[2].turn(TaskState.DOING, by=head)
    with clock.at(midnight(now) - timedelta(days=5)):
        _task("Предупреждать клиента, если срок под угрозой", now, kept, lead, 5)
        _task("Вечерняя смена первой линии", now, quick, head, 15).turn(TaskState.TESTING, by=head)


def _task(title: str, quarter: Any, goal: Goal, owner: User, size: int) -> PlanTask:
    task = PlanTask(title=title, quarter=quarter, goal=goal, owner=owner, size=size)
    task.put_down(by=owner)
    return task


def _look_back(head: User, lead: User) -> None:
    before = moved(this_quarter(), -1)
    with clock.at(min(midnight(last_day(before)) + timedelta(days=9, hours=10), clock.now() - timedelta(days=1))):
        retro = Retro.objects.create(quarter=before, due_on=last_day(before) + timedelta(days=14))
        due = today() + timedelta(days=30)
        retro.hold(
            by=lead,
            facts="Сдержали 86 % сроков. Голосовое меню не успели: подключение перенёс оператор.",
            keep="Дежурный по срокам",
            stop="Обещать срок за другой отдел без его слова",
            attempt="Писать клиенту за день до срока",
            themes=["сроки", "подрядчики"],
            actions=[
                ("Договориться с оператором о дате в договоре", head, due),
                ("Шаблон письма о риске срока", lead, due),
            ],
        )
    done = retro.actions.first()
    assert done is not None
    done.end(True, "Дата и неустойка внесены в договор", by=head)
