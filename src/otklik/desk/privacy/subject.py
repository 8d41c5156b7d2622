"""The person behind a card: every row that is them, and by what they are known."""

from collections.abc import Collection
from typing import Any

from otklik.core.datamap import GONE, Person
from otklik.desk.clients import duplicates
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets.models import Ticket

ORDER = ("address", "among", "conversation", "ticket", "person", "contact")
"""The person's own addresses go last: a job that broke off still knows whom it looks for."""

OF_CONTACT: dict[str, Any] = {"conversation": Conversation, "ticket": Ticket}


def person_of(contact: Contact) -> Person:
    """With everybody who was merged into them."""
    while contact.merged_into is not None:
        contact = contact.merged_into
    numbers, newest = [contact.pk], [contact.pk]
    while newest := list(Contact.objects.filter(merged_into__in=newest).values_list("pk", flat=True)):
        numbers += newest
    addresses = Identity.objects.filter(contact__in=numbers).order_by("pk").values_list("value", flat=True)
    names = Contact.objects.filter(pk__in=numbers).values_list("name", flat=True)
    return Person(tuple(numbers), tuple(addresses), tuple(dict.fromkeys(name for name in names if name)))


def holders(person: Person, holder: str) -> list[Any]:
    """Numbers (or addresses) of what of the person has this name, in their order."""
    if holder in ("contact", "person"):
        return list(person.contacts)
    if holder == "address":
        return list(person.addresses)
    if holder == "among":
        return among_others(person)
    return sorted(OF_CONTACT[holder].objects.filter(contact__in=person.contacts).values_list("pk", flat=True))


def asked_together(person: Person, holder: str) -> Any:
    """The same for one question about all of them: many thousands are not named one by one."""
    if holder in OF_CONTACT:
        return OF_CONTACT[holder].objects.filter(contact__in=person.contacts).values("pk")
    return holders(person, holder)


def among_others(person: Person) -> list[int]:
    """Conversations of others in which they wrote."""
    wrote = Message.objects.filter(contact__in=person.contacts).values_list("conversation", flat=True).distinct()
    return sorted(set(wrote) - set(holders(person, "conversation")))


def has_words(person: Person) -> bool:
    """Something that they wrote is not erased."""
    return Message.objects.filter(contact__in=person.contacts).exclude(text__in=("", GONE)).exists()


def batches(keys: Collection[Any], size: int, after: Any = None) -> list[list[Any]]:
    """Cut into pieces, from the one after `after`."""
    left = [key for key in keys if after is None or key > after]
    return [left[start : start + size] for start in range(0, len(left), size)]


def likely_same(contact: Contact) -> "list[duplicates.Likeness]":
    """Cards that may be the same person and were not merged: to be settled before the person is answered."""
    return duplicates.of_contact(contact)
