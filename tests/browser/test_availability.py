"""One key between ready and a break, wherever the person is; the menu beside a request of many parts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import Absence, Organisation, User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_the_key_goes_between_ready_and_a_break(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.wait_for_selector("#queue[data-queue]")
    dot, chosen = page.locator("#my-face .dot"), page.locator("[data-presence][aria-pressed=true]")
    for state, what in (("soon", "break"), ("ok", "ready")):
        press_russian(page, "P", shift=True)
        expect(dot).to_have_attribute("data-s", state)
        expect(chosen).to_have_count(1)
        assert User.objects.get(pk=anna.pk).availability == what

    page.locator("button.me").click()
    page.locator("[data-presence]").last.click()
    expect(dot).to_have_attribute("data-s", "off")
    assert User.objects.get(pk=anna.pk).availability == "off"


def test_a_pause_has_a_reason_and_one_comes_back_to_the_kind_of_work_of_before(
    at_desk: Desk, anna: User, organisation: Organisation
) -> None:
    organisation.pause_reasons = ["Обед", "Обучение"]
    organisation.save()
    page = at_desk(anna)
    page.goto("/tasks/")
    page.locator("button.me").click()
    page.locator("[data-presence]", has_text="только чаты").click()
    expect(page.locator("[data-presence][aria-pressed=true]")).to_have_text("только чаты")
    page.keyboard.press("Escape")
    expect(page.locator("#me")).to_be_hidden()

    press_russian(page, "P", shift=True)
    dialog = page.locator("dialog", has_text="Почему пауза")
    expect(dialog.get_by_role("button", name="Обед")).to_be_focused()
    assert User.objects.get(pk=anna.pk).availability == "break", "the pause does not wait for its reason"
    dialog.get_by_role("button", name="Обучение").click()
    expect(dialog).to_have_count(0)
    wait_until(lambda: User.objects.get(pk=anna.pk).availability_and_why == "перерыв: Обучение")

    page.goto("/tasks/")
    press_russian(page, "P", shift=True)
    expect(page.locator("[data-presence][aria-pressed=true]")).to_have_text("только чаты")
    assert User.objects.get(pk=anna.pk).takes_now == "chats"


def test_an_absence_is_declared_and_ended_on_its_page(at_desk: Desk, anna: User, ilya: User) -> None:
    page = at_desk(anna)
    page.goto("/absences/")
    page.get_by_label("До", exact=True).fill("2099-01-01T10:00")
    page.get_by_label("Кто замещает").select_option(str(ilya.pk))
    page.get_by_role("button", name="Объявить").click()
    row = page.locator(".rows li")
    expect(row).to_contain_text("Илья Соколов")
    assert Absence.objects.get().deputy == ilya

    row.get_by_role("button", name="вернулся").click()
    expect(row).to_have_count(0)
    assert User.objects.get(pk=anna.pk).is_ready
