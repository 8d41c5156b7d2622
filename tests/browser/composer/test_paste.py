"""What is pasted into an answer from Word, a browser or another editor; two windows with one answer."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]

WORD = """<html><head><style>p {color: red}</style></head><body><!--StartFragment-->
<p class=MsoNormal><b>Порядок</b> работ <i>на сегодня</i>:<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0'><span>·<span>&nbsp;&nbsp; </span></span>выключить роутер</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0'><span>·<span>&nbsp;&nbsp; </span></span>подождать
минуту</p><!--EndFragment--></body></html>"""
BROWSER = """<meta charset="utf-8"><h2>Итог</h2><p>Читайте <a href="https://help.test/a_(b)">справку</a> и
<a href="javascript:alert(1)">это</a>.</p><ol start="3"><li>раз</li><li>два<ul><li>внутри</li></ul></li></ol>
<blockquote><p>слова</p></blockquote><pre>a  b
c</pre><table><tr><th>А</th><td>Б</td></tr></table>
<img src="/nowhere.png" onerror="document.title = 'взлом'"><script>document.title = "взлом"</script>"""
GOOGLE = """<b style="font-weight:normal" id="docs-internal"><p><span style="font-weight:700">Важно</span>
<span style="font-weight:400">очень</span></p></b>"""


@pytest.fixture
def request_(pavel: Contact, writes: Write) -> Ticket:
    return writes("Пропал звук.", subject="Нет звука")


@pytest.fixture
def page(at_desk: Desk, anna: User, request_: Ticket) -> Any:
    page = at_desk(anna)
    open_ticket(page, request_)
    return page


def open_ticket(page: Any, ticket: Ticket) -> None:
    page.goto(f"/tickets/{ticket.number}/?view=mine")
    page.wait_for_selector("#reply-text")


def paste(page: Any, html: str, text: str = "", file: bool = False) -> bool:
    """True when the page took the paste over."""
    return bool(
        page.locator("#reply-text").evaluate(
            """(field, [html, text, file]) => {
                const data = new DataTransfer();
                data.setData("text/html", html);
                data.setData("text/plain", text);
                if (file) data.items.add(new File(["x"], "image.png", { type: "image/png" }));
                field.focus();
                const told = { clipboardData: data, bubbles: true, cancelable: true };
                return !field.dispatchEvent(new ClipboardEvent("paste", told));
            }""",
            [html, text, file],
        )
    )


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (WORD, "**Порядок** работ _на сегодня_:\n\n- выключить роутер\n- подождать минуту"),
        (
            BROWSER,
            "**Итог**\n\nЧитайте [справку](https://help.test/a_%28b%29) и это.\n\n3. раз\n4. два\n   - внутри\n\n"
            "> слова\n\n```\na  b\nc\n```\n\nА | Б",
        ),
        (GOOGLE, "**Важно** очень"),
    ],
    ids=["word", "browser", "google"],
)
def test_what_was_formatted_becomes_markdown(page: Any, html: str, text: str) -> None:
    assert paste(page, html)

    expect(page.locator("#reply-text")).to_have_value(text)
    assert "взлом" not in page.title()
    page.keyboard.press("Control+z")
    expect(page.locator("#reply-text")).to_have_value("")


def test_the_picture_that_word_puts_beside_its_text_is_no_file(page: Any) -> None:
    assert paste(page, WORD, file=True)

    expect(page.locator(".uploads li")).to_have_count(0)


def test_plain_text_and_markdown_are_pasted_by_the_browser(page: Any) -> None:
    assert not paste(page, "<meta charset='utf-8'><div><span>**сам** напишу</span></div>", "**сам** напишу")


def test_two_tabs_follow_each_other_and_overwrite_nothing(page: Any, request_: Ticket, wait_until: Any) -> None:
    other = page.context.new_page()
    open_ticket(other, request_)
    page.bring_to_front()
    page.locator("#reply-text").press_sequentially("Первая вкладка")
    wait_until(lambda: Draft.objects.filter(text="Первая вкладка").exists())
    page.keyboard.press("Escape")  # a page of a test has the focus for ever

    other.bring_to_front()
    expect(other.locator("#reply-text")).to_have_value("Первая вкладка")
    other.locator("#reply-text").press("End")
    other.keyboard.type(", вторая")
    wait_until(lambda: Draft.objects.filter(text="Первая вкладка, вторая").exists())
    page.bring_to_front()
    expect(page.locator("#reply-text")).to_have_value("Первая вкладка, вторая")


def test_another_tab_gets_what_was_saved_and_not_what_was_typed_since(
    page: Any, request_: Ticket, wait_until: Any
) -> None:
    other = page.context.new_page()
    open_ticket(other, request_)
    held: list[Any] = []
    page.route("**/draft/", lambda route: held.append(route))
    page.locator("#reply-text").fill("Первая")
    wait_until(lambda: page.evaluate("true") and held)
    page.locator("#reply-text").press_sequentially(", ещё")
    held[0].continue_()
    expect(other.locator("#reply-text")).to_have_value("Первая")

    wait_until(lambda: page.evaluate("true") and len(held) > 1)
    held[1].continue_()
    expect(other.locator("#reply-text")).to_have_value("Первая, ещё")


def test_two_tabs_that_both_type_are_asked(page: Any, request_: Ticket, wait_until: Any) -> None:
    other = page.context.new_page()
    open_ticket(other, request_)
    other.locator("#reply-text").fill("Вторая")
    page.locator("#reply-text").fill("Первая")
    told = "[data-notice=conflict]:visible"
    shown = wait_until(lambda: [each for each in (page, other) if each.locator(told).count()])

    assert len(shown) == 1
    assert page.locator("#reply-text").input_value() == "Первая"
    assert other.locator("#reply-text").input_value() == "Вторая"
    assert Draft.objects.get().text in ("Первая", "Вторая")
    shown[0].locator("[data-keep-mine]").click()
    mine = "Первая" if shown[0] is page else "Вторая"
    wait_until(lambda: Draft.objects.filter(text=mine).exists())
