"""Beside a conversation: the unfinished answer of a colleague, all files in one strip; my live chats over the list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.tickets.models import Ticket
from tests.fixtures.browser import NARROW
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)
type Desk = Callable[..., Any]


def test_a_lead_reads_what_an_agent_is_writing_as_it_grows(
    at_desk: Desk, anna: User, boris: User, ticket: Ticket
) -> None:
    ticket.keep_draft("Добрый день", by=anna, mode="reply", form={})
    page = at_desk(boris)
    page.goto(f"/tickets/{ticket.number}/")
    page.locator("#begun").click()
    texts = page.locator("dialog #unfinished")
    expect(texts).to_contain_text("Добрый день")

    Draft.objects.update(text="Добрый день, мы нашли причину")

    expect(texts).to_contain_text("мы нашли причину")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_all_files_come_out_of_one_strip_on_a_phone(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    said = ticket.conversation.messages.earliest("pk")
    for name in ("смета.txt", "акт.txt"):
        file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile(name, b"x"), anna)
        file.belong_to(said)
    page = at_desk(anna, viewport=NARROW)
    page.goto(f"/tickets/{ticket.number}/")

    page.locator("#allfiles summary").click()

    expect(page.locator("#files-strip li")).to_have_count(2)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the phone"


def test_my_chats_stand_over_the_list_and_one_press_opens(at_desk: Desk, anna: User, writes: Write) -> None:
    first, second = writes("Раз", subject="Первое"), writes("Два", subject="Второе")
    for one, minutes in ((first, 1), (second, 5)):
        since = clock.now() - timedelta(minutes=minutes)
        Ticket.objects.filter(pk=one.pk).update(owner=anna, channel_kind="chat", due_from=since)
    page = at_desk(anna)
    page.goto("/")
    chats = page.locator("#chats a")
    expect(chats).to_have_count(2)
    expect(chats.first).to_have_attribute("data-ticket", str(second.pk))
    expect(chats.first.locator("b")).to_contain_text("мин")

    chats.first.click()

    expect(page.locator(f"#open[data-ticket='{second.pk}']")).to_be_visible()
    expect(page.locator("#chats [aria-current]")).to_have_attribute("data-ticket", str(second.pk))
