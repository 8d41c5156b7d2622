"""Telephone numbers: the form in which a call keeps one, and whose it is."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.clients.duplicates import phone_of, phones_alike
from otklik.desk.clients.models import Channelled, Contact, Identity, PersonalFact
from otklik.desk.clients.models.secrecy import Secrecy

MOST = 6
"""A number of more people than these is a switchboard: the list is a beginning."""
LONGEST = 32


def plain(number: str) -> str:
    """E.164 where it is a number, else what the exchange said, cut; "" for a hidden one."""
    said = number.strip()
    return phone_of(said) or said[:LONGEST]


def known_as(number: str) -> "QuerySet[Contact]":
    """People who have this number on their card, in whichever form it was written down."""
    if not number:
        return Contact.objects.none()
    theirs = Identity.objects.filter(kind=Channelled.PHONE, value__in=phones_alike(number)).values("contact")
    return Contact.objects.filter(pk__in=theirs, merged_into=None).select_related("client").order_by("pk")


def only_one(number: str) -> Contact | None:
    """Whose it is, where that is sure."""
    found = list(known_as(number)[:2])
    return found[0] if len(found) == 1 else None


def somebody(number: str, name: str = "") -> Contact:
    """The one whose number it is, or a new client; one with a hidden number is nobody whom we know."""
    if not number:
        return Contact.objects.create(name=name.strip()[:200] or _("hidden number"))
    return only_one(number) or Contact.objects.recognise(Channelled.PHONE, number, name=name.strip())


def of_whom_it_was(number: str, contact: Contact | None) -> set[str]:
    """All numbers of whoever called from this one; those of this client where it is hidden, nobody's or of several."""
    people = list(known_as(number).values_list("pk", flat=True))
    if contact and len(people) != 1:
        people.append(contact.pk)
    theirs = Identity.objects.filter(kind=Channelled.PHONE, contact__in=people)
    return {number, *map(plain, theirs.values_list("value", flat=True))}


def in_words(number: str) -> str:
    """As a text may repeat it that everybody reads: of one that the desk calls personal the last two digits."""
    return f"…{number[-2:]}" if PersonalFact.PHONES in Secrecy.objects.current().facts else number


def is_named(contact: Contact) -> bool:
    """We know more of them than their number."""
    return not (phone_of(contact.name) or contact.identities.filter(value=contact.name).exists())


def learn(contact: Contact, number: str, *, by: User) -> None:
    """Whoever took the call knows who called: the number is theirs from now on, unless it is somebody's."""
    if number and not known_as(number).exists():
        Identity.objects.get_or_create(
            kind=Channelled.PHONE, value=number, defaults={"contact": contact, "added_by": by}
        )
