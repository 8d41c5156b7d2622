"""The search page: Russian in any form, snippets with marks, operators, people, the other layout; also on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.fixtures.browser import NARROW, WIDE
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
FIELD = "main input[type=search]"


@pytest.fixture
def told(writes: Write, anna: User) -> tuple[Ticket, Ticket]:
    routers = writes(
        "Добрый день! Наши роутеры перезагружаются каждую ночь, телефоны молчат до утра.",
        subject="Ночные перезагрузки",
        sender="olga@don.example",
        sender_name="Ольга Донская",
    )
    bill = writes("Пришлите счёт за октябрь.", subject="Счёт", sender="petr@neva.example", sender_name="Пётр Невский")
    bill.take(by=anna)
    return routers, bill


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_any_form_of_a_word_is_found_and_marked(
    at_desk: Desk, anna: User, told: tuple[Ticket, Ticket], viewport: dict[str, int]
) -> None:
    routers, _bill = told
    page = at_desk(anna, viewport=viewport)
    page.goto("/search/")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator("#results")).to_contain_text("статус:открыт")  # with nothing typed it tells what may be typed
    page.wait_for_load_state("load")

    page.locator(FIELD).fill("роутер перезагружаться")
    found = page.locator("ol.found li")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Ночные перезагрузки")
    expect(found.locator(".snip mark").first).to_be_visible()
    assert {mark.lower() for mark in found.locator("mark").all_inner_texts()} >= {"роутеры", "перезагружаются"}
    page.wait_for_url("**/search/?q=*")  # what is found has an address
    page.reload()
    expect(found).to_have_count(1)
    expect(page.locator(FIELD)).to_have_value("роутер перезагружаться")

    box, wide = found.bounding_box(), page.evaluate("document.documentElement.scrollWidth")
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= viewport["width"] and wide <= viewport["width"]
    found.locator("a").click()
    page.wait_for_url(f"**/tickets/{routers.number}/**")


def test_operators_narrow_and_what_is_wrong_is_told(at_desk: Desk, anna: User, told: tuple[Ticket, Ticket]) -> None:
    _routers, bill = told
    page = at_desk(anna)
    page.goto("/search/")
    page.wait_for_load_state("load")
    rows = page.locator("ol.found[data-rows] li")
    for query, subjects in (
        ("status:open", {"Ночные перезагрузки", "Счёт"}),
        ("owner:me", {"Счёт"}),
        ("status:open -owner:me", {"Ночные перезагрузки"}),
        ("status:open -счета", {"Ночные перезагрузки"}),
        ("from:petr@neva.example", {"Счёт"}),
        ('"телефоны молчат"', {"Ночные перезагрузки"}),
        (f"{bill.number}", {"Счёт"}),
    ):
        page.locator(FIELD).fill(query)
        expect(rows).to_have_count(len(subjects))
        for subject in subjects:
            expect(rows.filter(has_text=subject)).to_have_count(1)

    page.locator(FIELD).fill("before:однажды")
    expect(page.locator("#results .callout[data-s=soon]")).to_be_visible()
    page.locator(FIELD).fill("бегемот")
    expect(page.locator("#results")).to_contain_text("Ничего не нашлось")


def test_people_are_found_by_a_slip_and_words_by_the_other_layout(
    at_desk: Desk, anna: User, told: tuple[Ticket, Ticket]
) -> None:
    page = at_desk(anna)
    page.goto("/search/")
    page.wait_for_load_state("load")
    page.locator(FIELD).fill("Невскый")
    expect(page.locator("ul.people")).to_contain_text("Пётр Невский")
    page.locator(FIELD).fill("hjenths")
    expect(page.locator("#results")).to_contain_text("в другой раскладке")
    expect(page.locator("ol.found li")).to_contain_text("Ночные перезагрузки")


def test_what_is_not_ones_own_is_found_by_no_words(at_desk: Desk, vera: User, told: tuple[Ticket, Ticket]) -> None:
    """Vera works on the second line."""
    page = at_desk(vera)
    for query in ("роутер", "Донская", "from:petr@neva.example", str(told[1].number)):
        page.goto(f"/search/?q={query}")
        expect(page.locator("#results")).to_contain_text("Ничего не нашлось")
