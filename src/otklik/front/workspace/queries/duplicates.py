"""Possible duplicates as far as the reader knows the people and the organisations."""

from typing import Any, NamedTuple

from django.urls import reverse

from otklik.core.staff.models import User
from otklik.desk.clients.duplicates import Likeness
from otklik.desk.clients.models import Client, Contact, PersonalFact
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.sameness import Sameness

LOOKED_AT = 25
"""Rows whom one page of the list compares with others: each costs some statements."""


class Proposed(NamedTuple):
    """A row and another one that may be the same; `place` says more of each, the rest is where one goes from here.

    All of it as the reader with this `sight` may read it.
    """

    row: Contact | Client
    like: Likeness[Any]
    sight: Sight
    can_merge: bool

    @property
    def is_organisation(self) -> bool:
        return isinstance(self.row, Client)

    @property
    def home(self) -> str:
        return self._of(self.row)

    @property
    def other(self) -> str:
        return self._of(self.like.other)

    @property
    def place(self) -> str:
        return _place(self.row, self.sight)

    @property
    def other_place(self) -> str:
        return _place(self.like.other, self.sight)

    @property
    def reasons(self) -> list[str]:
        return self.like.reasons_for(self.sight)

    @property
    def merge(self) -> str:
        name = "merge_clients" if self.is_organisation else "merge_contacts"
        return reverse(f"workspace:{name}", args=[self.row.pk, self.like.other.pk])

    @property
    def different(self) -> str:
        name = "different_clients" if self.is_organisation else "different"
        return reverse(f"workspace:{name}", args=[self.row.pk, self.like.other.pk])

    def _of(self, row: Contact | Client) -> str:
        return reverse("workspace:client" if self.is_organisation else "workspace:contact", args=[row.pk])


class Page(NamedTuple):
    """`after` is the number where the next page begins, None on the last one."""

    rows: list[Proposed]
    after: int | None


def of(row: Contact | Client, user: User, same: Sameness) -> list[Proposed]:
    """Those of one person, or of one organisation."""
    return _of(row, user, same, Sight.of(user))


def page(user: User, after: int, same: Sameness) -> Page:
    """Pairs by the number of the older row, each once."""
    sight = Sight.of(user)
    looked_at = list(same.known_to(user).filter(pk__gt=after).order_by("pk")[: LOOKED_AT + 1])
    rows = [one for row in looked_at[:LOOKED_AT] for one in _of(row, user, same, sight) if one.like.other.pk > row.pk]
    return Page(rows, looked_at[LOOKED_AT - 1].pk if len(looked_at) > LOOKED_AT else None)


def _of(row: Contact | Client, user: User, same: Sameness, sight: Sight) -> list[Proposed]:
    return [Proposed(row, one, sight, may) for one, may in same.likely(row, user)]


def _place(row: Contact | Client, sight: Sight) -> str:
    if isinstance(row, Client):
        return (row.tax_number if sight.opens(PersonalFact.TAX_NUMBER) else "") or row.website
    return row.client.name if row.client else ""
