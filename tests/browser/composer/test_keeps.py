"""Nothing typed is lost, nothing leaves by accident or twice, whatever happens meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Presence, Ticket
from tests.browser.composer.moves import answers, first_letter, open_ticket, send, sent, without_network
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]


def test_a_text_is_kept_in_two_seconds_and_is_back_after_a_crash(
    page: Any, at_desk: Desk, anna: User, request_: Ticket, wait_until: Any
) -> None:
    page.fill("#reply-text", "Проверяем маршрут")
    wait_until(lambda: Draft.objects.filter(text="Проверяем маршрут").exists())
    page.close(run_before_unload=False)

    again = at_desk(anna)
    open_ticket(again, request_)

    expect(again.locator("#reply-text")).to_have_value("Проверяем маршрут")


def test_while_the_server_is_away_the_text_is_kept_in_the_browser(page: Any, request_: Ticket) -> None:
    page.route("**/draft/", lambda route: route.abort())
    page.fill("#reply-text", "Проверяем маршрут")
    page.locator("#reply-text").blur()
    state = page.locator("[data-draft-state]")
    page.locator("[data-draft-state]", has_text=state.get_attribute("data-local")).wait_for()
    page.reload()
    page.wait_for_selector("[data-notice=restored]:visible")

    expect(page.locator("#reply-text")).to_have_value("Проверяем маршрут")
    page.locator("[data-notice=restored] [data-drop-restored]").click()
    expect(page.locator("#reply-text")).to_have_value("")


def test_another_window_is_asked_not_overwritten(page: Any, anna: User, request_: Ticket, wait_until: Any) -> None:
    page.fill("#reply-text", "Первое окно")
    wait_until(lambda: Draft.objects.exists())
    Draft.objects.update(text="Другой компьютер", saved_at=Draft.objects.get().saved_at + timedelta(seconds=5))

    page.locator("#reply-text").press_sequentially(" пишет дальше")
    page.locator("#reply-text").blur()
    page.wait_for_selector("[data-notice=conflict]:visible")
    assert page.input_value("#reply-text") == "Первое окно пишет дальше"

    page.locator("[data-take-theirs]").click()
    expect(page.locator("#reply-text")).to_have_value("Другой компьютер")


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
    expect(page.locator("#stale").get_by_text("Уже заработало")).to_be_visible()

    page.locator("#stale [name=act][value=edit]").click()
    page.wait_for_selector("#stale", state="detached")
    expect(page.locator("#reply-text")).to_have_value("Проверяем")
    send(page)
    sent(page)
    assert answers().count() == 1


def test_DEDUP_3_an_impatient_hand_sends_once(page: Any, wait_until: Any) -> None:
    page.fill("#reply-text", "Готово")
    page.locator("[data-key=send]:visible").evaluate("button => { button.click(); button.click(); button.click() }")
    sent(page)

    assert answers().count() == 1


def test_without_a_connection_the_text_stays_and_leaves_once_later(page: Any) -> None:
    without_network(page)
    page.fill("#reply-text", "Проверяем")
    page.route("**/tickets/*/*/", lambda route: route.abort())  # a draft that gets through says that all is well again
    send(page)
    page.wait_for_selector("[data-notice=offline]:visible")
    expect(page.locator("#composer")).not_to_have_attribute("data-busy", "")  # else it would not take what is typed
    expect(page.locator("#reply-text")).to_have_value("Проверяем")

    page.unroute("**/tickets/*/*/")
    page.locator("#reply-text").press_sequentially("!")
    page.wait_for_selector("[data-notice=online]:visible")
    expect(page.locator("[data-notice=offline]")).to_be_hidden()  # what is over is not said any more
    send(page)
    sent(page)
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
    expect(page.locator("#composer")).not_to_have_attribute("data-busy", "")
    page.unroute("**/tickets/*/*/")
    send(page)
    sent(page)

    assert answers().count() == 1


def test_a_sent_text_leaves_no_draft_behind(page: Any, request_: Ticket) -> None:
    page.fill("#reply-text", "Проверяем")
    send(page)
    sent(page)
    saved: list[str] = []
    page.on("request", lambda request: request.url.endswith("/draft/") and saved.append(request.url))
    page.reload()  # whatever is not saved by then is saved by a page that is left
    page.wait_for_selector("#composer")

    assert not saved
    assert not Draft.objects.exists() and page.input_value("#reply-text") == ""


def test_two_colleagues_see_each_other(page: Any, at_desk: Desk, ilya: User, request_: Ticket, wait_until: Any) -> None:
    other = at_desk(ilya)
    open_ticket(other, request_)
    other.locator("#reply-text").press_sequentially("Пишу")
    wait_until(lambda: Presence.objects.filter(user=ilya, doing="writes").exists())

    page.locator("#presence").get_by_text("Илья").wait_for()
    page.locator(".bar.end [data-writers]").get_by_text("Илья").wait_for()
    other.close()
    page.locator("#presence").get_by_text("Илья").wait_for(state="detached")


def test_where_the_bar_stands_no_second_one_does(page: Any, request_: Ticket) -> None:
    page.fill("#reply-text", "Проверяем маршрут")
    send(page)
    sent(page)
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
    sent(page)
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
    sent(page)
    page.keyboard.press("r")
    page.keyboard.type("Второе")

    expect(page.locator("#reply-text")).to_have_value("Второе")
    expect(page.locator(".sentbar")).to_be_visible()
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


def test_what_a_refusal_offers_by_itself_is_still_offered_after_a_reload(
    page: Any, request_: Ticket, wait_until: Any
) -> None:
    """To talk it over: a refusal without it counts as incomplete."""
    page.fill("#reply-text", "Здравствуйте!")
    page.locator("label:has(#n-no)").click()
    page.locator("[name=explanation]").fill("Роутер обслуживает ваш провайдер")
    wait_until(lambda: any("провайдер" in draft.form.get("explanation", "") for draft in Draft.objects.all()))
    page.reload()
    expect(page.locator("[name=consulted]")).to_be_checked()


def test_a_dialog_that_is_a_page_of_its_own_leads_back_when_it_is_done(page: Any, request_: Ticket) -> None:
    """In a tab of its own: nobody presses twice because nothing seems to happen."""
    page.goto(f"/tickets/{request_.number}/tasks/")
    page.locator("main [name=text]").fill("Проверить роутер")
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"**/tickets/{request_.number}/")
    assert request_.tasks.count() == 1
