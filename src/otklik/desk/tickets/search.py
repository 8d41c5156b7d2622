"""Requests that fit a query: its filters narrow (`narrowing`), its words were said, or name a person."""

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from otklik.core.staff.models import User
from otklik.core.ui.typed import searchable
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.narrowing import Narrowing
from otklik.desk.tickets.query import Query

if TYPE_CHECKING:
    from otklik.desk.tickets.models.queryset import TicketQuerySet

MOST = 2000
"""Hits of one word that are looked at: a common word has more, and nobody reads them all (PERFORMANCE 4.2)."""
NUMBER = re.compile(r"^[№#]?\s*(\d{1,18})$")


def found_by(tickets: "TicketQuerySet", query: str, user: User) -> "TicketQuerySet":
    """Tickets that fit a query; unknown values of filters find nothing, an empty query changes nothing."""
    asked = Query.read(query)
    for part in Narrowing.of(asked, user).parts:
        tickets = tickets.none() if part.error else tickets.filter(part.q)
    words = asked.words
    if not words:
        return tickets
    if number := NUMBER.match(words):
        return tickets.filter(pk=int(number[1]))
    if "@" in words:
        return tickets.filter(contact__identities__value=words.lower())
    return tickets.filter(_said(words) | Q(contact_name__icontains=words) | Q(client_name__icontains=words))


def _said(words: str) -> Q:
    """Tickets in whose messages the words were said; a bounded number of hits, newest first."""
    search = SearchQuery(searchable(words), config="otklik_ru", search_type="websearch")
    hits = Message.objects.living().filter(search=search).order_by("-id").values("conversation_id")[:MOST]
    return Q(conversation_id__in=hits)
