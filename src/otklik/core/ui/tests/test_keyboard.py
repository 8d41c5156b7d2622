"""Keys mean the same on every layout, and nothing while one writes."""

import pytest
from playwright.sync_api import Page, expect

from tests.fixtures.browser import stand_still

PRESS = """([key, code, more]) => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true, ...more}))"""


def press(page: Page, key: str, code: str, **more: bool) -> None:
    page.evaluate(PRESS, [key, code, more])


def toast(page: Page, text: str) -> None:
    expect(page.locator("#toasts .toast", has_text=text).first).to_be_visible()


@pytest.mark.parametrize(
    ("key", "code"),
    [("i", "KeyI"), ("ш", "KeyI"), ("Ш", "KeyI"), ("i", "KeyG")],
    ids=["latin", "russian", "capitals", "dvorak: the typed letter wins"],
)
def test_a_letter_acts_on_any_layout(desk: Page, key: str, code: str) -> None:
    press(desk, key, code)
    toast(desk, "Взято")


def test_the_physical_key_is_not_asked_where_a_latin_letter_is_typed(desk: Page) -> None:
    press(desk, "q", "KeyI")
    expect(desk.locator("#toasts .toast")).to_have_count(0)


def test_a_letter_focuses_the_field_of_its_action(desk: Page) -> None:
    press(desk, "к", "KeyR")
    expect(desk.locator("#text")).to_be_focused()


@pytest.mark.parametrize(
    "more", [{"altKey": True}, {"ctrlKey": True}, {"metaKey": True}, {"isComposing": True}], ids=str
)
def test_modifiers_and_unfinished_letters_are_left_alone(desk: Page, more: dict[str, bool]) -> None:
    press(desk, "i", "KeyI", **more)
    expect(desk.locator("#toasts .toast")).to_have_count(0)


def test_nothing_fires_while_one_writes_and_escape_leaves_the_text(desk: Page) -> None:
    desk.locator("#text").focus()
    desk.keyboard.type("i")
    expect(desk.locator("#toasts .toast")).to_have_count(0)
    desk.keyboard.press("Escape")
    expect(desk.locator("#text")).not_to_be_focused()
    desk.keyboard.press("i")
    toast(desk, "Взято")


def test_single_keys_are_off_when_the_person_says_so(desk: Page) -> None:
    desk.evaluate("document.documentElement.dataset.keys = 'off'")
    desk.keyboard.press("i")
    expect(desk.locator("#toasts .toast")).to_have_count(0)
    desk.keyboard.press("Control+k")
    expect(desk.locator("#palette")).to_be_visible()


def test_a_disabled_action_says_why(desk: Page) -> None:
    desk.keyboard.press("a")
    toast(desk, "Ваша роль не назначает")


def test_the_topmost_layer_owns_the_keys(desk: Page) -> None:
    desk.keyboard.press("d")
    expect(desk.locator("#ask")).to_be_visible()
    desk.locator("#ask [data-close]").focus()
    press(desk, "i", "KeyI")
    expect(desk.locator("#toasts .toast", has_text="Внутри")).to_have_count(1)
    expect(desk.locator("#toasts .toast", has_text="Взято")).to_have_count(0)


def test_g_shows_where_one_can_go_and_the_letter_goes_there(desk: Page) -> None:
    stand_still(desk)  # the letter has a second
    press(desk, "п", "KeyG")
    expect(desk.locator(".gohint")).to_contain_text("K/ЛБаза знаний")
    press(desk, "л", "KeyK")
    desk.wait_for_url("**/desk/row/")


def test_g_is_forgotten_after_a_second(desk: Page) -> None:
    stand_still(desk)
    press(desk, "g", "KeyG")
    desk.clock.run_for(1100)
    expect(desk.locator(".gohint")).to_have_count(0)
    press(desk, "k", "KeyK")
    assert desk.url.endswith("/desk/")


def test_rows_are_walked_opened_and_chosen(desk: Page) -> None:
    press(desk, "о", "KeyJ")
    press(desk, "j", "KeyJ")
    expect(desk.get_by_role("link", name="Обращение 2")).to_be_focused()
    press(desk, "ч", "KeyX")
    press(desk, "О", "KeyJ", shiftKey=True)
    chosen = desk.locator("[data-row][aria-selected=true]")
    expect(chosen).to_have_count(2)
    press(desk, "Ч", "KeyX", shiftKey=True)
    expect(chosen).to_have_count(4)
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/row/3")


def test_the_sheet_of_keys_shows_what_this_page_offers(desk: Page) -> None:
    press(desk, "?", "Digit7", shiftKey=True)
    sheet = desk.locator("dialog:has(.keysheet)")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("R/К")
    expect(sheet).to_contain_text("G/П Q/Й")
    expect(sheet.locator("li", has=desk.get_by_text("M/Ь", exact=True))).to_have_count(0)
    desk.keyboard.press("Escape")
    expect(sheet).to_have_count(0)


def test_control_enter_sends_from_the_text(desk: Page) -> None:
    desk.locator("#word").fill("да")
    desk.locator("#text").focus()
    desk.keyboard.press("Control+Enter")
    toast(desk, "Sent")
