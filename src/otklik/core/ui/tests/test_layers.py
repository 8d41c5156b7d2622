"""Dialogs, menus and toasts: open, close, give the focus back."""

from playwright.sync_api import Page, expect

from tests.fixtures.browser import stand_still


def test_a_dialog_gives_the_focus_back(desk: Page) -> None:
    opener = desk.get_by_role("button", name="Что дальше")
    opener.click()
    desk.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_a_click_beside_closes_it_unless_something_was_written(desk: Page) -> None:
    desk.get_by_role("button", name="Что дальше").click()
    desk.mouse.click(20, 20)
    expect(desk.locator("#ask")).to_be_hidden()
    desk.get_by_role("button", name="Что дальше").click()
    desk.locator("#ask input").fill("перезвонить")
    desk.mouse.click(20, 20)
    expect(desk.locator("#ask")).to_be_visible()


def test_a_dialog_from_the_server_opens_itself_and_leaves(desk: Page) -> None:
    opener = desk.get_by_role("button", name="Диалог с сервера")
    opener.click()
    expect(desk.locator("#fetched")).to_be_visible()
    desk.locator("#fetched [data-close]").click()
    expect(desk.locator("#fetched")).to_have_count(0)


def test_the_server_can_close_a_dialog(desk: Page) -> None:
    desk.get_by_role("button", name="Что дальше").click()
    desk.evaluate("document.dispatchEvent(new CustomEvent('dialog:close', {bubbles: true}))")
    expect(desk.locator("#ask")).to_be_hidden()


def test_a_menu_stands_by_its_button_and_digits_choose(desk: Page) -> None:
    button = desk.get_by_role("button", name="Отложить")
    button.click()
    menu, by = desk.locator("#choices"), button.bounding_box()
    box = menu.bounding_box()
    assert by
    assert box
    assert abs(box["x"] - by["x"]) < 2
    assert 0 <= box["y"] - by["y"] - by["height"] < 12
    desk.keyboard.press("2")
    expect(desk.locator("#toasts .toast")).to_contain_text("Завтра")
    expect(menu).to_be_hidden()


def test_arrows_walk_a_menu_and_escape_gives_the_focus_back(desk: Page) -> None:
    button = desk.get_by_role("button", name="Отложить")
    button.click()
    expect(desk.locator("#choices button").nth(0)).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#choices button").nth(1)).to_be_focused()
    desk.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_toast_leaves_by_itself_but_not_under_the_hand(desk: Page) -> None:
    stand_still(desk)
    desk.locator("[data-palette]").click()
    toast = desk.locator("#toasts .toast")
    toast.hover()
    desk.clock.run_for(20_000)
    expect(toast).to_have_count(1)
    desk.mouse.move(5, 5)
    desk.clock.run_for(7_000)
    expect(toast).to_have_count(0)


def test_a_form_with_errors_is_swapped_and_keeps_what_was_written(desk: Page) -> None:
    desk.locator("#text").fill("ответ")
    desk.get_by_role("button", name="Отправить").click()
    expect(desk.locator("#problem")).to_have_text("Напишите слово")


def test_theme_and_density_change_at_once_and_are_kept_in_the_profile(desk: Page) -> None:
    from otklik.core.ui.tests.urls import HEARD

    desk.locator(".side .me").click()
    with desk.expect_response("**/preferences/"):
        desk.locator("#me [data-set-theme=dark]").click()
    assert desk.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    with desk.expect_response("**/preferences/"):
        desk.locator("#me [data-toggle-density]").click()
    assert HEARD["prefs"] == [{"theme": "dark"}, {"compact": "on"}]


def test_a_countdown_ends_with_an_event(desk: Page) -> None:
    expect(desk.locator("#bar [data-count]")).to_have_text("0")
    expect(desk.locator("#place")).not_to_be_empty()
