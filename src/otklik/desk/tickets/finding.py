"""People and organisations by what one knows of them, as far as the reader knows and sees them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.core.staff.models import User
from otklik.desk.clients.duplicates import PUBLIC, phones_alike, site_of
from otklik.desk.clients.models import CardAnswer, Channelled, Client, Contact, Holds, Identity, PersonalFact
from otklik.desk.clients.models.identity import HOST
from otklik.desk.clients.sight import Sight, addresses_open_to
from otklik.desk.tickets.access import clients_known_to, contacts_known_to, members_known_to


def people_named(user: User, words: str) -> QuerySet[Contact]:
    """By a part of the name, how an address begins, or what a field of the company says."""
    if not words:
        return contacts_known_to(user)
    begins = addresses_open_to(user).filter(value__istartswith=words)
    said = CardAnswer.objects.saying(words, Sight.of(user).fields(Holds.CONTACT))
    found = Q(pk__in=begins.values("contact")) | Q(pk__in=said.values("contact"))
    return _named(contacts_known_to(user), words, found)


def organisations_named(user: User, words: str) -> QuerySet[Client]:
    """By a part of the name, the whole taxpayer number, or what a field of the company says."""
    if not words:
        return clients_known_to(user)
    sight = Sight.of(user)
    number = Q(tax_number=words) if sight.opens(PersonalFact.TAX_NUMBER) else Q()
    said = CardAnswer.objects.saying(words, sight.fields(Holds.CLIENT))
    return _named(clients_known_to(user), words, number | Q(pk__in=said.values("client")))


def with_email(address: str) -> Q:
    """Of people: by which a letter from this mail address would be recognised."""
    return Q(pk__in=Identity.objects.claiming(address.strip().lower()).values("contact"))


def with_phone(user: User, number: str) -> Q:
    """Of people: by a telephone number however it is written; a hidden one is found by nobody."""
    numbers = addresses_open_to(user).filter(kind=Channelled.PHONE, value__in=phones_alike(number.strip()))
    return Q(pk__in=numbers.values("contact"))


def at_domain(user: User, domain: str) -> Q:
    """Of organisations: by the host of their site, and from where the people whom the user knows write.

    A host where everybody may have a mailbox finds nothing by its mailboxes.
    """
    host = site_of(domain)
    if not host:
        return Q(pk__in=())
    with_scheme = rf"^\s*([a-z]+://)?(www\.)?{_literal(host)}\s*(:|/|$)"
    by_site = Q(website__icontains=host, website__iregex=with_scheme)
    if host in PUBLIC:
        return by_site
    mailboxes = Identity.objects.annotate(host=HOST).filter(kind=Channelled.EMAIL, host=host)
    writers = members_known_to(user, OuterRef("pk")).filter(contact__in=mailboxes.values("contact"))
    return by_site | Q(Exists(writers))


def _literal(text: str) -> str:
    """As a pattern of PostgreSQL that means the text itself."""
    return "".join(sign if sign.isalnum() else f"\\{sign}" for sign in text)


def _named[Row: (Contact, Client)](known: QuerySet[Row], words: str, else_: Q) -> QuerySet[Row]:
    return known.filter(Q(name__icontains=words) | else_).distinct()
