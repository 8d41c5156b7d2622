"""Wordings of saved replies, and what one offers to colleagues: from the form to the answer."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate
from tests.browser.composer.moves import open_ticket
from tests.browser.conftest import press_russian
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
LONG = "Чтобы найти причину, пришлите два примера: дату, время и номера тех, кто говорил между собой."


def test_a_wording_is_written_beside_the_text_and_fits_its_client(
    at_desk: Desk, anna: User, pavel: Contact, ticket: Ticket
) -> None:
    page = at_desk(anna)
    page.goto("/saved/new/")
    page.fill("#id_name", "Приветствие")
    page.fill("#id_shortcut", "привет")
    page.fill("#id_text", "Здравствуйте, {{клиент}}!")
    page.fill("#id_wordings-0-text", "Привет, {{клиент}}!")
    page.locator(".savebar [type=submit].primary").click()
    expect(page.locator("#id_wordings-0-text")).to_have_value("Привет, {{клиент}}!")  # where it stands is not said
    expect(page.locator("[aria-invalid=true]")).to_have_attribute("name", "wordings-0-channel")
    assert not SavedReply.objects.exists()
    page.select_option("#id_wordings-0-tone", "informal")
    page.locator(".savebar [type=submit].primary").click()
    page.wait_for_url("**/saved/")
    assert SavedReply.objects.get().wordings.get().tone == "informal"

    field = page.locator("#reply-text")
    for said, text in (("", "Здравствуйте, Павел Демидов!"), ("Паша, на «ты»", "Привет, Паша!")):
        Contact.objects.filter(pk=pavel.pk).update(address_as=said)
        open_ticket(page, ticket)
        field.fill("")
        field.click()
        page.keyboard.type("::привет")
        expect(page.locator("#offered [role=option]")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(field).to_have_value(text)


def test_the_list_shows_the_wording_that_is_put_in(at_desk: Desk, anna: User, pavel: Contact, ticket: Ticket) -> None:
    reply = SavedReply.objects.create(name="Приветствие", text="Здравствуйте, {{клиент}}!")
    reply.wordings.create(tone="informal", text="Привет, {{клиент}}!")
    Contact.objects.filter(pk=pavel.pk).update(address_as="Паша, на «ты»")
    page = at_desk(anna)
    open_ticket(page, ticket)
    press_russian(page, "T")
    expect(page.locator("#saved-find")).to_be_focused()
    expect(page.locator("#saved-look")).to_contain_text("Привет, Паша!")
    page.keyboard.press("Enter")
    expect(page.locator("#reply-text")).to_have_value("Привет, Паша!")


def test_what_is_offered_is_shared_by_a_lead_and_put_in_by_a_colleague(
    at_desk: Desk, anna: User, boris: User, ilya: User, line_one: Team, ticket: Ticket
) -> None:
    SavedReply.objects.create(name="Перезагрузка", shortcut="рестарт", text="Перезагрузите роутер.", owner=anna)
    author = at_desk(anna)
    author.goto("/saved/")
    author.get_by_role("link", name="Перезагрузка").click()
    author.locator("#offer-for").select_option(str(line_one.pk))
    author.get_by_role("button", name="Предложить", exact=True).click()
    author.wait_for_url("**/saved/")
    expect(author.locator("tbody tr", has_text="Перезагрузка")).to_contain_text("предложен")

    lead = at_desk(boris)
    lead.goto("/saved/")
    offered = lead.locator("#offered-by-colleagues li")
    expect(offered).to_contain_text(f"{anna.name}, для линии «{line_one.name}»")
    offered.locator("[value=accept]").click()
    expect(lead.locator("#offered-by-colleagues")).to_have_count(0)
    expect(lead.locator("tbody tr", has_text="Перезагрузка")).to_contain_text(line_one.name)

    colleague = at_desk(ilya)
    open_ticket(colleague, ticket)
    colleague.locator("#reply-text").click()
    colleague.keyboard.type("::рест")
    expect(colleague.locator("#offered [role=option]")).to_contain_text("Перезагрузка")
    colleague.keyboard.press("Enter")
    expect(colleague.locator("#reply-text")).to_have_value("Перезагрузите роутер.")
    kept = SavedReply.objects.get()
    assert (kept.owner, kept.team, kept.keeper) == (None, line_one, anna)


def test_a_lead_may_leave_it_to_its_author(at_desk: Desk, anna: User, boris: User) -> None:
    own = SavedReply.objects.create(name="Перезагрузка", text="Перезагрузите роутер.", owner=anna)
    own.offer(None, by=anna)
    lead = at_desk(boris)
    lead.goto("/saved/")
    lead.locator("#offered-by-colleagues [value=decline]").click()
    expect(lead.locator("#offered-by-colleagues")).to_have_count(0)
    expect(lead.locator("tbody")).to_have_count(0)
    own.refresh_from_db()
    assert own.owner == anna and own.offered_at is None


def test_what_one_writes_again_and_again_is_kept_with_two_presses(
    at_desk: Desk, anna: User, writes: Write, tomorrow: Any
) -> None:
    for number in range(3):
        ticket = writes(f"Вопрос {number}", subject=f"Дело {number}")
        ticket.reply(f"Здравствуйте!\n\n{LONG}\n\nАнна", by=anna, then=PromiseDate(tomorrow))
    page = at_desk(anna)
    page.goto("/saved/")
    again = page.locator("#written-again li")
    expect(again).to_contain_text(LONG[:60])
    again.get_by_role("link").click()
    expect(page.locator("#id_text")).to_have_value(LONG)
    page.fill("#id_name", "Два примера")
    page.locator(".savebar [type=submit].primary").click()
    page.wait_for_url("**/saved/")
    expect(page.locator("#written-again")).to_have_count(0)
    expect(page.locator("tbody tr")).to_contain_text("Два примера")
