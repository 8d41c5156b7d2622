"""Data panels of the card: which of them stand there, and where each is fetched from once it is seen."""

from dataclasses import dataclass

from django.urls import reverse

from otklik.core.staff.models import User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels import access
from otklik.desk.automation.panels.access import Beside
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import topics


@dataclass(frozen=True)
class Offered:
    """A panel in this card; `place` is there for nobody else and beside no other request."""

    panel: Panel
    address: str
    place: str


def beside_of(contact: Contact, ticket: Ticket | None) -> Beside:
    path = topics.tree().path(ticket.topic_id) if ticket is not None and ticket.topic_id else ()
    return Beside(contact, ticket, frozenset(topic.pk for topic in path))


def offered(user: User, contact: Contact, ticket: Ticket | None) -> list[Offered]:
    """By name; costs no statement where nothing is set up, or what is set up was read some seconds ago."""
    if not Panel.objects.in_force():
        return []
    beside = beside_of(contact, ticket)
    whose = f"{contact.pk}-{ticket.pk if ticket is not None else 'card'}"
    return _offered(user, beside, whose)


def offered_at(user: User, organisation: Client) -> list[Offered]:
    """The same on an organisation's own page."""
    if not Panel.objects.in_force():
        return []
    return _offered(user, Beside.at_organisation(organisation), f"organisation-{organisation.pk}")


def _offered(user: User, beside: Beside, whose: str) -> list[Offered]:
    return [Offered(panel, address_of(panel, beside), f"{panel.pk}-{whose}") for panel in access.shown(user, beside)]


def address_of(panel: Panel, beside: Beside, what: str = "data_panel") -> str:
    if beside.ticket is not None:
        return reverse(f"workspace:{what}", args=[beside.ticket.number, panel.pk])
    if beside.contact is not None:
        return reverse(f"workspace:contact_{what}", args=[beside.contact.pk, panel.pk])
    assert beside.client is not None
    return reverse(f"workspace:client_{what}", args=[beside.client.pk, panel.pk])
