"""A board of one's own: put together by keys, shared with a lead, shown on the wall."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Refuse
from otklik.team.boards.models import Board
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


@pytest.fixture
def three(writes: Write, anna: User, line_two: Team) -> list[Ticket]:
    """Open: two on the first line, one on the second."""
    found = [writes(f"Дело {number}", subject=f"Дело {number}", sender=f"c{number}@else.test") for number in range(3)]
    found[2].hand_over(line_two, Brief("Дело", "Смотрели", "Решить"), by=anna)
    return found


def test_a_head_builds_a_board_by_keys_and_a_lead_sees_their_line(
    at_desk: Desk, head: User, boris: User, three: list[Ticket]
) -> None:
    page = at_desk(head)
    page.goto("/board/boards/")
    page.get_by_role("link", name="Доска", exact=True).press("Enter")
    page.get_by_label("Название").fill("Утро отдела")
    page.get_by_label("Кто видит").press("End")
    page.get_by_role("button", name="Создать").press("Enter")
    tiles = page.locator("#tiles li")
    for before, steps in enumerate((3, 0)):
        expect(tiles).to_have_count(before)
        page.wait_for_load_state("load")
        page.locator("#tiles-name + a").press("Enter")
        metric = page.get_by_label("Метрика")
        metric.press("Home")
        for _step in range(steps):
            metric.press("ArrowDown")
        page.get_by_role("button", name="Добавить плитку").press("Enter")
    expect(tiles).to_have_count(2)
    expect(tiles.first).to_contain_text("Ждут первого ответа")

    page.wait_for_load_state("load")
    up = tiles.nth(1).get_by_role("button", name="Выше")
    up.press("Enter")
    expect(tiles.first).to_contain_text("Открытые обращения")
    expect(tiles.first.get_by_role("button", name="Выше")).to_be_focused()

    page.get_by_role("link", name="Готово").press("Enter")
    expect(page.locator(".tile .v")).to_have_text(["3", "3"])
    page.get_by_role("link", name="На стену").press("Enter")
    expect(page.locator(".wallpage .big")).to_have_text(["3", "3"])

    lead = at_desk(boris)
    lead.goto("/board/boards/")
    lead.get_by_role("link", name="Утро отдела").press("Enter")
    expect(lead.locator(".tile .v")).to_have_text(["2", "2"])
    expect(lead.get_by_role("link", name="Изменить")).to_have_count(0)


def test_the_wall_is_drawn_anew_turns_its_pages_and_says_when_it_is_alone(
    at_desk: Desk, head: User, three: list[Ticket], writes: Write
) -> None:
    board = Board.objects.make(by=head, name="Утро")
    for metric in ("backlog", *["backlog.late"] * 6):
        board.add(metric=metric)
    page = at_desk(head)
    page.goto(f"/board/boards/{board.pk}/wall/")
    expect(page.locator("[data-place]")).to_have_text("1 / 2")
    page.get_by_role("button", name="Следующая страница").click()
    expect(page.locator("[data-place]")).to_have_text("2 / 2")
    expect(page.locator(".wallpage:visible .tile")).to_have_count(1)
    page.get_by_role("button", name="Страница назад").click()

    page.context.set_offline(True)
    expect(page.locator(".stale")).to_be_visible()
    writes("Ещё", subject="Ещё", sender="late@else.test")
    page.context.set_offline(False)
    expect(page.locator(".stale")).to_be_hidden()
    expect(page.locator(".wallpage .big").first).to_have_text("4")


def test_a_head_begins_with_twelve_numbers_and_an_appeal_leads_to_its_decision(
    at_desk: Desk, head: User, boris: User, anna: User, writes: Write
) -> None:
    ticket: Ticket = writes("Дайте скидку", subject="Скидка")
    ticket.reply("Здравствуйте.", by=anna, then=Refuse("outside", "скидок нет", ["пересчитаем тариф"]))
    ticket.appeal("В договоре есть пункт о скидке")
    page = at_desk(head)
    page.goto("/board/boards/")
    page.locator("form[aria-labelledby=ready-twelve]").get_by_role("button").press("Enter")
    page.wait_for_url("**/board/boards/*/**")
    page.goto(f"/board/boards/{Board.objects.get(owner=head).pk}/")
    tile = page.locator(".tile", has_text="Возражения, которые ждут")
    expect(page.locator(".tile")).to_have_count(12)
    expect(tile.locator(".v")).to_have_text("1")
    tile.locator(".v a").press("Enter")
    page.wait_for_url("**/board/refusals/")
    expect(page.locator("#main")).to_contain_text("В договоре есть пункт о скидке")
