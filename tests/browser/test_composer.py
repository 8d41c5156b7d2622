"""The composer in a real browser: nothing typed is lost, nothing leaves by accident."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets.models import Presence, Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


@pytest.fixture
def request_(pavel: Contact, writes: Write) -> Ticket:
    return writes("Пропал звук.", subject="Нет звука", cc=["olga@volga.test"])


@pytest.fixture
def page(at_desk: Desk, anna: User, request_: Ticket) -> Any:
    page = at_desk(anna)
    open_ticket(page, request_)
    return page


def open_ticket(page: Any, ticket: Ticket) -> None:
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.wait_for_selector("#reply-text")


def send(page: Any) -> None:
    page.locator("[data-key=send]:visible").click()


def without_network(page: Any) -> None:
    """htmx reports a lost request to the console, which a test would take for a fault of the page."""
    page.evaluate("console.error = () => {}")


def answers() -> Any:
    return Message.objects.filter(direction="out", automatic="", taken_back_at=None)


def first_letter(ticket: Ticket) -> str:
    message = ticket.conversation.messages.order_by("id").first()
    assert message
    return message.external_id


def test_a_text_is_kept_in_two_seconds_and_is_back_after_a_crash(
    page: Any, at_desk: Desk, anna: User, request_: Ticket, wait_until: Any
) -> None:
    page.fill("#reply-text", "Проверяем маршрут")
    wait_until(lambda: Draft.objects.filter(text="Проверяем маршрут").exists(), 5)
    page.close(run_before_unload=False)

    again = at_desk(anna)
    open_ticket(again, request_)

    assert again.input_value("#reply-text") == "Проверяем маршрут"


def test_while_the_server_is_away_the_text_is_kept_in_the_browser(page: Any, request_: Ticket) -> None:
    page.route("**/draft/", lambda route: route.abort())
    page.fill("#reply-text", "Проверяем маршрут")
    page.locator("#reply-text").blur()
    state = page.locator("[data-draft-state]")
    page.locator("[data-draft-state]", has_text=state.get_attribute("data-local")).wait_for()
    page.reload()
    page.wait_for_selector("[data-notice=restored]:visible")

    assert page.input_value("#reply-text") == "Проверяем маршрут"
    page.locator("[data-drop-restored]").click()
    assert page.input_value("#reply-text") == ""


def test_another_window_is_asked_not_overwritten(page: Any, anna: User, request_: Ticket, wait_until: Any) -> None:
    page.fill("#reply-text", "Первое окно")
    wait_until(lambda: Draft.objects.exists(), 5)
    Draft.objects.update(text="Другой компьютер", saved_at=Draft.objects.get().saved_at + timedelta(seconds=5))

    page.locator("#reply-text").press_sequentially(" пишет дальше")
    page.locator("#reply-text").blur()
    page.wait_for_selector("[data-notice=conflict]:visible")
    assert page.input_value("#reply-text") == "Первое окно пишет дальше"

    page.locator("[data-take-theirs]").click()
    assert page.input_value("#reply-text") == "Другой компьютер"


def test_live_news_never_touch_what_is_being_typed(page: Any, request_: Ticket, writes: Write) -> None:
    field = page.locator("#reply-text")
    field.fill("Начало конец")
    field.evaluate("field => field.setSelectionRange(6, 6)")

    writes("Ещё вопрос от клиента", references=[first_letter(request_)])
    page.locator("#timeline").get_by_text("Ещё вопрос от клиента").wait_for()
    page.keyboard.type(" и середина")

    assert field.input_value() == "Начало и середина конец"
    page.wait_for_selector("[data-notice=news]:visible")


def test_what_came_meanwhile_stops_the_reply_until_it_was_read(page: Any, request_: Ticket, writes: Write) -> None:
    page.fill("#reply-text", "Проверяем")
    writes("Уже заработало", references=[first_letter(request_)])
    page.wait_for_selector("[data-notice=news]:visible")

    send(page)
    page.wait_for_selector("#stale")
    expect(page.locator("#stale")).to_be_focused()
    assert not answers().exists()
    assert page.locator("#stale").get_by_text("Уже заработало").is_visible()

    page.locator("#stale [name=act][value=edit]").click()
    page.wait_for_selector("#stale", state="detached")
    expect(page.locator("#reply-text")).to_have_value("Проверяем")
    send(page)
    page.wait_for_selector(".sentbar")
    assert answers().count() == 1


def test_DEDUP_3_an_impatient_hand_sends_once(page: Any, wait_until: Any) -> None:
    page.fill("#reply-text", "Готово")
    page.locator("[data-key=send]:visible").evaluate("button => { button.click(); button.click(); button.click() }")
    page.wait_for_selector(".sentbar")

    assert answers().count() == 1


def test_without_a_connection_the_text_stays_and_leaves_once_later(page: Any) -> None:
    without_network(page)
    page.fill("#reply-text", "Проверяем")
    page.route("**/tickets/*/*/", lambda route: route.abort())  # a draft that gets through says that all is well again
    send(page)
    page.wait_for_selector("[data-notice=offline]:visible")
    assert page.input_value("#reply-text") == "Проверяем"

    page.unroute("**/tickets/*/*/")
    page.locator("#reply-text").press_sequentially("!")
    page.wait_for_selector("[data-notice=online]:visible")
    assert page.locator("[data-notice=offline]").is_hidden(), "what is over is not said any more"
    send(page)
    page.wait_for_selector(".sentbar")
    assert answers().count() == 1


def test_an_answer_that_got_lost_on_the_way_back_is_not_sent_twice(page: Any) -> None:
    without_network(page)
    page.fill("#reply-text", "Проверяем")

    def swallow(route: Any) -> None:
        if route.request.url.endswith("/reply/"):
            route.fetch()
        route.abort()

    page.route("**/tickets/*/*/", swallow)
    send(page)
    page.wait_for_selector("[data-notice=offline]:visible")
    page.unroute("**/tickets/*/*/")
    send(page)
    page.wait_for_selector(".sentbar")

    assert answers().count() == 1


def test_a_sent_text_leaves_no_draft_behind(page: Any, request_: Ticket) -> None:
    page.fill("#reply-text", "Проверяем")
    send(page)
    page.wait_for_selector(".sentbar")
    page.wait_for_timeout(2500)
    page.reload()
    page.wait_for_selector("#composer")

    assert not Draft.objects.exists() and page.input_value("#reply-text") == ""


def test_files_went_ahead_so_the_text_goes_without_the_dear_form_of_files(page: Any, wait_until: Any) -> None:
    page.fill("#reply-text", "Проверяем маршрут.\nСкоро напишем.")
    with page.expect_request("**/reply/") as asked:
        send(page)
    wait_until(lambda: answers().exists(), 5)

    assert asked.value.headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert answers().get().text.splitlines() == ["Проверяем маршрут.", "Скоро напишем."]


def test_a_date_in_the_words_is_promised_by_one_press(page: Any, request_: Ticket) -> None:
    page.fill("#reply-text", "Вернусь с ответом через два часа")
    page.locator("#reply-text").blur()
    page.locator("[data-take-offer]").click()
    send(page)
    page.wait_for_selector(".sentbar")

    request_.refresh_from_db()
    assert request_.due_at
    assert timedelta(hours=1, minutes=55) < request_.due_at - answers().get().at < timedelta(hours=2, minutes=6)


def test_a_day_that_is_chosen_already_is_not_offered_again(page: Any) -> None:
    """«Завтра» agrees with "tomorrow by 12:00"; a written hour that differs does not."""
    tomorrow = f"{timezone.localtime(clock.now(), ZoneInfo('Europe/Moscow')) + timedelta(days=1):%Y-%m-%d}"
    first = page.locator(".next [data-for=vow] .date input").first
    first.evaluate(f"radio => (radio.value = '{tomorrow}T12:00:00+03:00')")
    first.check()
    page.fill("#reply-text", "Вернусь завтра")
    page.locator("#reply-text").blur()
    expect(page.locator("[data-draft-state]")).to_have_text("Черновик сохранён")
    expect(page.locator("[data-offer]")).to_be_hidden()

    page.fill("#reply-text", "Вернусь завтра до 23:45")
    page.locator("#reply-text").blur()
    expect(page.locator("[data-offer]")).to_be_visible()


def test_the_button_tells_the_consequence(page: Any) -> None:
    button = page.locator(".split [data-key=send]")
    dates = page.locator(".next [data-for=vow] .date input")
    first = button.inner_text()
    dates.nth(1).check()
    assert button.inner_text() != first and dates.nth(1).get_attribute("data-short") in button.inner_text()

    said = set()
    for outcome in ("n-wait", "n-vow", "n-done", "n-no"):
        page.locator(f"label:has(#{outcome})").click()
        said.add(button.inner_text())
    assert len(said) == 4


def test_a_refusal_is_led_to_what_it_lacks(page: Any, request_: Ticket) -> None:
    page.fill("#reply-text", "Здравствуйте!")
    page.locator("label:has(#n-no)").click()
    for field in ("reason", "explanation", "alternatives"):
        send(page)
        page.wait_for_selector(f"#e-{field}")
        if field == "reason":
            page.select_option("#reason", "outside")
        elif field == "explanation":
            page.fill("#explanation", "Роутер обслуживает ваш провайдер.")
        else:
            page.locator("[name=alternatives]").first.fill("Созвонимся втроём")
            page.locator("[data-add-offer]").click()
            page.locator("[name=alternatives]").last.fill("Привезём свой роутер")
    assert not answers().exists()

    send(page)
    page.wait_for_selector(".sentbar")
    request_.refresh_from_db()
    assert request_.refusals.get().alternatives == ["Созвонимся втроём", "Привезём свой роутер"]


def test_files_are_sent_shown_and_taken_out(page: Any, settings: Any, tmp_path: Any, wait_until: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    chooser = page.locator("[data-mode=reply] input[type=file]")
    chooser.set_input_files([{"name": n, "mimeType": "text/plain", "buffer": b"x"} for n in ("акт.txt", "счёт.txt")])
    page.locator(".uploads input[name=files]").nth(1).wait_for(state="attached")
    page.locator(".uploads li", has_text="счёт.txt").get_by_role("button").click()

    page.fill("#reply-text", "Акт во вложении")
    send(page)
    page.wait_for_selector(".sentbar")
    assert [file.name for file in answers().get().attachments.all()] == ["акт.txt"]


def test_too_large_a_file_says_so_before_it_is_sent(page: Any) -> None:
    page.locator("[data-mode=reply][data-upload]").evaluate("box => (box.dataset.max = 3)")
    page.locator("[data-mode=reply] input[type=file]").set_input_files(
        {"name": "видео.mp4", "mimeType": "video/mp4", "buffer": b"12345"}
    )

    page.wait_for_selector(".uploads li[data-s=error]")
    assert not Attachment.objects.exists()


def test_whoever_falls_out_of_the_talk_is_named(page: Any) -> None:
    page.locator(".addressees summary").click()
    page.locator("[name=cc][value='olga@volga.test']").uncheck()
    assert page.locator("[data-left-out]").is_visible()

    page.locator("[data-add-back]").click()
    assert not page.locator("[data-left-out]").is_visible()
    page.locator("[name=cc_more]").fill("new@volga.test")
    page.locator("[name=cc_more]").press("Enter")
    page.fill("#reply-text", "Всем привет")
    send(page)
    page.wait_for_selector(".sentbar")

    assert answers().get().cc == ["olga@volga.test", "new@volga.test"]


def test_two_colleagues_see_each_other(page: Any, at_desk: Desk, ilya: User, request_: Ticket, wait_until: Any) -> None:
    other = at_desk(ilya)
    open_ticket(other, request_)
    other.locator("#reply-text").press_sequentially("Пишу")
    wait_until(lambda: Presence.objects.filter(user=ilya, doing="writes").exists())

    page.locator("#presence").get_by_text("Илья").wait_for()
    page.locator(".bar.end [data-writers]").get_by_text("Илья").wait_for()
    other.close()
    page.locator("#presence").get_by_text("Илья").wait_for(state="detached")


def test_marks_of_the_text_and_its_preview(page: Any) -> None:
    field = page.locator("#reply-text")
    field.fill("Готово")
    field.select_text()
    page.locator(".tools .marks [data-md=bold]").first.click()
    assert field.input_value() == "**Готово**"

    page.locator("[data-preview=reply-look]").click()
    assert page.locator("#reply-look strong").inner_text() == "Готово"
    page.locator("[data-preview=reply-look]").click()
    assert field.is_visible()


def test_where_the_bar_stands_no_second_one_does(page: Any, request_: Ticket) -> None:
    page.fill("#reply-text", "Проверяем маршрут")
    send(page)
    page.wait_for_selector(".sentbar")
    page.goto("/queue/line/")
    toast = page.locator("[data-undo-toast]")
    expect(toast).to_contain_text("ответ уйдёт через")

    page.locator(f"#t{request_.number} a").click()

    expect(page.locator(".sentbar")).to_be_visible()
    expect(toast).to_be_hidden()


def test_after_sending_the_form_is_empty_and_nothing_of_it_is_a_draft(page: Any, wait_until: Any) -> None:
    page.fill("#reply-text", "Готово")
    page.locator("label:has(#n-done)").click()
    page.fill("#summary", "перезагрузили роутер")
    send(page)
    page.wait_for_selector(".sentbar")
    page.keyboard.press("r")

    expect(page.locator("#reply-text")).to_have_value("")
    expect(page.locator("#summary")).to_have_value("")
    key = page.locator("#composer [name=key]").input_value()
    page.keyboard.type("Ещё одно")
    wait_until(lambda: Draft.objects.filter(text="Ещё одно").exists())
    assert Draft.objects.count() == 1 and not Draft.objects.get().form.get("summary")
    send(page)
    wait_until(lambda: answers().count() == 2)
    expect(page.locator("#composer [name=key]")).not_to_have_value(key)


def test_under_the_bar_one_can_already_write_on(page: Any) -> None:
    page.fill("#reply-text", "Первое")
    send(page)
    page.wait_for_selector(".sentbar")
    page.keyboard.press("r")
    page.keyboard.type("Второе")

    assert page.input_value("#reply-text") == "Второе" and page.locator(".sentbar").is_visible()
    page.locator(".sentbar [data-key=undo]").click()
    expect(page.locator("#reply-text")).to_have_value("Первое\n\nВторое")


def test_an_error_of_the_server_takes_neither_the_text_nor_the_page(page: Any) -> None:
    """The page that says what broke would stand in place of the conversation, without a way on."""
    broken = {"status": 500, "body": "<html><title>500</title><h1>Сломалось</h1></html>", "content_type": "text/html"}
    page.route("**/reply/", lambda route: route.fulfill(**broken))
    page.evaluate("console.error = () => {}")
    page.fill("#reply-text", "Проверяем маршрут")
    send(page)

    expect(page.locator("#toasts .toast")).to_contain_text("Не получилось")
    expect(page.locator("#reply-text")).to_have_value("Проверяем маршрут")
    expect(page.locator("h1", has_text="Сломалось")).to_have_count(0)


def test_what_is_put_right_is_no_mistake_any_more(page: Any) -> None:
    send(page)
    expect(page.locator("#e-text")).to_be_visible()

    page.locator("#reply-text").press_sequentially("Н")

    expect(page.locator("#e-text")).to_have_count(0)
    expect(page.locator("#reply-text")).not_to_have_attribute("aria-invalid", "true")


def test_the_keys_of_what_next_bring_the_answer_back_from_a_note(page: Any) -> None:
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    press_russian(page, "E")

    expect(page.locator("#m-reply")).to_be_checked()
    expect(page.locator("#n-done")).to_be_checked()
    expect(page.locator("#reply-text")).to_be_focused()


def test_taking_covers_nothing_and_is_said_to_a_screen_reader(page: Any, request_: Ticket) -> None:
    page.locator("[data-key=take]").click()

    expect(page.locator("#announce")).to_have_text("Обращение ваше")
    expect(page.locator("#toasts .toast")).to_have_count(0)


def test_the_dialog_of_people_begins_at_who_answers_now(page: Any, request_: Ticket, anna: User, ilya: User) -> None:
    request_.take(by=anna)
    page.reload()
    page.wait_for_selector("#reply-text")
    page.keyboard.press("a")

    chosen = page.locator("dialog[open] input:checked")
    expect(chosen).to_have_value(str(anna.pk))
    expect(chosen).to_be_focused()


def test_without_scripts_everything_works_by_plain_forms(
    at_desk: Desk, anna: User, ilya: User, request_: Ticket
) -> None:
    page = at_desk(anna, java_script_enabled=False)
    page.goto(f"/tickets/{request_.number}/?view=mine")
    page.fill("#reply-text", "Вернусь через час")
    page.locator("label:has(#n-done)").click()
    page.locator(".split [data-key=send]").click()
    page.locator("[name=sure]").click()
    page.wait_for_url(f"**/tickets/{request_.number}/?view=mine")
    assert answers().count() == 1

    page.locator(".sentbar [data-key=undo]").click()
    page.wait_for_url("**compose=reply")
    assert page.input_value("#reply-text") == "Вернусь через час" and not answers().exists()
    page.locator("[data-acts] [data-key=assign]").click()
    page.get_by_role("radio", name="Илья Соколов").check()
    page.locator("main form [type=submit]").last.click()
    request_.refresh_from_db()
    assert request_.owner == ilya


def test_chosen_words_are_quoted_with_their_author(page: Any) -> None:
    words = page.locator("#timeline .msg[data-from=client] .words").first
    words.click(click_count=3, position={"x": 20, "y": 8})
    expect(page.locator("#quote")).to_be_visible()

    press_russian(page, "Q")

    expect(page.locator("#reply-text")).to_be_focused()
    text = page.input_value("#reply-text")
    assert text.startswith("Павел") and text.endswith(":\n> Пропал звук.\n\n")
    expect(page.locator("#quote")).to_be_hidden()
