"""From what the night found to what came of it, and a request whose problem is known, in a real browser."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.problems import finding
from otklik.care.problems.models import Candidate, Linked, Problem
from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket, Topic
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


@pytest.fixture
def found(writes: Write) -> list[Ticket]:
    """Five requests of three clients about one product: the night has looked."""
    topic, product = Topic.objects.create(name="Связь"), Product.objects.create(name="АТС")
    tickets = [writes("Рвётся", sender=f"c{number % 3}@x.test", subject=f"Обрыв {number}") for number in range(5)]
    Ticket.objects.filter(pk__in=[one.pk for one in tickets]).update(topic=topic, product=product)
    finding.look()
    return tickets


def test_a_candidate_becomes_a_problem_is_removed_and_its_owners_hear_it(
    at_desk: Desk, boris: User, anna: User, found: list[Ticket]
) -> None:
    found[0].take(by=anna)
    page = at_desk(boris)
    page.goto("/problems/")
    page.get_by_role("link", name="Кандидаты").first.click()
    expect(page.locator("[data-row]")).to_contain_text("5 обращений от 3 клиентов")
    page.get_by_role("link", name="Завести проблему").click()
    page.locator("[name=notices]").fill("Звонок рвётся на первой минуте")
    page.locator("[name=workaround]").fill("Наберите *8 перед номером")
    page.locator("[data-key=send]").click()
    page.wait_for_url("**/problems/*/")
    expect(page.locator("#requests")).to_contain_text("Обрыв 4")
    expect(page.locator("#workaround")).to_contain_text("*8")

    page.get_by_role("link", name="Причина известна").click()
    page.locator("[name=cause]").fill("Старая настройка узла")
    page.locator("[data-key=send]").click()
    expect(page.locator("[aria-current=step]")).to_have_text("известная ошибка")
    page.get_by_role("button", name="Устраняем").click()
    expect(page.locator("[aria-current=step]")).to_have_text("устраняем")
    page.get_by_role("link", name="Проблема устранена").click()
    expect(page.locator("#waiting")).to_contain_text(anna.name)
    page.locator("[name=result]").fill("Настройку сменили")
    page.locator("[data-key=send]").click()
    expect(page.locator("[aria-current=step]")).to_have_text("устранена")
    assert Notice.objects.filter(person=anna, about="ticket", about_id=found[0].pk, text__contains="устранена").exists()

    Problem.objects.update(removed_at=clock.now() - timedelta(days=31), wake_on=clock.house_today() - timedelta(days=1))
    page.reload()
    expect(page.get_by_role("alert").first).to_contain_text("Прошёл месяц")
    page.get_by_role("link", name="Что вышло").click()
    page.locator("[name=checked]").fill("Больше не пишут")
    page.locator("[data-key=send]").click()
    expect(page.locator("main")).to_contain_text("Больше не пишут")
    assert Problem.objects.get().is_over


def test_no_because_is_said_with_a_reason_and_stands_there(at_desk: Desk, boris: User, found: list[Ticket]) -> None:
    page = at_desk(boris)
    page.goto("/problems/candidates/")
    page.get_by_role("link", name="Нет, потому что…").click()
    page.locator("[name=why]").fill("Разные причины, смотрели")
    page.locator("[data-key=send]").click()
    expect(page.locator("main")).to_contain_text("Ничего не повторяется")
    expect(page.locator("main")).to_contain_text("Разные причины, смотрели")
    assert Candidate.objects.waiting().count() == 0


def test_by_keys_a_request_comes_to_its_problem_and_what_helps_into_the_answer(
    at_desk: Desk, anna: User, ticket: Ticket
) -> None:
    helps = "Наберите *8 перед номером. " * 140  # longer than a header may be
    problem = Problem.objects.begin(title="Обрывы на узле", notices="Звонок рвётся", workaround=helps, by=anna)
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.wait_for_selector("#reply-text")
    press_russian(page, "O", shift=True)
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("input[name=problem]:focus")).to_have_value(str(problem.pk))
    expect(dialog).to_contain_text("*8")
    page.keyboard.press("Enter")
    stripe = page.locator("#problem")
    expect(stripe).to_contain_text("Обрывы на узле")
    stripe.get_by_role("button", name="Вставить обходной путь").click()
    expect(page.locator("#reply-text")).to_have_value(re.compile(r"Наберите \*8 перед номером"))

    stripe.get_by_role("button", name="Не из-за этой проблемы").click()
    expect(stripe).not_to_contain_text("Обрывы на узле")
    assert not Linked.objects.exists()


def test_several_of_the_queue_come_to_one_problem(at_desk: Desk, anna: User, found: list[Ticket]) -> None:
    problem = Problem.objects.begin(title="Обрывы на узле", notices="Звонок рвётся", by=anna)
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.wait_for_load_state("load")
    page.keyboard.press("Shift+X")
    expect(page.locator("#bulk [data-selected]")).to_have_text("5")
    page.keyboard.press("Shift+O")
    page.wait_for_url("**/problems/link/**")
    page.locator(f"input[name=problem][value='{problem.pk}']").check()
    page.locator("[data-key=send]").click()
    page.wait_for_url(f"**/problems/{problem.number}/")
    expect(page.locator("#requests")).to_contain_text("Обрыв 3")
    assert problem.linked.count() == 5
