"""Many requests at once, by keys and by a finger."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import queue
from tests.browser.conftest import hears, press_russian
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


@pytest.fixture
def four(writes: Write) -> list[Ticket]:
    return [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(4)]


def ticked(page: Any) -> int:
    return int(page.locator("#rows [name=ids]:checked").count())


def test_three_are_taken_by_keys_on_the_russian_layout(at_desk: Desk, anna: User, ilya: User, four: Any) -> None:
    page = at_desk(anna)
    page.goto("/")
    press_russian(page, "J")
    press_russian(page, "X")
    press_russian(page, "J", shift=True)
    press_russian(page, "J", shift=True)
    expect(page.locator("#bulk [data-selected]")).to_have_text("3")
    Ticket.objects.get(pk=four[0].pk).take(by=ilya)

    press_russian(page, "I")

    expect(page.locator(".toast")).to_contain_text("2 взято; 1: ")
    assert Ticket.objects.filter(owner=anna).count() == 2
    expect(page.locator("#bulk [data-selected]")).to_have_text("1")


def test_all_in_view_and_none_again(at_desk: Desk, anna: User, four: Any) -> None:
    page = at_desk(anna)
    page.goto("/")
    expect(page.locator("#bulk")).to_be_hidden()

    press_russian(page, "X", shift=True)
    assert ticked(page) == 4
    expect(page.locator("#bulk")).to_be_visible()
    page.keyboard.press("Escape")

    assert ticked(page) == 0
    expect(page.locator("#bulk")).to_be_hidden()


def test_ticks_survive_news_of_their_rows(at_desk: Desk, anna: User, ilya: User, four: Any) -> None:
    page = at_desk(anna)
    page.goto("/queue/line/")
    hears(anna)
    press_russian(page, "X", shift=True)

    Ticket.objects.get(pk=four[1].pk).take(by=ilya)

    page.locator(f"#t{four[1].pk} .own .ava").wait_for()
    assert ticked(page) == 4


def test_two_are_closed_with_the_dialog(at_desk: Desk, anna: User, four: Any) -> None:
    page = at_desk(anna)
    page.goto("/")
    for ticket in four[:2]:
        page.locator(f"#t{ticket.pk}").hover()
        page.locator(f"#t{ticket.pk} [name=ids]").click()
    page.locator("#bulk [data-bulk=close]").click()
    page.locator("dialog [name=reason][value=spam]").check()
    page.locator("dialog [type=submit]").click()

    expect(page.locator(".toast")).to_contain_text("2 закрыто")
    expect(page.locator("#bulk [data-bulk=take]")).to_have_count(1)  # the dialog took nobody's place
    expect(page.locator("dialog")).to_have_count(0)
    assert Ticket.objects.filter(status="closed").count() == 2


def test_a_finger_selects_on_a_phone(at_desk: Desk, anna: User, four: Any) -> None:
    page = at_desk(anna, viewport=NARROW, has_touch=True, is_mobile=True)
    page.goto("/")
    page.locator(f"#t{four[0].pk} [name=ids]").tap()
    page.locator("#bulk [data-bulk=take]").tap()

    expect(page.locator(".toast")).to_contain_text("1 взято")
    assert page.url.endswith("/"), "the row was not opened"


def test_dialogs_for_many_open_on_a_phone(at_desk: Desk, anna: User, four: Any) -> None:
    page = at_desk(anna, viewport=NARROW, has_touch=True, is_mobile=True)
    page.goto("/")
    page.locator(f"#t{four[0].pk} [name=ids]").tap()
    page.locator("#bulk [data-bulk=close]").tap()
    page.locator("dialog [name=reason][value=spam]").check()
    page.locator("dialog [type=submit]").tap()

    expect(page.locator(".toast")).to_contain_text("1 закрыто")
    expect(page.locator(".vacant > .empty")).to_be_hidden()


def test_a_priority_for_three_by_keys_and_one_undo_for_all(at_desk: Desk, anna: User, four: Any) -> None:
    page = at_desk(anna)
    page.goto("/")
    press_russian(page, "J")
    press_russian(page, "X")
    press_russian(page, "J", shift=True)
    press_russian(page, "J", shift=True)
    press_russian(page, "P")
    page.locator("dialog [name=priority][value='4']").check()
    page.locator("dialog [type=submit]").click()

    expect(page.locator(".toast")).to_contain_text("у 3 другая важность")
    assert Ticket.objects.filter(priority=4).count() == 3

    press_russian(page, "Z")

    expect(page.locator(".toast").last).to_contain_text("3 возвращено как было")
    assert not Ticket.objects.filter(priority=4).exists()


def test_everything_in_the_list_is_looked_at_done_and_taken_back(
    at_desk: Desk, anna: User, writes: Write, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], None]
) -> None:
    monkeypatch.setattr(queue, "PAGE", 3)
    for number in range(5):
        writes(f"Дело {number}", subject=f"Дело {number}")
    page = at_desk(anna)
    page.route("**/*after=*", lambda route: route.abort())  # the next portion never comes: these three are all there is
    page.goto("/queue/line/")
    press_russian(page, "X", shift=True)
    expect(page.locator("#bulk [data-selected]")).to_have_text("3")
    page.locator("#bulk [data-whole]").click()
    expect(page.locator("#bulk [data-whole-said]")).to_be_visible()

    press_russian(page, "P")
    page.locator("dialog [name=priority][value='4']").check()
    page.locator("dialog [type=submit].primary").click()
    page.wait_for_url("**/queue/sweeps/*/")
    run_jobs()
    expect(page.locator("#sweep[data-state=ready]")).to_contain_text("изменится")
    assert not Ticket.objects.filter(priority=4).exists()
    page.get_by_role("button", name="Выполнить", exact=True).click()
    expect(page.locator("#sweep[data-state=running]")).to_be_visible()
    run_jobs()
    expect(page.locator("#sweep[data-state=done]")).to_contain_text("5")
    assert Ticket.objects.filter(priority=4).count() == 5

    page.get_by_role("button", name="Вернуть всё").click()
    expect(page.locator("#sweep[data-state=undoing]")).to_be_visible()
    run_jobs()
    expect(page.locator("#sweep[data-state=undone]")).to_be_visible()
    assert not Ticket.objects.filter(priority=4).exists()


def test_what_will_happen_is_read_before_it_does(at_desk: Desk, anna: User, ilya: User, four: Any) -> None:
    Ticket.objects.get(pk=four[0].pk).assign(ilya, by=ilya)
    page = at_desk(anna)
    page.goto("/queue/line/")
    press_russian(page, "X", shift=True)
    press_russian(page, "E")
    page.locator("dialog [name=reason][value=spam]").check()
    page.locator("dialog [data-look]").click()
    expect(page.locator("dialog [data-looked]")).to_contain_text("изменится")
    assert not Ticket.objects.filter(status="closed").exists()

    page.locator("dialog [data-looked] [type=submit]").click()

    expect(page.locator(".toast")).to_contain_text("закрыто")
    expect(page.locator("dialog")).to_have_count(0)


def test_one_answer_goes_to_many_is_looked_at_and_comes_back(
    at_desk: Desk, anna: User, writes: Write, run_jobs: Callable[[], None]
) -> None:
    for number in range(3):
        writes(f"Дело {number}", subject=f"Дело {number}", sender=f"c{number}@volga.test", sender_name=f"Имя{number}")
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.wait_for_selector("#queue[data-queue]")
    press_russian(page, "X", shift=True)
    expect(page.locator("#bulk [data-selected]")).to_have_text("3")

    press_russian(page, "R")
    dialog = page.locator("dialog", has_text="Ответить всем")
    dialog.locator("[name=text]").fill("{{клиент}}, связь восстановлена.")
    dialog.locator("[name=next][value=resolve]").check()
    dialog.locator("[name=summary]").fill("Перезапустили узел")
    dialog.locator("footer .primary").click()
    page.wait_for_url("**/queue/sweeps/*/")
    expect(page.locator("#samples blockquote")).to_contain_text("{{клиент}}, связь восстановлена.")
    run_jobs()
    expect(page.locator("#sweep[data-state=ready]")).to_contain_text("Ничего не отправлено")
    expect(page.locator("#samples article").first).to_contain_text("Имя0, связь восстановлена.")
    page.get_by_role("button", name="Отправить первое мне").click()
    expect(page.locator("[data-toast]")).to_contain_text(anna.email)
    expect(page.locator("#sweep[data-state=ready]")).to_be_visible()
    assert not Ticket.objects.filter(status="resolved").exists()

    page.get_by_role("button", name="Выполнить", exact=True).click()
    expect(page.locator("#sweep[data-state=running]")).to_be_visible()
    run_jobs()
    expect(page.locator("#sweep[data-state=done]")).to_contain_text("с ответом")
    assert Ticket.objects.filter(status="resolved").count() == 3

    page.get_by_role("button", name="Вернуть всё").click()
    expect(page.locator("#sweep[data-state=undoing]")).to_be_visible()
    run_jobs()
    expect(page.locator("#sweep[data-state=undone]")).to_be_visible()
    assert Ticket.objects.filter(status="new").count() == 3
