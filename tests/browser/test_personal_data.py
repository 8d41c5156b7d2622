"""What a person asked of their data: the archive, and the erasure that two people decide and a report ends."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]

type Desk = Callable[..., Any]


@pytest.fixture
def ended(ticket: Ticket, anna: User) -> Ticket:
    ticket.reply("Готово", by=anna, then=Resolve("готово"))
    outbox.send_due()
    return ticket


def ask(page: Any, contact: Contact, kind: str) -> None:
    """From the card of the client."""
    page.goto(f"/clients/contact/{contact.pk}/")
    page.locator(f"a[href='/settings/personal/of/{contact.pk}/']").click()
    page.get_by_label("О чём просят").select_option(kind)
    if kind == "erasure":
        page.locator("[name=ground]").select_option("withdrawn")
    page.locator("[name=confirmed]").select_option("call")
    page.locator("[name=remark]").fill("позвонили по номеру из договора")
    page.get_by_role("button", name="Записать запрос").click()
    expect(page.locator("#act")).to_be_visible()


def test_the_archive_of_a_person_is_made_and_taken(
    at_desk: Desk, ended: Ticket, head: User, run_jobs: Callable[[], None]
) -> None:
    page = at_desk(head)
    ask(page, ended.contact, "export")
    act = page.locator("#act")
    expect(act).to_have_attribute("hx-trigger", "every 2s")
    run_jobs()
    expect(act).to_contain_text("Архив готов")
    expect(act).to_contain_text("Что выдано")
    with page.expect_download() as taken:
        act.get_by_role("link", name="Забрать архив").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes()))
    assert "Не работает звонок" in archive.read("data/conversations.Message.json").decode()
    assert "Демидов" in archive.read("report.html").decode()


def test_an_erasure_is_shown_decided_by_another_and_ends_in_a_report(
    at_desk: Desk, ended: Ticket, head: User, admin: User, run_jobs: Callable[[], None]
) -> None:
    page = at_desk(head)
    page.goto(f"/settings/personal/of/{ended.contact_id}/")
    page.get_by_role("button", name="Записать запрос").click()
    expect(page.locator("[name=kind][aria-invalid=true]")).to_be_visible()

    ask(page, ended.contact, "erasure")
    expect(page.get_by_text("Что остаётся и почему")).to_be_visible()
    expect(page.get_by_text("Разрешить должен другой администратор")).to_be_visible()
    expect(page.get_by_role("button", name="Удалить безвозвратно")).to_have_count(0)
    address = page.url

    second = at_desk(admin)
    second.goto(address)
    second.get_by_role("button", name="Удалить безвозвратно").click()
    act = second.locator("#act")
    expect(act).to_have_attribute("hx-trigger", "every 2s")
    run_jobs()
    expect(act).to_contain_text("Что удалено")
    expect(act).to_contain_text("В резервных копиях")
    expect(second.get_by_text("Демидов")).to_have_count(0)
    expect(second.get_by_text("позвонили по номеру")).to_have_count(0)
    assert not Message.objects.filter(text__contains="звонок").exists()

    second.goto(f"/tickets/{ended.number}/")
    expect(second.locator("#timeline")).to_be_visible()
    expect(second.locator("body")).not_to_contain_text("Демидов")
    second.goto("/search/?q=Демидов")
    expect(second.locator("#results")).to_contain_text("Ничего не нашлось")


def test_an_open_request_and_a_hold_keep_it_from_beginning(
    at_desk: Desk, ticket: Ticket, head: User, admin: User
) -> None:
    page = at_desk(head)
    ask(page, ticket.contact, "erasure")
    address = page.url
    page.goto(f"/settings/personal/of/{ticket.contact_id}/")
    page.locator("[name=why]").fill("иск о возврате")
    page.get_by_role("button", name="Запретить удаление").click()
    expect(page.locator("ul.rows", has_text="иск о возврате")).to_be_visible()

    second = at_desk(admin)
    second.goto(address)
    expect(second.locator(".callout[data-s=breach]")).to_contain_text("иск о возврате")
    expect(second.get_by_role("button", name="Удалить безвозвратно")).to_be_disabled()
    second.get_by_text("Отказать").first.click()
    second.locator("[name=words]").fill("идёт суд")
    second.get_by_role("button", name="Отказать", exact=True).click()
    expect(second.locator("#act")).to_contain_text("идёт суд")
