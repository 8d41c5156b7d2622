"""The page of notices says the number of a request once."""

import pytest
from django.test import Client as Browser

from otklik.core.journal.models import Notice
from otklik.core.journal.notice import NoticeKind
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def tell(person: User, ticket: Ticket, *said: str) -> None:
    Notice.objects.all().delete()
    for text in said:
        Notice.objects.tell([person.pk], text, kind=NoticeKind.RULE, about="ticket", about_id=ticket.pk)


def told(browser: Browser) -> str:
    page = browser.get("/notices/").content.decode()
    return page.partition('class="todo')[2].partition("</ul>")[0]


def test_what_was_told_before_does_not_repeat_the_number(client: Browser, anna: User, ticket: Ticket) -> None:
    client.force_login(anna)
    tell(anna, ticket, *[f"№ {ticket.pk}: {said}" for said in ("клиент написал", "клиент написал", "срок близко")])
    page = told(client)
    assert page.count("Клиент написал") == 1, "the same words twice say nothing more"
    assert f"№ {ticket.pk}: срок близко" in page and "Клиент написал" in page
    assert page.count(f"№ {ticket.pk}") == 1 and "3 извещения" in page


def test_words_of_a_rule_without_a_number_get_it(client: Browser, anna: User, ticket: Ticket) -> None:
    client.force_login(anna)
    tell(anna, ticket, "Позвоните клиенту сегодня")
    assert told(client).count(f"№ {ticket.pk}") == 1
    tell(anna, ticket, f"№ {ticket.pk}0 похоже на это")
    assert told(client).count(f"№ {ticket.pk}<") == 1, "another number that begins alike is not this one"
