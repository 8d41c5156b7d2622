"""A bonus from its scheme to the answer of a dispute: the head and the agent, each in a browser of their own."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.team.indicators.models import Close, Indicator, Scheme, Statement
from otklik.team.indicators.period import Period, Span, midnight
from otklik.team.indicators.tests.conftest import Read, four, read, scheme
from otklik.team.metrics.measure import Measure
from tests.fixtures.browser import NARROW

__all__ = ["four", "read", "scheme"]
pytestmark = pytest.mark.django_db(transaction=True)

AMOUNT = re.compile(r"Анна Белова: 12\s720,00")
"""CSAT beyond its target, the rest without cases: 12 000 × 1.06."""

NUMBERS = "table td[data-l] a"
REACHED = f"""() => [...document.querySelectorAll("{NUMBERS}")].map((link) => {{
  link.scrollIntoView({{ block: "center" }});
  const box = link.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return [link.contains(top), box.left >= 0 && box.right <= innerWidth, link.closest("td").dataset.l];
}})"""
NOT_LINKED = """() => [...document.querySelectorAll("table td[data-l]")].map((cell) => {
  const rest = cell.cloneNode(true);
  rest.querySelectorAll("a").forEach((link) => link.remove());
  return rest.textContent.trim();
}).filter((words) => /[0-9]/.test(words))"""
FITS = "() => document.documentElement.scrollWidth <= innerWidth"

type Desk = Callable[..., Any]


def test_defined_closed_approved_read_disputed_and_answered(
    at_desk: Desk, head: User, anna: User, four: list[Indicator], read: Read, scheme: Scheme
) -> None:
    month = Period.now(Span.MONTH).move(-1)
    read(Measure.SCORE, good=93, of=100, at=midnight(month.first) + timedelta(hours=9))
    office = at_desk(head)
    office.goto("/board/indicators/new/")
    office.select_option("[name=owner]", "department")
    office.select_option("[name=metric]", "csat.t2b")
    for name, value in (("floor", "80"), ("target", "70"), ("weight", "100")):
        office.fill(f"[name={name}]", value)
    office.click("form.formcol button[type=submit]")
    expect(office.locator(".err")).to_contain_text("цель выше порога")
    office.fill("[name=target]", "90")
    office.click("form.formcol button[type=submit]")
    expect(office.locator("h1")).to_have_text("Довольны, CSAT")

    office.goto("/board/indicators/closes/")
    office.locator("tbody tr").first.get_by_role("button").click()
    expect(office.locator("h1")).to_contain_text(str(month.first.year))
    expect(office.locator("main")).to_contain_text("93 из 100")

    office.goto("/board/bonus/")
    office.locator("tbody a.row").first.click()
    expect(office.locator("h1")).to_have_text(AMOUNT)
    office.locator(".head-acts button[type=submit]").click()
    expect(office.locator(".head-acts button")).to_have_count(0)

    desk = at_desk(anna, viewport=NARROW)
    desk.goto("/notices/")
    desk.get_by_text("Расчёт вашей премии готов").first.click()
    desk.wait_for_url("**/my/bonus/*/")
    expect(desk.locator("table .link")).to_have_count(4)
    desk.fill("[name=words]", "Одно обращение не моё")
    desk.locator("form.formcol button[type=submit]").click()
    expect(desk.locator("main")).to_contain_text("Пока без ответа")

    office.goto("/notices/")
    office.get_by_text("Не согласен с расчётом премии").first.click()
    office.wait_for_url("**/board/bonus/statements/*/")
    office.fill("[name=answer]", "Верно, пересчитали")
    office.fill("[name=amount]", "11700")
    office.locator("form[action$='/answer/'] button[type=submit]").click()
    expect(office.locator("h1")).to_contain_text("11 700,00")

    desk.reload()
    expect(desk.locator("main")).to_contain_text("Верно, пересчитали")
    expect(desk.locator("h1")).to_contain_text("11 700,00")


def test_each_number_of_a_statement_is_pressed_on_a_phone(
    at_desk: Desk, head: User, anna: User, four: list[Indicator], read: Read, scheme: Scheme
) -> None:
    month = Period.now(Span.MONTH).move(-1)
    at = midnight(month.first) + timedelta(hours=9)
    for measure, good in ((Measure.SCORE, 93), (Measure.PROMISE, 86), (Measure.COMMITMENT, 94)):
        read(measure, good=good, of=100, at=at)
    Statement.objects.draft(Close.objects.close(month.first, by=head))
    statement = Statement.objects.get()
    statement.approve(by=head)

    desk = at_desk(anna, viewport=NARROW, has_touch=True)
    desk.goto(f"/my/bonus/{statement.pk}/")
    assert desk.evaluate(FITS)
    found = desk.evaluate(REACHED)
    assert [one for one in found if not (one[0] and one[1])] == [], "nothing lies over a number or cuts it off"
    assert desk.evaluate(NOT_LINKED) == []
    names = desk.locator("tbody th").evaluate_all("cells => cells.map((cell) => cell.firstChild.textContent.trim())")
    numbers = len(found) // len(names)
    assert len(names) == 4 and {one[2] for one in found} == set(desk.locator("thead th").all_text_contents()[1:])
    for place in range(len(found)):
        link = desk.locator(NUMBERS).nth(place)
        to_plan = (link.get_attribute("href") or "").endswith("#plan")
        link.tap()
        desk.wait_for_url("**/board/indicators/frozen/**")
        expect(desk.locator("h1")).to_contain_text(names[place // numbers])
        if to_plan:
            expect(desk.locator("#plan")).to_be_in_viewport()
        assert desk.evaluate(FITS)
        desk.goto(f"/my/bonus/{statement.pk}/")
