"""Marks of a row: who is a VIP, where there is a complaint, what is part of an incident; in one statement."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from otklik.care.complaints.models import Complaint
from otklik.care.complaints.models.filing import Filing
from otklik.care.incidents.models import Incident
from otklik.care.incidents.models.affected import Affected
from otklik.care.incidents.severity import Severity
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(anna: User, boris: User) -> Incident:
    return Incident.objects.declare(
        title="Нет связи", affects="Звонки", severity=Severity.S2, by=anna, leader=boris, tickets=[]
    )


def row(browser: Browser, ticket: Ticket) -> str:
    page = browser.get("/queue/all/", headers={"HX-Request": "true"}).content.decode()
    return page.partition(f'<li id="t{ticket.pk}"')[2].partition("</li>")[0]


def test_a_vip_is_marked_as_a_person_and_by_their_organisation(
    annas: Browser, boris: User, volga: Client, ticket: Ticket
) -> None:
    assert "VIP" not in row(annas, ticket)

    volga.restrict("vip", by=boris)

    assert 'title="VIP-клиент"' in row(annas, ticket) and '<span class="sr">VIP-клиент</span>' in row(annas, ticket)


def test_a_complaint_is_marked_for_whoever_may_know_of_it(
    annas: Browser, sits_at: Callable[[User], Browser], boris: User, anna: User, ticket: Ticket
) -> None:
    Complaint.objects.file(Filing("Слова", "Суть", ticket=ticket, contact=ticket.contact, against=anna), by=boris)

    assert "есть жалоба" in row(sits_at(boris), ticket)
    assert "есть жалоба" not in row(annas, ticket), "the person it is about learns nothing of it by a row"


def test_part_of_an_incident_until_it_stands_no_more(annas: Browser, incident: Incident, ticket: Ticket) -> None:
    affected = Affected.objects.create(incident=incident, ticket=ticket)
    assert f"часть инцидента № {incident.number}" in row(annas, ticket)

    Affected.objects.filter(pk=affected.pk).update(stands=False)

    assert "инцидента" not in row(annas, ticket)


@pytest.mark.usefixtures("kept_for_long")
def test_fifty_marked_rows_cost_one_statement_more_than_fifty_plain_ones(
    annas: Browser, anna: User, boris: User, crowd: Crowd, incident: Incident, django_assert_max_num_queries
) -> None:
    tickets = crowd(range(50), owner=anna)
    annas.get("/")
    with django_assert_max_num_queries(6) as asked:
        annas.get("/", headers={"HX-Request": "true"})
        plain = len(asked)
    Affected.objects.bulk_create(Affected(incident=incident, ticket=one) for one in tickets)
    for one in tickets[:5]:
        Complaint.objects.file(Filing("Слова", "Суть", ticket=one, contact=one.contact), by=anna)

    with django_assert_max_num_queries(plain + 1):
        page = annas.get("/", headers={"HX-Request": "true"}).content.decode()

    assert page.count("есть жалоба</span>") == 5 and page.count("часть инцидента") == 100
