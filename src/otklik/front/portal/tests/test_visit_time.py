"""A visit on the client's page: when, who, and whether the time suits them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket, Visit
from otklik.desk.tickets.visit_plan import VisitPlan

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(ticket: Ticket, anna: User, ilya: User) -> Visit:
    starts = clock.now() + timedelta(days=1)
    ends = starts + timedelta(hours=2)
    plan = VisitPlan("Садовая, 5", starts, ends, [ilya], route="Код 12", bring="Роутер")
    return ticket.plan_visit(plan, by=anna)


def page_of(client: Client, ticket: Ticket) -> str:
    return client.get(f"/request/{sign(ticket)}/").content.decode()


def say(client: Client, ticket: Ticket, visit: object, agreed: str) -> int:
    return client.post(f"/request/{sign(ticket)}/visit/", {"visit": visit, "agreed": agreed}).status_code


def test_only_what_they_were_told_is_there(client: Client, ticket: Ticket, visit: Visit, anna: User) -> None:
    assert "Садовая" not in page_of(client, ticket)
    ticket.tell_visit(visit, by=anna)

    page = page_of(client, ticket)
    assert "Садовая, 5" in page and "Илья Соколов" in page and "visit.ics" in page
    assert "Код 12" not in page and "Роутер" not in page


def test_one_click_says_that_the_time_suits_or_not(client: Client, ticket: Ticket, visit: Visit, anna: User) -> None:
    ticket.tell_visit(visit, by=anna)
    assert "Время вам подходит?" in page_of(client, ticket)
    for nonsense in ("", "x", "9" * 30, str(visit.pk + 1)):
        assert say(client, ticket, nonsense, "no") == 302
    assert say(client, ticket, visit.pk, "maybe") == 302
    visit.refresh_from_db()
    assert visit.agreed is None

    assert say(client, ticket, visit.pk, "no") == 302
    page = page_of(client, ticket)
    assert "подберём другое" in page and "Время вам подходит?" not in page
    ticket.refresh_from_db()
    assert ticket.returned == "rejected" and ticket.waiting_since


@pytest.mark.parametrize("came", [False, True])
def test_another_client_of_the_request_does_not_read_where_the_first_one_lives(
    client: Client, ticket: Ticket, visit: Visit, anna: User, ilya: User, came: bool
) -> None:
    ticket.tell_visit(visit, by=anna)
    if came:
        ticket.step_visit(visit, "done", by=ilya)
    ticket.make_client(Contact.objects.recognise("email", "olga@else.test"), by=anna)

    ticket = Ticket.objects.get(pk=ticket.pk)
    assert "Садовая" not in page_of(client, ticket) and "Илья Соколов" not in page_of(client, ticket)
    assert say(client, ticket, visit.pk, "no") == 302
    visit.refresh_from_db()
    assert visit.agreed is None and (came or not visit.is_told)


def test_a_page_costs_the_same_whatever_visits_there_were(
    client: Client, ticket: Ticket, visit: Visit, anna: User, ilya: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "Садовая, 5" in page_of(client, ticket)
        return len(queries)

    costs = []
    for _again in range(4):
        ticket.tell_visit(visit, by=anna)
        costs.append(asked())
        ticket.step_visit(visit, "done", by=ilya)
        plan = VisitPlan("Садовая, 5", visit.starts_at, visit.ends_at, [ilya], despite=True)
        visit = ticket.plan_visit(plan, by=anna)
    assert costs[1] == costs[3]
