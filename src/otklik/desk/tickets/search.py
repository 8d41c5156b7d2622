"""The small query language: words, numbers and addresses, `status:open owner:me line:… before:2026-11-01`.

In a value of several words these are joined by `_`: `topic:качество_связи tag:роутер field:дата_визита>=2026-11-28`.
"""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.utils import timezone

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models.product import Product
from otklik.desk.tickets.models.states import Priority, Status
from otklik.desk.tickets.models.topic import Topic
from otklik.desk.tickets.narrowing import field_condition

if TYPE_CHECKING:
    from otklik.desk.tickets.models.queryset import TicketQuerySet

LONGEST = 200
MOST = 2000
"""Hits of one word that are looked at: a common word has more, and nobody reads them all (PERFORMANCE 4.2)."""
FILTER = re.compile(r"(?:^|\s)(status|owner|line|topic|product|tag|priority|field|upset|before|after):(\S+)")
NUMBER = re.compile(r"^[№#]?\s*(\d{1,18})$")


def found_by(tickets: "TicketQuerySet", query: str, user: User) -> "TicketQuerySet":
    """Tickets that fit a query; unknown values of filters find nothing, an empty query changes nothing."""
    query = query.replace("\x00", "")[:LONGEST]
    for name, value in FILTER.findall(query):
        tickets = _filtered(tickets, name, value, user)
    words = FILTER.sub(" ", query).strip()
    if not words:
        return tickets
    if number := NUMBER.match(words):
        return tickets.filter(pk=int(number[1]))
    if "@" in words:
        return tickets.filter(contact__identities__value=words.lower())
    return tickets.filter(_said(words) | Q(contact_name__icontains=words) | Q(client_name__icontains=words))


def _said(words: str) -> Q:
    """Tickets in whose messages the words were said; a bounded number of hits, newest first."""
    search = SearchQuery(words, config="otklik_ru", search_type="websearch")
    hits = Message.objects.living().filter(search=search).order_by("-id").values("conversation_id")[:MOST]
    return Q(conversation_id__in=hits)


def _filtered(tickets: "TicketQuerySet", name: str, value: str, user: User) -> "TicketQuerySet":
    match name:
        case "status" if value == "third":
            return tickets.filter(status=Status.SCHEDULED).exclude(waits_for="")
        case "status":
            return tickets.open() if value == "open" else tickets.filter(status__in=_status(value))
        case "owner":
            owner = {"me": Q(owner=user), "none": Q(owner=None)}.get(value, Q(owner__login=value))
            return tickets.filter(owner)
        case "line":
            return tickets.filter(team__name__iexact=value.replace("_", " "))
        case "priority":
            return tickets.filter(priority__in=_priority(value))
        case "field":
            return tickets.filter(field_condition(value))
        case "upset":
            known = {"yes": tickets.exclude(upset_since=None), "no": tickets.filter(upset_since=None)}
            return known.get(value.lower(), tickets.none())
        case "topic":
            return (
                tickets.filter(topic__isnull=False, topic__in=_topics(value))
                if value != "none"
                else tickets.filter(topic=None)
            )
        case "product" if value == "none":
            return tickets.filter(product=None)
        case "product":
            return tickets.filter(product__isnull=False, product__in=Product.objects.named(value))
        case "tag":
            return tickets.exclude(tags=[]).filter(tags__contains=[value.replace("_", " ").lower()])
    day = _day(value)
    if day is None:
        return tickets.none()
    return tickets.filter(opened_at__lt=day) if name == "before" else tickets.filter(opened_at__gte=day)


def _status(value: str) -> list[str]:
    aliases = {"work": Status.OPEN, "waiting": Status.PENDING_CLIENT}
    return [aliases.get(part, part) for part in value.split(",") if aliases.get(part, part) in Status.values]


def _priority(value: str) -> list[int]:
    """By name or number; `high,urgent` is either."""
    named = {one.name.lower(): one.value for one in Priority} | {str(one.value): one.value for one in Priority}
    return [named[part] for part in value.lower().split(",") if part in named]


def _topics(value: str) -> set[int]:
    """By number or name, each with everything below it."""
    tree = Topic.objects.tree()
    if value.isascii() and value.isdigit():
        return tree.branch(int(value)) if int(value) in tree.topics else set()
    return tree.named(value.replace("_", " "))


def _day(value: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.strptime(value, "%Y-%m-%d"))  # noqa: DTZ007 - made aware at once
    except ValueError:
        return None
