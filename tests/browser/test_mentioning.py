"""Naming a colleague in a note: by @, by + (which the Russian layout has), by the button; they are told at once."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.journal.notice import Notice
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from tests.browser.composer.moves import open_ticket, send
from tests.browser.conftest import hears

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_a_colleague_is_named_and_told(at_desk: Desk, anna: User, ilya: User, ticket: Ticket) -> None:
    ticket.take(by=anna)
    annas, ilyas = at_desk(anna), at_desk(ilya)
    ilyas.goto("/tasks/")
    open_ticket(annas, ticket)
    hears(ilya)
    annas.locator("label[for=m-note], label:has(#m-note)").first.click()
    field = annas.locator("#note-text")
    field.click()

    annas.keyboard.type("1 + 1, +7 ")
    expect(annas.locator("#offered")).to_have_count(0)
    annas.keyboard.type(f"+{ilya.name[:3]}")
    expect(annas.locator("#offered [role=option]").first).to_contain_text(ilya.name)
    annas.keyboard.press("Enter")
    expect(field).to_have_value(f"1 + 1, +7 @{ilya.name} ")
    annas.locator("[data-name-colleague]").click()
    expect(annas.locator("#offered [role=option]").first).to_be_visible()
    annas.keyboard.press("Escape")
    expect(annas.locator("#offered")).to_have_count(0)
    annas.keyboard.type("посмотри журнал")
    send(annas)

    expect(ilyas.locator(".toast[data-tone]")).to_contain_text("упоминает вас в заметке")
    assert Notice.objects.get().person_id == ilya.pk


def test_a_whole_line_is_named_and_told(at_desk: Desk, anna: User, ilya: User, ticket: Ticket, line_one: Team) -> None:
    ticket.take(by=anna)
    annas, ilyas = at_desk(anna), at_desk(ilya)
    ilyas.goto("/tasks/")
    open_ticket(annas, ticket)
    hears(ilya)
    annas.locator("label[for=m-note], label:has(#m-note)").first.click()
    field = annas.locator("#note-text")
    field.click()
    annas.keyboard.type(f"@{line_one.name[:4]}")
    option = annas.locator("#offered [role=option]", has_text=line_one.name)
    expect(option).to_contain_text("вся линия")
    option.click()
    expect(field).to_have_value(f"@{line_one.name} ")
    annas.keyboard.type("кто знает этот роутер?")
    send(annas)

    expect(ilyas.locator(".toast[data-tone]")).to_contain_text("вашу линию")
    assert anna.pk not in {notice.person_id for notice in Notice.objects.all()}
    ilyas.goto("/queue/mentions/")
    expect(ilyas.locator(f"#t{ticket.pk}")).to_be_visible()
