"""Two people who may be one, two organisations that may be one: what a page and a program ask of both nouns."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from otklik.core.staff.models import User
from otklik.desk.clients import duplicates
from otklik.desk.clients.duplicates import Likeness
from otklik.desk.clients.models import (
    CLIENT_FACTS,
    FACTS,
    Client,
    ClientMerging,
    Contact,
    Holds,
    Merging,
)
from otklik.desk.tickets.access import can_merge, clients_known_to, contacts_known_to
from otklik.desk.tickets.models import Ticket


@dataclass(frozen=True)
class Sameness:
    """What differs between the two; `through` is how a request points to one of them."""

    kind: str
    mergings: type[Merging] | type[ClientMerging]
    facts: tuple[str, ...]
    through: str
    known_to: Callable[[User], QuerySet[Any]]
    alike: Callable[[Any], Iterable[Likeness[Any]]]
    compare: Callable[[Any, Any], Likeness[Any]]

    def likely(self, row: Contact | Client, user: User) -> list[tuple[Likeness[Any], bool]]:
        """Who may be the same, as far as the user knows them, each with whether this user may merge them."""
        found = list(self.alike(row))
        numbers = [one.other.pk for one in found]
        known = set(self.known_to(user).filter(pk__in=numbers).values_list("pk", flat=True)) if found else set()
        return [(one, self._may(user, row, one)) for one in found if one.other.pk in known]

    def may_merge(self, user: User, winner: Contact | Client, loser: Contact | Client) -> bool:
        return self._may(user, winner, self.compare(winner, loser))

    def merged_as_known_to(self, user: User) -> QuerySet[Any]:
        """Mergings into somebody whom the user knows."""
        return self.mergings._default_manager.filter(winner__in=self.known_to(user)).select_related("winner", "loser")

    def requests_of(self, row: Contact | Client, user: User) -> QuerySet[Ticket]:
        """As far as the user sees them."""
        return Ticket.objects.visible_to(user).filter(**{self.through: row}).order_by()

    def _may(self, user: User, row: Contact | Client, like: Likeness[Any]) -> bool:
        return can_merge(user, row, like.other, surely=like.score >= duplicates.SURE)


def _people(user: User) -> QuerySet[Contact]:
    """With what they are compared by."""
    return contacts_known_to(user).select_related("client").prefetch_related("identities")


PEOPLE = Sameness(
    kind=Holds.CONTACT.value,
    mergings=Merging,
    facts=FACTS,
    through="contact",
    known_to=_people,
    alike=duplicates.of_contact,
    compare=duplicates.compare,
)
ORGANISATIONS = Sameness(
    kind=Holds.CLIENT.value,
    mergings=ClientMerging,
    facts=CLIENT_FACTS,
    through="contact__client",
    known_to=clients_known_to,
    alike=duplicates.of_client,
    compare=duplicates.compare_clients,
)
