"""Find or do."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.fixtures.live import wait_until


def ask(page: Page, text: str) -> None:
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill(text)


@pytest.mark.parametrize(
    "query", ["напеч", "НАПЕЧ", "yfgtx", "нпчт"], ids=["typed", "capitals", "wrong layout", "a few letters"]
)
def test_an_action_is_found_however_it_was_typed(desk: Page, query: str) -> None:
    ask(desk, query)
    desk.keyboard.press("Enter")
    expect(desk.locator("#toasts .toast")).to_contain_text("Печатаем")
    expect(desk.locator("#palette")).to_be_hidden()


@pytest.mark.parametrize("query", ["assign", "ASSI", "фыышпт"], ids=["typed", "capitals", "wrong layout"])
def test_an_action_is_found_by_its_english_name(desk: Page, query: str) -> None:
    ask(desk, query)
    expect(desk.locator("#palette [role=option]").first).to_contain_text("Назначить")


def test_letters_within_an_english_word_find_no_action(desk: Page) -> None:
    ask(desk, "sig")
    expect(desk.locator("#palette [role=option]", has_text="Назначить")).to_have_count(0)


def test_places_are_listed_with_their_keys(desk: Page) -> None:
    ask(desk, "база")
    option = desk.locator("#palette [role=option]", has_text="База знаний")
    expect(option).to_contain_text("G/П K/Л")
    option.click()
    desk.wait_for_url("**/desk/row/")


def test_what_cannot_be_done_now_is_shown_with_the_reason(desk: Page) -> None:
    desk.keyboard.press("Control+k")
    expect(desk.locator("#palette [aria-disabled=true]")).to_contain_text("Ваша роль не назначает")


def test_the_server_adds_what_it_finds(desk: Page) -> None:
    ask(desk, "Волга")
    found = desk.locator("#palette [role=option]", has_text="Найдено: Волга")
    expect(found).to_be_visible()
    expect(desk.locator("#announce")).to_contain_text("1")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/row/1")


def test_yo_and_ye_are_one_letter(desk: Page) -> None:
    assert desk.evaluate("import('/static/ui/js/fuzzy.js').then(m => m.score('Расчёт ёлки', 'расчет елки'))") == 10
    assert desk.evaluate("import('/static/ui/js/fuzzy.js').then(m => m.score('Очередь', 'телефон'))") == 0


def test_a_counter_is_no_part_of_a_name(desk: Page) -> None:
    ask(desk, "напеч")
    expect(desk.locator("#palette [role=option]").first).to_have_text("Напечатать")


def test_scattered_letters_find_no_action(desk: Page) -> None:
    """«верс» looks for a client; Enter must not send the letter whose words happen to hold these letters."""
    found = desk.evaluate(
        "import('/static/ui/js/fuzzy.js').then(m => m.score('Отправить и перейти к следующему', 'верс'))"
    )
    assert found == 0
    assert desk.evaluate("import('/static/ui/js/fuzzy.js').then(m => m.score('Взять следующее', 'взсл'))") == 2


def test_focus_returns_to_the_text_one_was_writing(desk: Page) -> None:
    desk.locator("#text").focus()
    desk.keyboard.press("Control+k")
    expect(desk.locator("#palette input")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.locator("#text")).to_be_focused()


def test_what_the_arrows_have_chosen_stays_chosen_when_more_is_found(desk: Page) -> None:
    held: list[Route] = []
    desk.route("**/search/**", lambda route: held.append(route))
    desk.keyboard.press("Control+k")
    desk.keyboard.press("ArrowDown")
    chosen = desk.locator("#palette [aria-selected=true]")
    said = chosen.text_content() or ""
    wait_until(lambda: desk.evaluate("true") and held)
    held[0].continue_()

    expect(desk.locator("#palette [role=option]").first).to_contain_text("Найдено")
    expect(chosen).to_have_text(said)
