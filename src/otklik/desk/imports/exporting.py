"""Clients, organisations, products and requests as rows of a table, in the order of their numbers, however many.

Each is written with the names by which an import knows its columns again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model, QuerySet

from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.clients.models import CardAnswer, Client, Contact, Holds, PersonalFact, Product
from otklik.desk.clients.sight import Sight, taken_out
from otklik.desk.imports.events import Exported
from otklik.desk.tickets.models import Ticket

PORTION = 1000

type Values = Callable[[Any], list[object]]
type Seen = Callable[[Sequence[Any], Iterable[list[object]]], Iterable[list[object]]]
PERSONAL = {"phone": PersonalFact.PHONES.value}
"""Columns whose fact has another name."""

PEOPLE = (
    *("id", "name", "email", "phone", "organisation", "position", "address_as", "language", "time_zone"),
    *("interests", "quiet_hours", "note", "tags", "created_at"),
)
ORGANISATIONS = ("id", "name", "website", "tax_number", "manager", "quiet_hours", "note", "tags", "created_at")
PRODUCTS = ("id", "name", "is_active")
REQUESTS = (
    *("number", "subject", "status", "priority", "owner", "line", "product", "tags", "contact_name"),
    *("organisation", "opened_at", "first_answer_at", "due_at", "ended_at", "last_at", "messages"),
)


class Table(NamedTuple):
    header: Sequence[str]
    rows: Iterator[list[object]]


def people(found: QuerySet[Contact], by: User) -> Table:
    """Columns that are hidden from the reader are not there; restricted cards remember who took them out."""
    cards = _Cards(Holds.CONTACT, Sight.of(by), PEOPLE)
    rows = _by_portions(found.select_related("client").prefetch_related("identities"), _person, cards.seen)
    return Table(cards.header, _remembered(rows, cards, by))


def organisations(found: QuerySet[Client], by: User) -> Table:
    cards = _Cards(Holds.CLIENT, Sight.of(by), ORGANISATIONS)
    rows = _by_portions(found.select_related("manager"), _organisation, cards.seen)
    return Table(cards.header, _remembered(rows, cards, by))


def products(found: QuerySet[Product]) -> Table:
    return Table(PRODUCTS, _by_portions(found, lambda row: [row.pk, row.name, "yes" if row.is_active else "no"]))


class _Cards:
    """Rows of cards as one reader sees them, with the fields of the company."""

    def __init__(self, of: Holds, sight: Sight, names: Sequence[str]) -> None:
        self.of = of
        self.fields = sight.fields(of)
        self.open = [number for number, name in enumerate(names) if sight.opens(PERSONAL.get(name, name))]
        self.header = [*(names[number] for number in self.open), *(one.name for one in self.fields)]
        self.restricted: list[Contact | Client] = []

    def seen(self, portion: Sequence[Any], rows: Iterable[list[object]]) -> Iterator[list[object]]:
        said = CardAnswer.objects.said_of(self.of, [one.pk for one in portion]) if self.fields else {}
        for one, row in zip(portion, rows, strict=True):
            if one.restricted_as:
                self.restricted.append(one)
            answers = said.get(one.pk, {})
            yield [*(row[number] for number in self.open), *(answers.get(field.pk) for field in self.fields)]


def _remembered(rows: Iterator[list[object]], cards: _Cards, by: User) -> Iterator[list[object]]:
    try:
        yield from rows
    finally:
        taken_out(cards.restricted, by=by)


def requests(found: QuerySet[Ticket]) -> Iterator[list[object]]:
    return _by_portions(found.select_related("owner", "team", "product"), _request)


def requests_numbered(portion: Callable[[int, int], list[int]]) -> Iterator[list[object]]:
    """Those of a list that only knows its numbers: `portion(behind, limit)` gives the next of them."""
    last = 0
    while found := portion(last, PORTION):
        yield from requests(Ticket.objects.filter(pk__in=found))
        last = found[-1]


def _by_portions[Row: Model](
    found: QuerySet[Row], values: Values, seen: Seen = lambda portion, rows: rows
) -> Iterator[list[object]]:
    """Behind the last number of the portion before: the first row costs what the last one does."""
    last = 0
    ordered = found.order_by("pk")
    while portion := list(ordered.filter(pk__gt=last)[:PORTION]):
        yield from seen(portion, map(values, portion))
        last = portion[-1].pk


def told(rows: Iterator[list[object]], *, what: str, form: str, query: str, by: User) -> Iterator[list[object]]:
    """The rows; when the last one is gone, or nobody takes more, the journal knows who took how many of what."""
    count = 0
    try:
        for row in rows:
            count += 1
            yield row
    finally:
        with transaction.atomic():
            publish(Exported(what=what, form=form, query=query[:500], rows=count), by=by)


def _person(row: Contact) -> list[object]:
    addresses = {"email": list[str](), "phone": list[str]()}
    for one in row.identities.all():
        addresses.setdefault(one.kind, []).append(one.value)
    return [
        *(row.pk, row.name, addresses["email"], addresses["phone"], row.client.name if row.client else ""),
        *(row.position, row.address_as, row.language, row.time_zone, row.interests, row.quiet_hours, row.note),
        *(row.tags, row.created_at),
    ]


def _organisation(row: Client) -> list[object]:
    manager = row.manager.name if row.manager else ""
    return [
        *(row.pk, row.name, row.website, row.tax_number, manager, row.quiet_hours, row.note, row.tags),
        row.created_at,
    ]


def _request(row: Ticket) -> list[object]:
    return [
        *(row.pk, row.subject, row.status, row.get_priority_display(), row.owner.name if row.owner else ""),
        *(row.team.name, row.product.name if row.product else "", row.tags, row.contact_name, row.client_name),
        *(row.opened_at, row.first_answer_at, row.due_at, row.ended_at, row.last_at, row.message_count),
    ]
