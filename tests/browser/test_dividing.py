"""Topic, tags, priority, form and tasks of a request by keys of the Russian layout, in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Field, Task, Ticket, Topic
from tests.browser.conftest import press_russian

type Desk = Callable[..., Any]


def open_ticket(page: Any, ticket: Ticket, tab: str) -> None:
    page.goto(f"/tickets/{ticket.number}/?view=mine&card={tab}")
    page.wait_for_selector("#reply-text")


def test_topic_tags_and_priority_are_set_by_keys_and_stand_on_the_page_at_once(
    at_desk: Desk, anna: User, ticket: Ticket
) -> None:
    Topic(name="Телефония").put()
    page = at_desk(anna)
    open_ticket(page, ticket, "facts")

    press_russian(page, "B")
    dialog = page.locator("dialog[open]")
    dialog.locator("select[name=topic]").select_option(label="Телефония")
    dialog.locator("[name=tags]").fill("Роутер, филиал")
    dialog.locator("[type=submit]").click()
    expect(page.locator("#card .tags .chip")).to_have_text(["роутер", "филиал"])
    expect(page.locator("#head-words")).to_contain_text("Телефония")

    press_russian(page, "P")
    page.locator("dialog[open] [name=priority][value='4']").check()
    page.keyboard.press("Enter")
    expect(page.locator("#head-words .chip").first).to_have_text("наивысшая")


def test_solved_leads_to_the_required_field_and_then_leaves(
    at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any
) -> None:
    cause = Field.objects.create(name="Причина", is_required=True)
    page = at_desk(anna)
    open_ticket(page, ticket, "facts")
    page.locator("#reply-text").fill("Готово, проверьте, пожалуйста.")
    page.locator("#composer [name=next][value=resolve]").check(force=True)
    page.keyboard.press("Control+Enter")

    expect(page.locator("#unfilled")).to_contain_text("Причина")
    page.locator("#unfilled a").click()
    page.locator(f"dialog[open] [name={cause.place}]").fill("роутер")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{cause.place}")).to_contain_text("роутер")
    expect(page.locator("#reply-text")).to_have_value("Готово, проверьте, пожалуйста.")

    page.locator("#reply-text").press("Control+Enter")
    wait_until(lambda: Ticket.objects.get(pk=ticket.pk).status == "resolved")


def test_a_task_is_added_and_ticked_on_the_card(at_desk: Desk, anna: User, ticket: Ticket, wait_until: Any) -> None:
    page = at_desk(anna)
    open_ticket(page, ticket, "tasks")

    press_russian(page, "T", shift=True)
    page.locator("dialog[open] [name=text]").fill("Питание\nКабель")
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator("#card .todo li")).to_have_count(2)

    page.locator("#card .todo .box").first.click()
    expect(page.locator("#card .todo li[data-done]")).to_have_count(1)
    wait_until(lambda: Task.objects.open().count() == 1)
    expect(page.locator("#head-words a.chip")).to_have_text("1")
