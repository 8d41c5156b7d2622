"""Find or do in two steps: an act, then its value, by keys alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
OPENED = """() => new Promise((done) => {
    const began = performance.now();
    const told = { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent('keydown', told));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""


@pytest.fixture
def page(at_desk: Desk, boris: User, ticket: Ticket) -> Page:
    page = at_desk(boris)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#composer").wait_for()
    return page


def act(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill(words)
    page.keyboard.press("Enter")
    page.locator("#palette .value").first.wait_for()


def test_somebody_is_chosen_by_name_with_load_and_presence_in_sight(page: Page, ticket: Ticket, ilya: User) -> None:
    act(page, "назнач")
    expect(page.locator("#palette input")).to_have_attribute("placeholder", "Назначить")
    person = page.locator("#palette .value", has_text=ilya.name)
    expect(person).to_contain_text("ждут 0")  # what they have
    expect(person.locator("small").first).not_to_be_empty()  # whether they are at work
    page.keyboard.type(ilya.name.split(" ")[0])
    page.keyboard.press("Enter")

    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("dialog")).to_have_count(0)
    ticket.refresh_from_db()
    assert ticket.owner == ilya


def test_a_name_typed_before_the_values_have_come_is_looked_for_among_them(
    page: Page, ticket: Ticket, ilya: User, wait_until: Any
) -> None:
    held: list[Any] = []
    page.route("**/assign/**", lambda route: route.continue_() if held else held.append(route))
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("назнач")
    page.keyboard.press("Enter")
    page.keyboard.type(ilya.name.split(" ")[0])
    wait_until(lambda: page.evaluate("true") and held)
    held[0].continue_()

    expect(page.locator("#palette .value").first).to_contain_text(ilya.name)
    page.keyboard.press("Enter")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("dialog")).to_have_count(0)
    ticket.refresh_from_db()
    assert ticket.owner == ilya


def test_a_number_chooses_and_backspace_leads_back(page: Page, ticket: Ticket) -> None:
    act(page, "важност")
    page.keyboard.press("Backspace")
    expect(page.locator("#palette .value")).to_have_count(0)
    expect(page.locator("#palette [role=option]").first).to_be_visible()
    page.keyboard.press("Escape")

    act(page, "важност")
    first = page.locator("#palette .value").first
    expect(first.locator("kbd")).to_have_text("1")
    chosen = first.inner_text().split("\n")[0].strip()
    page.keyboard.press("1")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("dialog")).to_have_count(0)
    ticket.refresh_from_db()
    assert ticket.get_priority_display().lower().startswith(chosen.lower()[:4])


def test_a_date_is_taken_along_to_the_dialog_that_asks_what_happens_then(page: Page, ticket: Ticket) -> None:
    act(page, "отложить")
    page.keyboard.press("2")
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("[name=aside_until]").nth(1)).to_be_checked()
    expect(dialog.locator("[name=aside_what]")).to_be_focused()
    page.keyboard.type("Спросить склад")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.next_note) == ("scheduled", "Спросить склад")


def test_on_the_russian_layout_and_fast(page: Page, ticket: Ticket, request: pytest.FixtureRequest) -> None:
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("yfpyfx")  # «назнач» on the other layout
    expect(page.locator("#palette [role=option]").first).to_contain_text("Назначить")
    page.keyboard.press("Escape")
    took = []
    for _ in range(7):
        took.append(page.evaluate(OPENED))
        expect(page.locator("#palette input")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#palette")).to_be_hidden()
        expect(page.locator("#palette input")).not_to_be_focused()
    request.node.user_properties.append(("palette opens, ms", sorted(took)[len(took) // 2]))
    print("palette opens, ms:", [round(one, 1) for one in took])
    press_russian(page, "A")
    expect(page.locator("dialog[open]")).to_be_visible()


def test_who_may_not_give_it_away_reads_why(at_desk: Desk, anna: User, ilya: User, ticket: Ticket) -> None:
    ticket.take(by=ilya)
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    act(page, "назнач")
    expect(page.locator("#palette .value[aria-disabled=true]").first).to_be_visible()
    expect(page.locator("#palette .value:not([aria-disabled])")).to_have_count(0)
    page.keyboard.press("1")
    ticket.refresh_from_db()
    assert ticket.owner == ilya


def test_back_in_the_list_the_same_row_stands_at_the_same_height(
    at_desk: Desk, anna: User, writes: Write, narrow_or_wide: dict[str, Any], wait_until: Any
) -> None:
    tickets = [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(30)]
    page = at_desk(anna, **narrow_or_wide)
    page.goto("/queue/line/")
    row = page.locator(f"#t{tickets[20].pk}")
    row.scroll_into_view_if_needed()
    page.evaluate("new Promise(requestAnimationFrame)")
    before = row.bounding_box()
    row.locator("a").click()
    page.wait_for_url(f"**/tickets/{tickets[20].number}/**")
    page.locator(f"#open[data-ticket='{tickets[20].pk}']").wait_for()
    page.go_back()
    page.wait_for_url("**/queue/line/")
    wait_until(lambda: (after := row.bounding_box()) and abs(before["y"] - after["y"]) <= 2)


@pytest.fixture(params=["wide", "phone"])
def narrow_or_wide(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {"viewport": {"width": 390, "height": 740}} if request.param == "phone" else {}
