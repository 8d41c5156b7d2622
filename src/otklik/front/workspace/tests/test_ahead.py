"""A request that is fetched ahead of the key: drawn as ever, and nobody has looked at it until it is shown."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.journal.models import Entry, Notice, NoticeKind
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.presence import Seen

pytestmark = pytest.mark.django_db
AHEAD = {"HX-Request": "true", "HX-Target": "div#open", "X-Ahead": "1"}


def test_it_is_drawn_and_nothing_is_written(annas: Browser, anna: User, ticket: Ticket) -> None:
    Notice.objects.tell([anna.pk], "Посмотри", kind=NoticeKind.MENTION, about="ticket", about_id=ticket.pk)
    with CaptureQueriesContext(connection) as asked:
        page = annas.get(f"/tickets/{ticket.pk}/?view=line", headers=AHEAD).content.decode()

    assert ticket.subject in page and "data-ahead" in page
    assert [one["sql"] for one in asked if "INSERT" in one["sql"] or "UPDATE" in one["sql"]] == []
    assert not Seen.objects.exists()
    assert not Notice.objects.filter(seen_at__isnull=False).exists()


def test_once_it_is_shown_it_was_opened(annas: Browser, anna: User, ticket: Ticket) -> None:
    annas.get(f"/tickets/{ticket.pk}/timeline/?after=0&event=0&seen=1&opens=1", headers={"HX-Request": "true"})
    seen = Seen.objects.get()
    assert (seen.user, seen.ticket_id, seen.message_id) == (anna, ticket.pk, ticket.last_message_id)
    assert seen.opened_at


def test_a_card_whose_looks_are_written_down_is_not_fetched_ahead(annas: Browser, ticket: Ticket, boris: User) -> None:
    ticket.contact.restrict("vip", by=boris)
    answer = annas.get(f"/tickets/{ticket.pk}/", headers=AHEAD)
    assert (answer.status_code, answer.content) == (204, b"")
    assert not Entry.objects.filter(kind="clients.ContactLooked").exists()


def test_a_card_that_was_restricted_meanwhile_is_looked_at_when_it_is_shown(
    annas: Browser, ticket: Ticket, boris: User
) -> None:
    assert annas.get(f"/tickets/{ticket.pk}/", headers=AHEAD).status_code == 200
    ticket.contact.restrict("vip", by=boris)
    annas.get(f"/tickets/{ticket.pk}/timeline/?after=0&event=0&seen=1&opens=1", headers={"HX-Request": "true"})
    assert Entry.objects.filter(kind="clients.ContactLooked").count() == 1


def test_what_one_may_not_see_is_not_there_ahead_either(
    sits_at: Callable[[User], Browser], vera: User, ticket: Ticket
) -> None:
    answer = sits_at(vera).get(f"/tickets/{ticket.pk}/", headers=AHEAD)
    assert answer.status_code == 404
