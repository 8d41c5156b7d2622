"""A rule is made, tried and seen at work; a macro is done by a key and taken back: in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal.news import react_to
from otklik.core.staff.models import User
from otklik.desk.automation.models import Macro, Rule
from otklik.desk.clients.models import Contact
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

type Desk = Callable[..., Any]
NARROW = {"width": 390, "height": 844}


def work() -> None:
    """What the worker does with the news of an act."""
    for job in ProcrastinateJob.objects.filter(task_name="journal.react"):
        if job.args["name"].startswith("otklik.desk.automation"):
            react_to(job.args["name"], job.args["entry_id"])


def test_a_rule_from_the_form_to_the_story(
    at_desk: Desk, admin: User, anna: User, boris: User, pavel: Contact, writes: Write
) -> None:
    known = writes("Пропал звук", subject="Нет звука")
    office = at_desk(admin)
    office.goto("/settings/rules/new/")
    office.fill("[name=name]", "Теряем клиента")
    office.select_option("[name=event]", "client_wrote")
    expect(office.locator("[name=due]")).to_be_hidden()
    office.click("button[value=add-if]")
    office.select_option("[name='if-0-fact']", "words")
    office.locator("input.input[name='if-0-value']").fill("расторгнуть, звук")
    office.select_option("[name='then-0-act']", "tell")
    office.select_option("[name='then-0-whom']", "leads")
    office.fill("[name='then-0-text']", "Может уйти: № {{номер}}")
    office.click("button[value=add-then]")
    office.select_option("[name='then-1-act']", "tag")
    office.fill("[name='then-1-tags']", "может уйти")

    office.click("button[value=preview]")
    expect(office.locator("#tried")).to_contain_text("Условиям подходит 1 обращение из последних 1.")
    office.fill("#try-number", str(known.number))
    office.click("button[value=try]")
    expect(office.locator("#tried")).to_contain_text("Сработало бы.")
    expect(office.locator("[name='then-1-tags']")).to_have_value("может уйти")
    assert not Rule.objects.exists()
    office.get_by_role("button", name="Сохранить").click()
    expect(office.get_by_text("Теряем клиента")).to_be_visible()

    Rule.objects.forget()
    known.write_in("Хочу расторгнуть договор")
    work()

    page = at_desk(anna)
    page.goto(f"/tickets/{known.number}/")
    expect(page.locator("#timeline")).to_contain_text("Сработало правило «Теряем клиента»: клиент написал")
    lead = at_desk(boris)
    lead.goto("/notices/")
    lead.get_by_text(f"Может уйти: № {known.number}").click()
    lead.wait_for_url(f"**/tickets/{known.number}/")


def test_the_form_fits_a_phone_and_works_by_keyboard(at_desk: Desk, admin: User) -> None:
    office = at_desk(admin, viewport=NARROW)
    office.goto("/settings/rules/new/")
    office.locator("#do-add-if").focus()
    office.keyboard.press("Enter")
    expect(office.locator("[name='if-0-fact']")).to_be_visible()
    expect(office.locator("#do-add-if")).to_be_focused()
    assert office.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    office.fill("[name=name]", "Клавишами")
    office.keyboard.press("Enter")
    expect(office.get_by_text("Некоторые строки нужно исправить.")).to_be_visible()
    assert not Rule.objects.exists()


def test_a_macro_by_a_key_with_one_way_back(at_desk: Desk, anna: User, pavel: Contact, writes: Write) -> None:
    acts = [{"act": "priority", "priority": "4"}, {"act": "tag", "tags": "узел"}]
    Macro.objects.create(name="Авария", acts=acts, text="{{клиент}}, чиним. Причина: {{причина}}")
    ticket = writes("Пропал звук", subject="Нет звука")
    page = at_desk(anna)
    page.goto(f"/tickets/{ticket.number}/")
    page.wait_for_selector("#reply-text")
    page.keyboard.press("Escape")
    press_russian(page, "V")
    expect(page.locator("dialog[open]")).to_contain_text("добавить метки: узел")
    page.keyboard.press("Enter")

    expect(page.locator("#head-words")).to_contain_text("наивысшая")
    expect(page.locator("#reply-text")).to_have_value("Павел Демидов, чиним. Причина: {{причина}}")
    page.get_by_role("button", name="Вернуть").click()
    expect(page.locator("#head-words")).not_to_contain_text("наивысшая")
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.tags) == (2, [])
