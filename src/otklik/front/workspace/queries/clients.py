"""People and organisations by name, as far as the reader knows them, a page at a time."""

from typing import Any, NamedTuple

from django.db.models import Count, Max, Model, Q, QuerySet

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardAnswer, Client, Contact, Holds, Membership, PersonalFact
from otklik.desk.clients.sight import Sight, addresses_open_to
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.models import Ticket

PAGE = 50
LONGEST = 100


class Page[Row: Model](NamedTuple):
    """`after` is where the next page begins, "" on the last one."""

    rows: list[Row]
    after: str


def people(user: User, words: str, after: str) -> Page[Contact]:
    return _page(people_named(user, words).select_related("client"), after)


def people_named(user: User, words: str) -> QuerySet[Contact]:
    if not words:
        return contacts_known_to(user)
    begins = addresses_open_to(user).filter(value__istartswith=words)
    said = CardAnswer.objects.saying(words, Sight.of(user).fields(Holds.CONTACT))
    found = Q(pk__in=begins.values("contact")) | Q(pk__in=said.values("contact"))
    return _named(contacts_known_to(user), words, found)


def organisations(user: User, words: str, after: str) -> Page[Client]:
    return _page(organisations_named(user, words), after)


def organisations_named(user: User, words: str) -> QuerySet[Client]:
    if not words:
        return clients_known_to(user)
    sight = Sight.of(user)
    number = Q(tax_number=words) if sight.opens(PersonalFact.TAX_NUMBER) else Q()
    said = CardAnswer.objects.saying(words, sight.fields(Holds.CLIENT))
    return _named(clients_known_to(user), words, number | Q(pk__in=said.values("client")))


def _named[Row: Model](known: QuerySet[Row], words: str, else_: Q) -> QuerySet[Row]:
    return known.filter(Q(name__icontains=words) | else_).distinct()


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
