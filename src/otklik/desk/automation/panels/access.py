"""Who sees a panel, and beside what: the one place that decides.

A reader has to be let in to the request or card itself first; a panel only narrows that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from otklik.core.staff.models import User
from otklik.desk.automation.models import Panel
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Ticket, Topic


@dataclass(frozen=True)
class Beside:
    """Beside what a panel stands: a person, and the request unless it is the card alone; or an organisation's own page.

    `topics` are the topic of the request and all above it, `client` is the organisation where there is no `contact`.
    """

    contact: Contact | None
    ticket: Ticket | None = None
    topics: frozenset[int] = frozenset()
    client: Client | None = None

    @classmethod
    def at(cls, contact: Contact, ticket: Ticket | None) -> "Beside":
        """A request with its topics, or the card of a person."""
        path = Topic.objects.tree().path(ticket.topic_id) if ticket is not None and ticket.topic_id else ()
        return cls(contact, ticket, frozenset(topic.pk for topic in path))

    @classmethod
    def at_organisation(cls, client: Client) -> "Beside":
        return cls(None, client=client)

    @property
    def organisation(self) -> Client | None:
        return self.contact.client if self.contact is not None else self.client

    @property
    def is_of_organisation(self) -> bool:
        """An organisation's own page."""
        return self.contact is None


def shown(user: User, beside: Beside) -> list[Panel]:
    """Those in force that the reader sees here, by name."""
    return [panel for panel in Panel.objects.in_force() if sees(user, panel, beside)]


def sees(user: User, panel: Panel, beside: Beside) -> bool:
    return panel.is_active and is_for(user, panel) and fits(panel, beside)


def is_for(user: User, panel: Panel) -> bool:
    """By role and line; who sees the whole department belongs to each line."""
    if not user.is_active or (panel.roles and user.role not in panel.roles):
        return False
    return not panel.lines or user.sees_everything or _meet(panel.lines, user.team_ids)


def fits(panel: Panel, beside: Beside) -> bool:
    """By topic (a card has none) and by kind of client."""
    if beside.is_of_organisation and not panel.on_organisations:
        return False
    if beside.ticket is None and not beside.is_of_organisation and not panel.on_cards:
        return False
    if panel.topic_id is not None and panel.topic_id not in beside.topics:
        return False
    if panel.clients == Panel.Clients.ALL:
        return True
    return (beside.organisation is None) == (panel.clients == Panel.Clients.PERSONS)


def _meet(some: Iterable[int], others: Iterable[int]) -> bool:
    return not set(some).isdisjoint(others)
