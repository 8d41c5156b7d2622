"""Two windows at the same request while nothing reaches the server: neither text is lost, and one is told so."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.errors import Conflict
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import open_ticket

type Desk = Callable[..., Any]
BOTH = "Звоню провайдеру\n\nНашли обрыв"


@pytest.fixture
def keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The server keeps no text, also of a page that is left, until `undo()`."""

    def refused(*_told: Any, **_more: Any) -> None:
        raise Conflict("not now")

    monkeypatch.setattr(Ticket, "keep_draft", refused)
    return monkeypatch


def types(page: Any, text: str) -> None:
    """Until the page knows that the server has not got it."""
    page.locator("#reply-text").press_sequentially(text)
    page.locator("#reply-text").blur()
    state = page.locator("[data-draft-state]")
    expect(state).to_have_text(str(state.get_attribute("data-local")))


def another_window(page: Any, ticket: Ticket) -> Any:
    other = page.context.new_page()
    open_ticket(other, ticket)
    return other


def kept_there(page: Any) -> Any:
    return page.evaluate("() => Object.keys(localStorage).filter((name) => name.startsWith('otklik-draft:')).length")


def test_texts_of_two_windows_that_were_closed_are_both_back(
    page: Any, request_: Ticket, keeps_nothing: pytest.MonkeyPatch, wait_until: Any
) -> None:
    other = another_window(page, request_)
    types(page, "Звоню провайдеру")
    types(other, "Нашли обрыв")
    assert kept_there(page) == 2
    page.close()
    back = another_window(other, request_)  # one of the windows is still open: what it holds stays its own
    expect(back.locator("#reply-text")).to_have_value("Звоню провайдеру")
    expect(back.locator("[data-notice=restored]")).to_be_visible()
    back.close()
    spare = other.context.new_page()
    other.close()

    open_ticket(spare, request_)
    both = "Нашли обрыв\n\nЗвоню провайдеру"
    expect(spare.locator("#reply-text")).to_have_value(both)
    expect(spare.locator("[data-notice=both]")).to_be_visible()
    assert kept_there(spare) == 1
    keeps_nothing.undo()
    spare.locator("#reply-text").press_sequentially(".")
    spare.locator("#reply-text").blur()
    wait_until(lambda: Draft.objects.filter(text__startswith=both).exists())
    spare.wait_for_function("() => !Object.keys(localStorage).some((name) => name.startsWith('otklik-draft:'))")


def test_of_two_open_windows_the_second_is_asked_and_may_keep_both(
    page: Any, request_: Ticket, keeps_nothing: pytest.MonkeyPatch, wait_until: Any
) -> None:
    other = another_window(page, request_)
    types(page, "Звоню провайдеру")
    types(other, "Нашли обрыв")
    keeps_nothing.undo()

    page.locator("#reply-text").press_sequentially(".")
    page.locator("#reply-text").blur()
    wait_until(lambda: Draft.objects.filter(text="Звоню провайдеру.").exists())
    other.locator("#reply-text").press_sequentially(".")
    other.locator("#reply-text").blur()
    expect(other.locator("[data-notice=conflict]")).to_contain_text("Звоню провайдеру.")
    expect(other.locator("#reply-text")).to_have_value("Нашли обрыв.")

    other.locator("[data-keep-both]").click()
    expect(other.locator("#reply-text")).to_have_value("Звоню провайдеру.\n\nНашли обрыв.")
    expect(other.locator("[data-notice=conflict]")).to_be_hidden()
    wait_until(lambda: Draft.objects.filter(text="Звоню провайдеру.\n\nНашли обрыв.").exists())
    expect(page.locator("#reply-text")).to_have_value("Звоню провайдеру.\n\nНашли обрыв.")  # which nobody types in now


def test_what_the_server_got_meanwhile_stands_above_what_was_kept_here(
    page: Any, anna: User, request_: Ticket, keeps_nothing: pytest.MonkeyPatch
) -> None:
    """They went on at another computer before they came back to this one."""
    context = page.context
    types(page, "Нашли обрыв")
    spare = context.new_page()
    page.close()
    keeps_nothing.undo()
    request_.keep_draft("Звоню провайдеру", by=anna, mode="reply", form={})

    open_ticket(spare, request_)
    expect(spare.locator("#reply-text")).to_have_value(BOTH)
    expect(spare.locator("[data-notice=both]")).to_be_visible()
    spare.locator("[data-notice=both] [data-drop-restored]").click()
    expect(spare.locator("#reply-text")).to_have_value("Звоню провайдеру")
    spare.reload()
    expect(spare.locator("#reply-text")).to_have_value("Звоню провайдеру")
    expect(spare.locator("[data-notice=both]")).to_be_hidden()


