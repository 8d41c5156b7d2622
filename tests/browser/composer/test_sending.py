"""The composer in a real browser: files, people, marks, keys, and the way without scripts."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import answers, send, sent
from tests.browser.conftest import press_russian

type Desk = Callable[..., Any]


def test_files_went_ahead_so_the_text_goes_without_the_dear_form_of_files(page: Any, wait_until: Any) -> None:
    page.fill("#reply-text", "Проверяем маршрут.\nСкоро напишем.")
    with page.expect_request("**/reply/") as asked:
        send(page)
    wait_until(lambda: answers().exists())

    assert asked.value.headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert answers().get().text.splitlines() == ["Проверяем маршрут.", "Скоро напишем."]


def test_files_are_sent_shown_and_taken_out(page: Any, settings: Any, tmp_path: Any, wait_until: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    chooser = page.locator("[data-mode=reply] input[type=file]")
    chooser.set_input_files([{"name": n, "mimeType": "text/plain", "buffer": b"x"} for n in ("акт.txt", "счёт.txt")])
    page.locator(".uploads input[name=files]").nth(1).wait_for(state="attached")
    page.locator(".uploads li", has_text="счёт.txt").get_by_role("button").click()

    page.fill("#reply-text", "Акт во вложении")
    send(page)
    sent(page)
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
    expect(page.locator("[data-left-out]")).to_be_visible()

    page.locator("[data-add-back]").click()
    expect(page.locator("[data-left-out]")).to_be_hidden()
    page.locator("[name=cc_more]").fill("new@volga.test")
    page.locator("[name=cc_more]").press("Enter")
    page.fill("#reply-text", "Всем привет")
    send(page)
    sent(page)

    assert answers().get().cc == ["olga@volga.test", "new@volga.test"]


def test_marks_of_the_text_and_its_preview(page: Any) -> None:
    field = page.locator("#reply-text")
    field.fill("Готово")
    field.select_text()
    page.locator(".tools .marks [data-md=bold]").first.click()
    expect(field).to_have_value("**Готово**")

    page.locator("[data-preview=reply-look]").click()
    expect(page.locator("#reply-look strong")).to_have_text("Готово")
    page.locator("[data-preview=reply-look]").click()
    expect(field).to_be_visible()


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
    expect(page.locator("#reply-text")).to_have_value("Вернусь через час")
    assert not answers().exists()
    page.locator("[data-acts] [data-key=assign]").click()
    page.get_by_role("radio", name="Илья Соколов").check()
    page.locator("main form [type=submit]").last.click()
    page.wait_for_url(lambda url: "/assign/" not in url)
    request_.refresh_from_db()
    assert request_.owner == ilya


def test_chosen_words_are_quoted_with_their_author(page: Any) -> None:
    words = page.locator("#timeline .msg[data-from=client] .words").first
    words.click(click_count=3, position={"x": 20, "y": 8})
    expect(page.locator("#quote")).to_be_visible()

    press_russian(page, "Q")

    expect(page.locator("#reply-text")).to_be_focused()
    expect(page.locator("#reply-text")).to_have_value(re.compile(r"^Павел.*:\n> Пропал звук\.\n\n$"))
    expect(page.locator("#quote")).to_be_hidden()
