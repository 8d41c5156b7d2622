"""UI-27: silence that a client asked for and recorded conduct stand above the talk, at no statement more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.clients.models import Contact, QuietPeriod
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
SILENCE, CONDUCT = "Клиент просил не беспокоить", "Оскорбительное поведение"


def page_of(browser: Browser, ticket: Ticket) -> str:
    return browser.get(f"/tickets/{ticket.number}/").content.decode()


def reported(contact: Contact, by: User, step: str = "stop") -> AbuseReport:
    Contact.objects.filter(pk=contact.pk).update(conduct_since=clock.now())
    return AbuseReport.objects.create(contact=contact, ticket_number=1, by=by, step=step, what="Кричал")


def silence(contact: Contact) -> QuietPeriod:
    today = clock.house_today()
    day = timedelta(days=1)
    return QuietPeriod.objects.create(
        contact=contact, starts_on=today - day, ends_on=today + 5 * day, reason="Отчётность"
    )


def test_silence_is_told_with_its_end_and_reason_while_it_lasts(
    anna: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact
) -> None:
    browser = sits_at(anna)
    assert SILENCE not in page_of(browser, ticket)
    asked = silence(pavel)

    page = page_of(browser, ticket)
    stripe = page[page.index(SILENCE) :][:300]
    assert "тишина до" in stripe and "Отчётность" in stripe

    asked.delete()
    assert SILENCE not in page_of(browser, ticket)


def test_conduct_is_told_until_a_lead_has_looked_and_while_something_holds(
    anna: User, boris: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact
) -> None:
    browser = sits_at(anna)
    assert CONDUCT not in page_of(browser, ticket)
    report = reported(pavel, anna)
    assert "руководитель его ещё не смотрел" in page_of(browser, ticket)

    report.decide("restrict", "Хватит", by=boris)
    held = Restriction.objects.create(
        contact=pavel, report=report, mode="daily", until=clock.now() + timedelta(days=9), by=boris
    )
    page = page_of(browser, ticket)
    assert f"{CONDUCT}: отвечаем раз в день" in page and "ещё не смотрел" not in page

    held.ended_at = clock.now()
    held.save()
    assert CONDUCT not in page_of(browser, ticket)


def test_a_warning_alone_is_on_the_card_and_no_stripe(
    anna: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact
) -> None:
    reported(pavel, anna, step="warning")
    assert CONDUCT not in page_of(sits_at(anna), ticket)


def test_silence_costs_the_page_of_the_request_no_statement(
    anna: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact, kept_for_long: None
) -> None:
    browser = sits_at(anna)
    page_of(browser, ticket)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            page_of(browser, ticket)
        counts.append(len(asked))
        silence(pavel)
    assert counts[0] == counts[1]


def test_conduct_is_read_with_the_request(
    anna: User, sits_at: SitsAt, ticket: Ticket, pavel: Contact, kept_for_long: None
) -> None:
    """What is asked for besides is the block of the card, of a client of whom something is recorded."""
    report = reported(pavel, anna, step="warning")
    browser = sits_at(anna)
    page_of(browser, ticket)
    counts = []
    for step in ("warning", "stop"):
        AbuseReport.objects.filter(pk=report.pk).update(step=step)
        with CaptureQueriesContext(connection) as asked:
            page_of(browser, ticket)
        counts.append(len(asked))
    assert counts[0] == counts[1]
