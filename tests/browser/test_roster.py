"""The roster in a browser: planned by keyboard and by hand, published, read, swapped."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import Team, User
from otklik.team.shifts.hours import Hours
from otklik.team.shifts.models import Shift, ShiftTemplate, Swap, Week
from otklik.team.shifts.models.week import SEVEN, monday_of
from tests.fixtures.browser import NARROW
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def monday() -> date:
    """Of the week after next: none of its days begins while a test runs."""
    return monday_of(clock.house_today()) + 2 * SEVEN


@pytest.fixture
def line(line_one: Team) -> Team:
    BusinessCalendar.objects.filter(pk=line_one.calendar_id).update(time_zone="Europe/Moscow")
    for name, short, starts, ends, breaks in (
        ("День", "Д", time(9), time(18), [["13:00", "14:00"]]),
        ("Ночь", "Н", time(20), time(8), [["00:00", "01:00"]]),
    ):
        told = {"starts": starts, "ends": ends, "breaks": breaks}
        ShiftTemplate.objects.create(line=line_one, name=name, short=short, **told)
    return Team.objects.select_related("calendar").get(pk=line_one.pk)


def test_planned_by_keys_published_and_read(
    at_desk: Callable[..., Any], line: Team, monday: date, anna: User, boris: User
) -> None:
    page = at_desk(boris)
    page.goto(f"/board/roster/?line={line.pk}&week={monday}", wait_until="load")
    first = page.locator(f"#cell-{anna.pk}-{monday}")
    first.focus()
    page.keyboard.press("1")
    expect(first).to_contain_text("Д")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    second = page.locator(f"#cell-{anna.pk}-{monday + timedelta(days=1)}")
    expect(second).to_be_focused()
    page.keyboard.press("2")
    expect(second).to_contain_text("Н")
    page.keyboard.press("ArrowRight")
    third = page.locator(f"#cell-{anna.pk}-{monday + timedelta(days=2)}")
    expect(third).to_be_focused()
    page.keyboard.press("1")
    expect(page.locator(".roster-troubles")).to_contain_text("две смены подряд")
    expect(third).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.locator(".roster-troubles")).to_have_count(0)
    expect(third).not_to_contain_text("Д")

    page.get_by_role("button", name="Опубликовать неделю").click()
    expect(page.locator(".roster-bar")).to_contain_text("опубликовано")
    assert Week.objects.filter(line=line, monday=monday).exists()
    own = at_desk(anna)
    own.goto("/notices/", wait_until="load")
    own.get_by_text("График опубликован").first.click()
    own.wait_for_url("**/my/shifts/")
    expect(own.locator("main")).to_contain_text("09:00–18:00")


def test_a_day_is_opened_on_a_phone_and_gets_hours_of_its_own(
    at_desk: Callable[..., Any], line: Team, monday: date, anna: User, boris: User
) -> None:
    page = at_desk(boris, viewport=NARROW)
    page.goto(f"/board/roster/?line={line.pk}&week={monday}", wait_until="load")
    assert page.evaluate(FITS), "nothing sticks out on a phone"
    cell = page.locator(f"#cell-{anna.pk}-{monday}")
    cell.click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Анна Белова")
    expect(dialog.locator("[name=starts]")).to_be_hidden()
    dialog.get_by_text("Другие часы").click()
    dialog.locator("[name=starts]").fill("10:30")
    dialog.locator("[name=ends]").fill("19:30")
    dialog.locator("[name=breaks]").fill("обед")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(dialog.locator(".err")).to_contain_text("обед")
    dialog.locator("[name=breaks]").fill("14–15")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(cell).to_contain_text("10:30–19:30")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert Shift.objects.get().paid == timedelta(hours=8)


def test_asked_accepted_approved(
    at_desk: Callable[..., Any], line: Team, monday: date, anna: User, ilya: User, boris: User
) -> None:
    hours = Hours(time(9), time(18), ((time(13), time(14)),))
    shift = Shift.objects.plan(anna, line, monday, hours, by=boris)
    Week.objects.publish(line, monday, by=boris)
    asks = at_desk(anna, viewport=NARROW)
    asks.goto("/my/shifts/", wait_until="load")
    asks.get_by_role("link", name="Обменять").click()
    asks.locator("[name=taker]").select_option(str(ilya.pk))
    asks.locator("[name=words]").fill("врач")
    asks.locator("main form button.primary").click()
    expect(asks.locator("main")).to_contain_text("обмен предложен")
    assert asks.evaluate(FITS)

    takes = at_desk(ilya)
    takes.goto("/my/shifts/", wait_until="load")
    takes.get_by_role("button", name="Возьму").click()
    expect(takes.locator("main")).to_contain_text("ждёт руководителя")
    decides = at_desk(boris)
    decides.goto("/board/roster/requests/", wait_until="load")
    expect(decides.locator("main")).to_contain_text("Правил не нарушает")
    decides.get_by_role("button", name="Утвердить").first.click()
    expect(decides.locator("main")).to_contain_text("Обменов на решение нет")
    wait_until(lambda: Shift.objects.get(pk=shift.pk).person_id == ilya.pk)
    assert Swap.objects.get().state == "approved"
    assert Notice.objects.filter(person=anna, kind="shift").latest("id").text.endswith("утверждён")
    takes.reload(wait_until="load")
    expect(takes.locator("main")).to_contain_text("09:00–18:00")


def test_the_address_of_the_calendar_is_renewed(
    at_desk: Callable[..., Any], line: Team, monday: date, anna: User, boris: User
) -> None:
    Shift.objects.plan(anna, line, monday, Hours(time(9), time(18)), by=boris)
    Week.objects.publish(line, monday, by=boris)
    page = at_desk(anna)
    page.goto("/my/shifts/", wait_until="load")
    page.get_by_role("button", name="Сделать адрес").click()
    first = page.locator(".feed")
    expect(first).to_contain_text(".ics")
    was = first.inner_text()
    path = was.partition("/shifts/")[2]
    answer = page.request.get(f"/shifts/{path}")
    assert answer.ok and "BEGIN:VEVENT" in answer.text()
    page.get_by_role("button", name="Новый адрес").click()
    expect(first).not_to_have_text(was)
    assert page.request.get(f"/shifts/{path}").status == 404