def test_what_one_person_left_in_a_browser_is_not_shown_to_the_next(
    page: Any, at_desk: Desk, ilya: User, request_: Ticket, keeps_nothing: pytest.MonkeyPatch, wait_until: Any
) -> None:
    types(page, "Нашли обрыв")
    spare = page.context.new_page()
    page.close()
    spare.context.add_cookies(at_desk(ilya).context.cookies())
    keeps_nothing.undo()

    open_ticket(spare, request_)
    spare.locator("#reply-text").press_sequentially("Я Илья")
    spare.locator("#reply-text").blur()
    wait_until(lambda: Draft.objects.filter(author=ilya, text="Я Илья").exists())
    expect(spare.locator("#reply-text")).to_have_value("Я Илья")
    assert not Draft.objects.filter(text__contains="обрыв").exists()


def test_forms_beside_the_composer_keep_both_texts_too(
    page: Any, request_: Ticket, keeps_nothing: pytest.MonkeyPatch
) -> None:
    pages = [page, another_window(page, request_)]
    for one, text in zip(pages, ("Звоню провайдеру", "Нашли обрыв"), strict=True):
        one.keyboard.press("f")
        one.locator("dialog .forward [name=text]").press_sequentially(text)
        with one.expect_response("**/forward/draft/"):
            one.locator("dialog .forward [name=text]").blur()
    spare = page.context.new_page()
    for one in pages:
        one.close()

    open_ticket(spare, request_)
    spare.keyboard.press("f")
    expect(spare.locator("dialog .forward [name=text]")).to_have_value(BOTH)
    expect(spare.locator("dialog .forward")).to_contain_text("Сохранились две версии")


FULL = """() => { const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, value) {
    if (this === localStorage && name.startsWith("otklik-draft:")) throw new DOMException("full", "QuotaExceededError");
    put.call(this, name, value);
  }; }"""


def test_a_full_storage_says_so_and_loses_no_copy_that_was_kept_before(
    page: Any, request_: Ticket, keeps_nothing: pytest.MonkeyPatch
) -> None:
    types(page, "Нашли обрыв")
    spare = page.context.new_page()
    page.close()
    spare.add_init_script(f"({FULL})()")
    open_ticket(spare, request_)
    expect(spare.locator("#reply-text")).to_have_value("Нашли обрыв")
    spare.locator("#reply-text").press_sequentially(".")
    spare.locator("#reply-text").blur()
    expect(spare.locator("[data-draft-state]")).to_have_text("Пока нигде не сохранено: не закрывайте страницу")
    assert kept_there(spare) == 1

    spare.reload()
    expect(spare.locator("#reply-text")).to_have_value("Нашли обрыв")


def test_texts_of_the_former_names_come_back_once_and_old_ones_of_anybody_go(
    page: Any, anna: User, request_: Ticket, keeps_nothing: pytest.MonkeyPatch
) -> None:
    """They told nobody's number and stayed in the browser for ever."""
    page.evaluate(
        """(address) => {
          const put = (name, value) => localStorage.setItem(`otklik-draft:${name}`, value);
          const told = (at) => JSON.stringify({ values: "text=1", base: "", at });
          const month = Date.now() - 29 * 24 * 3600 * 1000;
          put(`${address}reply`, new URLSearchParams({ text: "Как раньше" }).toString());
          put("90002:/a/#x-y", told(month));
          put(`90003:/a/#${month.toString(36)}-y`, told(undefined));
          put("90001:/a/#x-y", told(Date.now()));
        }""",
        page.locator("#composer").get_attribute("data-drafts"),
    )
    spare = page.context.new_page()
    page.close()
    open_ticket(spare, request_)
    expect(spare.locator("#reply-text")).to_have_value("Как раньше")
    names = spare.evaluate("() => Object.keys(localStorage).filter((name) => name.startsWith('otklik-draft:')).sort()")
    (own,) = (name for name in names if name != "otklik-draft:90001:/a/#x-y")
    assert len(names) == 2 and own.startswith(f"otklik-draft:{anna.pk}:")
