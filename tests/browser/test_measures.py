"""Measures of complaints as a board: found from the list, walked by keys, done on the page of the complaint."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.complaints.models import Complaint, Filing, Measure
from otklik.care.complaints.tests.conftest import bring
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


@pytest.fixture
def planned(writes: Write, boris: User, anna: User, head: User) -> tuple[Measure, Measure]:
    """One is late, the other has a week."""
    ticket: Ticket = writes("Обещали вчера, до сих пор тишина", subject="Не ответили в срок")
    told = Filing("Обещали вчера", "Не ответили в срок", ticket=ticket, contact=ticket.contact)
    one = bring(Complaint.objects.file(told, by=boris), "investigating", by=boris, investigator=head)
    now = clock.now()
    with clock.at(now - timedelta(days=9)):
        late = one.plan(
            "Позвонить и извиниться", kind="corrective", owner=anna, due_at=now - timedelta(days=2), by=boris
        )
    week = one.plan(
        "Учить правило назначения выходным", kind="preventive", owner=boris, due_at=now + timedelta(days=7), by=boris
    )
    return late, week


def column(page: Any, place: int) -> Any:
    return page.locator(".queue-board section").nth(place)


def test_a_late_measure_is_found_by_keys_and_done_on_the_page_of_its_complaint(
    at_desk: Desk, boris: User, planned: tuple[Measure, Measure]
) -> None:
    late, _week = planned
    page = at_desk(boris)
    page.goto("/complaints/")
    page.get_by_role("link", name="Меры по жалобам").click()
    page.wait_for_url("**/complaints/measures/")
    expect(page.locator("#main .lead")).to_contain_text("1 мера просрочена")
    expect(column(page, 0)).to_contain_text("Позвонить и извиниться")
    expect(column(page, 1)).to_contain_text("Учить правило")
    expect(column(page, 2)).to_contain_text("Здесь ничего нет")

    press_russian(page, "J")
    expect(column(page, 0).locator("a.row")).to_be_focused()
    press_russian(page, "J")
    expect(column(page, 1).locator("a.row")).to_be_focused()
    press_russian(page, "K")
    expect(column(page, 0).locator("a.row")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/complaints/{late.complaint_id}/#measure-{late.pk}")

    row = page.locator(f"#measure-{late.pk}")
    row.locator("summary").click()
    row.locator("[name=result]").fill("Позвонили, клиент спокоен")
    row.get_by_role("button").click()
    expect(page.locator(f"#measure-{late.pk} .sla[data-s=met]")).to_be_visible()
    page.goto("/complaints/measures/")
    expect(column(page, 2)).to_contain_text("Позвонили, клиент спокоен")
    expect(column(page, 0)).to_contain_text("Здесь ничего нет")


def test_by_line_mine_alone_and_where_there_are_none(
    at_desk: Desk, boris: User, anna: User, planned: tuple[Measure, Measure]
) -> None:
    page = at_desk(boris)
    page.goto("/complaints/measures/")
    page.get_by_role("link", name="По линиям").click()
    page.wait_for_url("**by=line**")
    expect(page.locator(".queue-board h2")).to_contain_text([planned[0].complaint.line.name])
    expect(page.locator(".measure")).to_have_count(2)
    page.get_by_role("link", name="Мои", exact=True).click()
    page.wait_for_url("**show=mine**")
    expect(page.locator(".measure")).to_have_count(1)
    expect(page.locator(".measure")).to_contain_text("Учить правило")

    planned[1].complaint.finish(planned[1], "Научили", by=boris)
    page.reload()
    expect(page.locator("#main")).to_contain_text("За вами мер нет")


def test_on_a_phone_the_columns_stand_below_each_other(
    at_desk: Desk, boris: User, planned: tuple[Measure, Measure]
) -> None:
    page = at_desk(boris, viewport=NARROW)
    page.goto("/complaints/measures/")
    expect(column(page, 1).locator(".measure")).to_be_visible()
    wide, tops = page.evaluate(
        """() => {
            const columns = [...document.querySelectorAll(".queue-board section")];
            const tops = columns.map((one) => one.getBoundingClientRect().top);
            return [document.documentElement.scrollWidth - innerWidth, tops];
        }"""
    )
    assert wide <= 0 and tops == sorted(set(tops))
