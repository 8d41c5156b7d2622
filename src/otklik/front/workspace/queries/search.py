"""Search over what was said, numbers, addresses and names; what may be seen is asked in the same statement."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import InternalError, OperationalError, connection, transaction
from django.db.models import Q, Value

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.clients.sight import addresses_open_to
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.query import LONGEST, Query
from otklik.desk.tickets.search import found_by
from otklik.front.workspace.queries.layout import swapped
from otklik.front.workspace.queries.said import Hit, said
from otklik.front.workspace.queries.standing import Reader

MANY = 500
PAGE = 50
GROUP = 8
"""People and organisations beside the requests."""
LIKE_FROM, LIKENESS = 4, 0.5
NATIONAL = 11
"""Digits of a Russian number together with its 7 or 8."""
PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015]")
PHONE = re.compile(r"\+?[0-9]{7,15}")
ALIKE = (
    f"(SELECT 'person', id FROM clients_contact WHERE UPPER(%(words)s) <%% UPPER(name) LIMIT {MANY})"
    f" UNION ALL (SELECT 'client', id FROM clients_client WHERE UPPER(%(words)s) <%% UPPER(name) LIMIT {MANY})"
)
"""Each part by its own index of the parts of names."""
NUMBER = re.compile(r"^\s*[№#]?\s*(\d{1,18})\s*$")


@dataclass
class Found:
    """What a query gave; `too_broad` when it took too long, `more` when only the newest are shown."""

    query: str
    tickets: list[Hit] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    organisations: list[Client] = field(default_factory=list)
    too_broad: bool = False
    more: bool = False
    errors: list[str] = field(default_factory=list)
    instead: str = ""
    """What was looked for, when what was typed on another layout gave nothing."""

    @property
    def is_empty(self) -> bool:
        return not (self.tickets or self.contacts or self.organisations)


def search(text: str, user: User, limit: int = PAGE) -> Found:
    """Requests and people that fit; when none do, those of the same keys on the other layout."""
    found = _search(text, user, limit)
    other = swapped(found.query)
    if not found.is_empty or found.too_broad or found.errors or other == found.query:
        return found
    second = _search(other, user, limit)
    if second.is_empty or second.errors:
        return found
    second.query, second.instead = found.query, other
    return second


def _search(text: str, user: User, limit: int) -> Found:
    """The right kind of look-up is told from the text itself."""
    query = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    found = Found(query)
    if not query:
        return found
    asked = Query.read(query)
    narrowing = Narrowing.of(asked, user)
    found.errors = narrowing.errors
    if found.errors:
        return found
    if asked.filters and (not asked.words or "@" in asked.words or NUMBER.match(asked.words)):
        found.tickets = _listed(found_by(Ticket.objects.visible_to(user), query, user).order_by("-id"), limit)
        found.more = len(found.tickets) >= limit
        return found
    try:
        with transaction.atomic():
            hits = said(asked.words, Reader.of(user, narrowing=narrowing), limit)
    except (InternalError, OperationalError):  # it takes too long, or has too many parts
        hits, found.too_broad = [], True
    named = _named(asked, user, limit) if asked.filters else _numbered(query, user)
    if not asked.filters:
        found.contacts, found.organisations = _known_of(query, user)
    known = {hit.id for hit in named}
    found.tickets = named + [hit for hit in hits if hit.id not in known]
    found.more = len(hits) >= limit
    return found


def _numbered(query: str, user: User) -> list[Hit]:
    """The request of this number."""
    number = NUMBER.match(query)
    return _listed(Ticket.objects.visible_to(user).filter(pk=int(number[1])), 1) if number else []


def _named(asked: Query, user: User, limit: int) -> list[Hit]:
    """Requests of people and organisations that are called like the words of a query, narrowed by its filters."""
    words = asked.words
    people = Contact.objects.filter(name__icontains=words).values("pk")[:MANY]
    theirs = Contact.objects.filter(client__name__icontains=words).values("pk")[:MANY]
    tickets = Ticket.objects.visible_to(user).filter(contact__in=people.union(theirs))
    for part in Narrowing.of(asked, user).parts:
        tickets = tickets.filter(part.q)
    return _listed(tickets.order_by("-id"), limit)


def _known_of(query: str, user: User) -> tuple[list[Contact], list[Client]]:
    """People by name, organisation or address, and organisations by name, as far as the reader knows them."""
    if len(query) < 2:
        return [], []
    if "@" in query or query.startswith("+") or query.isdecimal() or phone_of(query):
        begins = Q(value__istartswith=query.lower())
        if phone := phone_of(query):
            begins |= Q(value__istartswith=phone)
        found = addresses_open_to(user).filter(begins)
        return _people(found.values_list("contact_id", flat=True)[:MANY], user), []
    named: dict[str, list[int]] = {"person": [], "client": []}
    for what, pk in _named_like(query):
        named[what].append(pk)
    people, organisations = _people(named["person"], user), _organisations(named["client"], user)
    if people:
        return people, organisations
    alike = _alike(query)
    return _people(alike["person"], user), organisations or _organisations(alike["client"], user)


def _named_like(query: str) -> Iterable[tuple[str, int]]:
    """Numbers of people and organisations.  Each part by its own index: together they would read everybody."""
    person, client = Value("person"), Value("client")
    by_name = Contact.objects.filter(name__icontains=query).values_list(person, "pk")[:MANY]
    by_client = Contact.objects.filter(client__name__icontains=query).values_list(person, "pk")[:MANY]
    clients = Client.objects.filter(name__icontains=query).values_list(client, "pk")[:MANY]
    return by_name.union(by_client, clients)


def _alike(query: str) -> dict[str, list[int]]:
    """Numbers of people and organisations whose name was misspelt; numbers and short words are like too many."""
    found: dict[str, list[int]] = {"person": [], "client": []}
    if len(query) < LIKE_FROM or not any(letter.isalpha() for letter in query):
        return found
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {LIKENESS}")
        cursor.execute(ALIKE, {"words": query})
        for what, pk in cursor.fetchall():
            found[what].append(pk)
    return found


def _people(found: Iterable[int], user: User) -> list[Contact]:
    """Those of them whom the reader knows; where nobody was found no rights are asked."""
    if not (people := list(found)):
        return []
    return list(contacts_known_to(user).filter(pk__in=people).select_related("client").order_by("name")[:GROUP])


def _organisations(found: list[int], user: User) -> list[Client]:
    return list(clients_known_to(user).filter(pk__in=found).order_by("name")[:GROUP]) if found else []


def phone_of(text: str) -> str:
    """A phone as typed, in the form in which it is stored; "" for what is none.  8 (916) … is +7 916 …"""
    digits = PUNCTUATION.sub("", text)
    if not PHONE.fullmatch(digits):
        return ""
    bare = digits.removeprefix("+")
    if len(bare) == NATIONAL and not digits.startswith("+") and bare[0] in "78":
        return "+7" + bare[1:]
    return "+" + bare


def _listed(tickets: Any, limit: int) -> list[Hit]:
    names = ("id", "subject", "contact_name", "client_name", "status", "channel_kind", "last_at", "owner_id")
    return [Hit(None, *row) for row in tickets.values_list(*names, "merged_into_id")[:limit]]
