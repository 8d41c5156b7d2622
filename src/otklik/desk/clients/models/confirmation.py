"""What somebody made sure of on a card, and when: "still true" (METRICS V24)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models.client import Client

if TYPE_CHECKING:
    from otklik.desk.clients.models.contact import Contact

HOLDS = timedelta(days=365)
"""For so long what was made sure of is believed."""


class Confirmed(models.TextChoices):
    """What an agent has to know of everybody before the next word."""

    ADDRESS_AS = "address_as", _("Address as")
    TIME_ZONE = "time_zone", _("Time zone")
    LITERACY = "literacy", _("Technology")
    ROLES = "roles", _("Roles")
    PRODUCTS = "products", _("Products")


class Made(NamedTuple):
    """When it was made sure of, and by whom."""

    at: datetime
    by: int

    def holds(self, now: datetime) -> bool:
        return self.at > now - HOLDS


class ConfirmationManager(models.Manager["Confirmation"]):
    def note(self, holder: "Contact | Client", facts: Iterable[str], *, by: User) -> None:
        """They are true as of now; what was noted before gives way."""
        whose = _whose(holder)
        rows = [Confirmation(**{whose: holder}, fact=fact, at=clock.now(), by=by) for fact in sorted(set(facts))]
        self.bulk_create(rows, update_conflicts=True, unique_fields=[whose, "fact"], update_fields=["at", "by"])

    def forget(self, holder: "Contact | Client", fact: str) -> None:
        """Nothing is known any more that could be true."""
        self.filter(**{_whose(holder): holder}, fact=fact).delete()

    def forget_written(self, written: Iterable[tuple[str, int, str]]) -> None:
        """Somebody else wrote other values, of whom nobody here asked: ("contact" or "client", number, fact)."""
        numbers: dict[tuple[str, str], set[int]] = {}
        for whose, number, fact in written:
            numbers.setdefault((whose, fact), set()).add(number)
        theirs = (models.Q(**{f"{whose}__in": some}, fact=fact) for (whose, fact), some in sorted(numbers.items()))
        if numbers:
            self.filter(reduce(or_, theirs)).delete()

    def of(self, contact: "Contact", owners: Collection[str] = ()) -> dict[str, Made]:
        """By the fact; products of their organisation are made sure of once for all its people.  See `latest`."""
        theirs = models.Q(contact=contact)
        if contact.client_id:
            theirs |= models.Q(client=contact.client_id)
        rows = self.filter(theirs).values_list("contact", "fact", "at", "by")
        return latest(((whose(one), fact, at, by) for one, fact, at, by in rows), owners)


class Confirmation(models.Model):
    """One fact of a person, or the products of an organisation, that somebody made sure of; only the last time."""

    contact: models.ForeignKey["Contact | None"] = models.ForeignKey(
        "clients.Contact", models.CASCADE, null=True, related_name="+", db_index=False
    )
    client = models.ForeignKey(Client, models.CASCADE, null=True, related_name="+", db_index=False)
    fact = models.CharField(max_length=10, choices=Confirmed)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    objects: ConfirmationManager = ConfirmationManager()

    class Meta:
        verbose_name = _("confirmed fact of a card")
        verbose_name_plural = _("confirmed facts of cards")
        constraints = [
            models.UniqueConstraint(fields=["contact", "fact"], name="confirmed_once_of_a_person"),
            models.UniqueConstraint(fields=["client", "fact"], name="confirmed_once_of_an_organisation"),
            models.CheckConstraint(
                condition=models.Q(contact=None, client__isnull=False) | models.Q(contact__isnull=False, client=None),
                name="confirmation_has_one_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact} of {self.contact_id or self.client_id}"


def whose(contact: int | None) -> str:
    """Whose row it is: of the person, or of an organisation."""
    return "client" if contact is None else "contact"


def latest(rows: Iterable[tuple[str, str, datetime, int]], owners: Collection[str]) -> dict[str, Made]:
    """By the fact, of rows of a person and of their organisation: ("contact" or "client", fact, at, by).

    Of products both of `owners`, who have some, have to be made sure of; the one of longer ago tells for both.
    """
    found: dict[str, Made] = {}
    products: dict[str, Made] = {}
    for holder, fact, at, by in rows:
        if fact == Confirmed.PRODUCTS:
            products[holder] = Made(at, by)
        else:
            found[fact] = Made(at, by)
    if products and products.keys() >= set(owners):
        theirs = [products[holder] for holder in owners] or list(products.values())
        found[Confirmed.PRODUCTS.value] = min(theirs, key=lambda one: one.at)
    return found


def keep(holder: "Contact | Client", fact: str, is_known: bool, *, by: User) -> None:
    """Whoever writes a fact down has made sure of it; an empty one is nothing to be sure of."""
    if is_known:
        Confirmation.objects.note(holder, [fact], by=by)
    else:
        Confirmation.objects.forget(holder, fact)


def known_of(contact: "Contact", roles: Iterable[str], has_products: bool) -> Mapping[str, bool]:
    """Of each fact whether the card says anything; roles only of somebody who speaks for an organisation."""
    known = {
        Confirmed.ADDRESS_AS.value: bool(contact.address_as),
        Confirmed.TIME_ZONE.value: bool(contact.time_zone),
        Confirmed.LITERACY.value: bool(contact.literacy),
        Confirmed.PRODUCTS.value: has_products,
    }
    return known | ({Confirmed.ROLES.value: bool(list(roles))} if contact.client_id else {})


def _whose(holder: "Contact | Client") -> str:
    return "client" if isinstance(holder, Client) else "contact"
