"""People and organisations by name, as far as the reader knows them, a page at a time."""

from typing import Any, NamedTuple

from django.db.models import Count, Max, Model, Q, QuerySet

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Membership
from otklik.desk.tickets.finding import organisations_named, people_named
from otklik.desk.tickets.models import Ticket

PAGE = 50
LONGEST = 100


class Page[Row: Model](NamedTuple):
    """`after` is where the next page begins, "" on the last one."""

    rows: list[Row]
    after: str


def people(user: User, words: str, after: str) -> Page[Contact]:
    return _page(people_named(user, words).select_related("client"), after)


def organisations(user: User, words: str, after: str) -> Page[Client]:
    return _page(organisations_named(user, words), after)


def _page[Row: Model](known: QuerySet[Row], after: str) -> Page[Row]:
    """By name and number, so that a page costs the same wherever it begins."""
    number, _comma, name = after.partition(",")
    if number.isdecimal() and len(number) < 18:
        known = known.filter(Q(name__gt=name) | Q(name=name, pk__gt=int(number)), name__gte=name)
    found = list(known.order_by("name", "id")[: PAGE + 1])
    last: Any = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last.pk},{last.name}" if last else "")


def standing(user: User, rows: list[Contact]) -> dict[int, dict[str, Any]]:
    """Of these people: how many requests are open, and when they were heard last, as far as the reader may see."""
    return _standing(user, "contact", [row.pk for row in rows])


def standing_of_organisations(user: User, rows: list[Client]) -> dict[int, dict[str, Any]]:
    return _standing(user, "contact__client", [row.pk for row in rows])


def _standing(user: User, of: str, numbers: list[int]) -> dict[int, dict[str, Any]]:
    theirs = Ticket.objects.visible_to(user).filter(**{f"{of}__in": numbers}).order_by()
    figures = theirs.values(of).annotate(open=Count("pk", filter=Q(due_at__isnull=False)), last=Max("last_at"))
    return {row[of]: row for row in figures}


def how_many_people(rows: list[Client]) -> dict[int, int]:
    members = Membership.objects.current().filter(client__in=[row.pk for row in rows]).order_by()
    return dict(members.values_list("client").annotate(count=Count("pk")))
