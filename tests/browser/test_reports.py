"""A report by mail: the head makes it, looks at it in the lead's eyes, and the lead who does not want it says so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.team.reports import sending
from otklik.team.reports.models import Report, Sending
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def week(writes: Write) -> list[Ticket]:
    """What came four days ago: told by a letter of today."""
    with clock.at(clock.now() - timedelta(days=4)):
        found = [writes(f"Вопрос {number}", sender=f"c{number}@else.test") for number in range(3)]
    count_facts()
    return found


def send_due(at: Any) -> None:
    with clock.at(at):
        Sending.objects.begin_due()
        for pk in Sending.objects.untried():
            sending.send(pk)


def test_a_report_is_made_looked_at_sent_and_not_wanted(
    at_desk: Callable[..., Any], head: User, boris: User, week: list[Ticket]
) -> None:
    page = at_desk(head)
    page.goto("/board/reports/", wait_until="load")
    page.get_by_role("link", name="Новый отчёт").first.press("Enter")
    page.get_by_label("Имя").fill("Неделя отдела")
    page.get_by_label(boris.name).check()
    page.get_by_role("button", name="Сохранить").press("Enter")
    expect(page.locator("h1")).to_have_text("Неделя отдела")
    expect(page.locator("main")).to_contain_text("Ни одного письма")

    page.get_by_role("listitem").filter(has_text=boris.name).get_by_role("link").press("Enter")
    expect(page.locator("h1")).to_contain_text(boris.name)
    letter = page.frame_locator(".report-letter")
    expect(letter.locator("body")).to_contain_text("Неделя отдела")
    assert not Sending.objects.exists(), "looking sends nothing"

    report = Report.objects.get()
    assert report.next_at
    send_due(report.next_at + timedelta(minutes=1))
    lead = at_desk(boris)
    lead.goto(f"/board/reports/{report.pk}/mine/", wait_until="load")
    lead.get_by_role("button", name="Не присылать мне").press("Enter")
    expect(lead.locator("main")).to_contain_text("Вы от него отказались")

    report.refresh_from_db()
    send_due(report.next_at + timedelta(minutes=1))
    page.goto(f"/board/reports/{report.pk}/", wait_until="load")
    expect(page.get_by_role("listitem").filter(has_text=boris.name)).to_contain_text("отказ")
    letters = page.locator("table tbody tr")
    expect(letters).to_have_count(3)
    expect(letters.filter(has_text=boris.name)).to_have_count(1)


def test_the_form_asks_for_what_it_needs_and_a_report_is_removed_after_a_question(
    at_desk: Callable[..., Any], head: User
) -> None:
    page = at_desk(head)
    page.goto("/board/reports/new/", wait_until="load")
    board, weekday = page.get_by_label("Своя доска"), page.locator("[name=weekday]")
    expect(board).to_be_hidden()
    expect(weekday).to_be_visible()
    page.select_option("[name=every]", "month")
    expect(weekday).to_be_hidden()
    page.select_option("[name=subject]", "board")
    expect(board).to_be_visible()
    page.select_option("[name=subject]", "department")
    page.get_by_label("Имя").fill("Месяц отдела")
    page.get_by_role("button", name="Сохранить").press("Enter")
    expect(page.locator("h1")).to_have_text("Месяц отдела")

    page.get_by_role("button", name="Удалить").press("Enter")
    dialog = page.get_by_role("dialog", name="Удалить «Месяц отдела»?")
    expect(dialog.get_by_role("button", name="Оставить")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Удалить").press("Enter")
    dialog.get_by_role("button", name="Удалить").press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Отчёт удалён")
    assert not Report.objects.exists()
