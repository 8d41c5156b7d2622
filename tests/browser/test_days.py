"""Figures of days that one chooses: by keys, with an answer to wrong ones, and the address carries them on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Topic
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_a_head_looks_at_days_of_their_own_and_narrows_them(at_desk: Desk, head: User, writes: Write) -> None:
    writes("Дело")
    Topic.objects.create(name="Оплата")
    first, last = (clock.house_today() - timedelta(days=back) for back in (9, 3))
    page = at_desk(head)
    page.goto("/board/metrics/arrivals/")
    page.locator("summary", has_text="Дни, сравнение и отбор").press("Enter")
    page.get_by_label("С даты", exact=True).fill(last.isoformat())
    page.get_by_label("По дату", exact=True).fill(first.isoformat())
    page.get_by_role("button", name="Показать", exact=True).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("поменяйте их местами")
    expect(page.get_by_label("С даты", exact=True)).to_have_value(last.isoformat())

    page.get_by_label("С даты", exact=True).fill(first.isoformat())
    page.get_by_label("По дату", exact=True).fill(last.isoformat())
    page.get_by_label("Сравнить с", exact=True).select_option("year")
    page.get_by_role("button", name="Показать", exact=True).press("Enter")
    page.wait_for_url(f"**/?first={first}&last={last}&against=year")
    expect(page.get_by_role("alert")).to_have_count(0)

    page.get_by_role("link", name="Отобрать по теме").press("Enter")
    page.get_by_label("Тематика", exact=True).select_option("Оплата")
    page.get_by_role("button", name="Показать", exact=True).press("Enter")
    expect(page.locator(".chip", has_text="Тематика: Оплата")).to_be_visible()
    page.get_by_role("link", name="Без отбора").press("Enter")
    page.wait_for_url(f"**/?first={first}&last={last}&against=year")
    expect(page.locator(".chip", has_text="Тематика: Оплата")).to_have_count(0)
