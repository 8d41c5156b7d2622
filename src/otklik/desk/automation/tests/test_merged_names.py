"""A rule that names somebody goes on to mean them after they were merged."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.automation.facts import facts
from otklik.desk.clients.models import Client, ClientMerging, Contact, Merging
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_an_organisation(ticket: Ticket, boris: User) -> None:
    volga, twin = ticket.contact.client, Client.objects.create(name="ООО «Волга»")
    assert volga is not None
    fact = facts()["organisation"]
    ClientMerging.objects.merge(volga, twin, by=boris)

    assert ticket in Ticket.objects.filter(fact.asks("is", [twin.pk]))


def test_a_person(ticket: Ticket, boris: User) -> None:
    twin = Contact.objects.create(name="Демидов")
    Merging.objects.merge(ticket.contact, twin, by=boris)

    assert ticket in Ticket.objects.filter(facts()["client"].asks("is", [twin.pk]))
