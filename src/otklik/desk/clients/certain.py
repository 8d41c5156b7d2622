"""What a card says of the facts that everybody has to know, and "still true" of what somebody saw (METRICS V24)."""

import json
from collections.abc import Iterable
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.clients.models import Confirmed, Contact, ContractRole, Subscription

type Product = tuple[str, str, str, str, bool]
"""Name, plan, details, state, and whether the person has it themselves: so it is of their organisation else."""


def roles_of(contact: Contact) -> list[str]:
    """For the organisation that they speak for first."""
    main = contact.memberships.current().filter(is_main=True).first()
    return list(main.roles) if main else []


def owned_of(contact: Contact) -> list[Product]:
    """Theirs and those of their organisation, as long as they last."""
    theirs = Subscription.objects.of(contact).exclude(state=Subscription.State.ENDED)
    products = theirs.order_by("starts_on", "pk").values_list("product__name", "plan", "details", "state", "contact")
    return [(name, plan, details, state, own is not None) for name, plan, details, state, own in products]


def asked_of(contact: Contact) -> list[Confirmed]:
    """Facts that have to be known of them: roles only of somebody who speaks for an organisation."""
    return [one for one in Confirmed if one != Confirmed.ROLES or contact.client_id]


def owners(owned: Iterable[Product]) -> set[str]:
    """Who has some: "contact", "client"."""
    return {"contact" if one[-1] else "client" for one in owned}


def values_of(contact: Contact, roles: Iterable[str], owned: Iterable[Product]) -> dict[Confirmed, str]:
    """What the card says of each fact, roles in the language that is active; "" where it says nothing."""
    held = list(roles)
    return {
        Confirmed.ADDRESS_AS: contact.address_as,
        Confirmed.TIME_ZONE: contact.time_zone,
        Confirmed.LITERACY: str(contact.literacy or ""),
        Confirmed.ROLES: ", ".join(str(role.label) for role in ContractRole if role in held),
        Confirmed.PRODUCTS: "; ".join(" · ".join(filter(None, one[:3])) for one in owned),
    }


def digest_of(contact: Contact, roles: Iterable[str], owned: Iterable[Product]) -> str:
    """The same for the same values, whatever the language in which they are shown."""
    values = [contact.address_as, contact.time_zone, contact.literacy, sorted(roles), sorted(owned)]
    return sha256(json.dumps(values).encode()).hexdigest()[:16]


@transaction.atomic
def confirm_seen(contact: Contact, facts: Iterable[str], seen: str, *, by: User) -> None:
    """These facts of a card whose digest was `seen` are still true.

    Raises ValidationError where a colleague has changed the card since, and what `Contact.confirm` raises.
    """
    held = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if digest_of(held, roles_of(held), owned_of(held)) != seen:
        contact.refresh_from_db()
        raise ValidationError(_("The card has changed meanwhile. This is what it says now: is it true?"), "changed")
    held.confirm(facts, by=by)
