"""From a goal to a task of the quarter, and a plan for a bad day, in a real browser by keyboard."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.team.continuity.models import Scenario
from otklik.team.goals.models import Goal, PlanTask
from otklik.team.metrics.days import today

pytestmark = pytest.mark.django_db(transaction=True)
type Desk = Callable[..., Any]


def test_a_goal_is_agreed_and_a_task_serves_it(at_desk: Desk, head: User, boris: User) -> None:
    page = at_desk(head)
    page.goto("/board/goals/")
    page.get_by_role("link", name="Новая цель").press("Enter")
    page.wait_for_url("**/board/goals/new/")
    page.get_by_label("Уровень").select_option("year")
    page.get_by_label("Чего хотим").fill("Отдел работает без руководителя")
    page.get_by_label("К какому дню").fill((today() + timedelta(days=60)).isoformat())
    page.get_by_label("Кто подводит итог").select_option(str(boris.pk))
    page.get_by_label("Что должно быть видно").fill("Отпуск без звонков\nУчение прошло")
    page.get_by_role("button", name="Записать").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Отдел работает без руководителя")
    page.get_by_role("button", name="Согласовать").press("Enter")
    expect(page.get_by_role("button", name="Согласовать")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Учение прошло")

    goal = Goal.objects.get()
    page.goto(f"/board/plan/new/?goal={goal.pk}")
    page.get_by_label("Что меняется").fill("Назвать заместителя")
    page.get_by_role("button", name="Запланировать").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Назвать заместителя")
    page.get_by_role("button", name="Сделана").press("Enter")
    expect(page.locator(".lead")).to_contain_text("сделана")
    assert PlanTask.objects.get().goal == goal


def test_a_plan_for_a_bad_day_is_written_and_approved(at_desk: Desk, head: User) -> None:
    page = at_desk(head)
    page.goto("/board/bad-days/new/")
    page.get_by_label("Название").fill("Нет интернета")
    page.get_by_label("Что не работает").select_option("internet")
    page.get_by_label("Как узнаём").fill("Пропала связь")
    page.get_by_role("button", name="Записать").press("Enter")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    expect(page.get_by_label("Как узнаём")).to_have_value("Пропала связь")
    page.get_by_label("Первые 15 минут").fill("Раздача с телефона")
    page.get_by_label("Кто что делает").fill("Старший смены")
    page.get_by_role("button", name="Записать").press("Enter")
    page.get_by_role("button", name="Утвердить").press("Enter")
    expect(page.locator("main")).to_contain_text("Следующее — до")
    assert Scenario.objects.get().state == "approved"
