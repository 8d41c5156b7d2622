"""Metrics of clients' cards: the sums of the nights, and the cards that nobody made sure of (METRICS V24).

They are of all clients, whoever reads them; a card behind the number is shown to whoever knows the client.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.core.formulas import wilson
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Confirmation, Confirmed, Contact, Membership, Subscription
from otklik.desk.clients.models.confirmation import HOLDS, known_of, latest, whose
from otklik.desk.clients.personal import PSEUDONYM
from otklik.desk.tickets.access import contacts_known_to
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.days import day_of
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.models.card_sum import WHOLE, CardSum
from otklik.team.metrics.stories import BY_SOMEBODY

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

MOST = 200
"""Cards that a list shows; nobody goes through more of them at once."""
NIGHT = timedelta(days=1)


@dataclass(frozen=True)
class Card:
    """A card that is not complete: what it does not say, and what nobody confirmed within a year."""

    contact: Contact
    empty: list[Confirmed]
    unsure: list[Confirmed]


def figure(question: "Question") -> Figure:
    return together({0: question})[0]


def together(asked: Mapping[int, "Question"]) -> dict[int, Figure]:
    """As of the last night of each period; one statement for all of them."""
    spans = [_nights(one) for one in asked.values()]
    if not spans:
        return {}
    rows = _sums(min(first for first, _last in spans), max(last for _first, last in spans))
    found = {}
    for (place, one), (first, last) in zip(asked.items(), spans, strict=True):
        fitting = [row for row in rows if first <= row.day < last and row.fact == one.metric.cards]
        found[place] = _figure(one.metric, fitting[-1] if fitting and not one.sides else None)
    return found


def by_day(question: "Question") -> dict[date, Figure]:
    """Of each day that was counted; nothing of a part."""
    if question.sides:
        return {}
    first, last = day_of(question.scope.start), day_of(question.scope.end)
    return {row.day: _figure(question.metric, row) for row in _sums(first, last) if row.fact == question.metric.cards}


def by_side(question: "Question", side: str) -> dict[str, Figure]:
    """By day alone: cards know no other side."""
    return {day.isoformat(): one for day, one in by_day(question).items()} if side == "day" else {}


def behind(metric: Metric, reader: User) -> list[Card]:
    """Of clients whom the reader knows the cards that are not complete as they are now, the newest clients first."""
    now = clock.now()
    facts = list(Confirmed) if metric.cards == WHOLE else [Confirmed(metric.cards)]
    some = list(_lacking(contacts_known_to(reader), facts).select_related("client").order_by("-pk")[:MOST])
    told, roles, served = _told(some), _roles(some), _served(some)
    found = []
    for one in some:
        owners = [holder for holder in (("contact", one.pk), ("client", one.client_id)) if holder in served]
        known = known_of(one, roles.get(one.pk, ()), bool(owners))
        made = latest(told[one.pk], [holder for holder, _number in owners])
        sure = {fact for fact, when in made.items() if when.holds(now)}
        asked = [fact for fact in facts if fact in known]
        empty = [fact for fact in asked if not known[fact]]
        found.append(Card(one, empty, [fact for fact in asked if known[fact] and fact not in sure]))
    return found


def _nights(question: "Question") -> tuple[date, date]:
    """Today is counted in the night: until then the night before says how cards stand."""
    return day_of(question.scope.start) - NIGHT, day_of(question.scope.end)


def _sums(first: date, last: date) -> list[CardSum]:
    return list(CardSum.objects.filter(day__gte=first, day__lt=last).order_by("day"))


def _figure(metric: Metric, row: CardSum | None) -> Figure:
    if row is None:
        return Figure(metric, 0, None)
    share = wilson(row.good, row.n)
    return Figure(metric, row.n, share["p"], share["lo"], share["hi"], good=row.good)


def _lacking(contacts: QuerySet[Contact], facts: Collection[Confirmed]) -> QuerySet[Contact]:
    """Active ones who lack one of these; the same rules as `CardSum`, told from one client."""
    now = clock.now()
    of_theirs = Q(contact=OuterRef("pk")) | Q(client=OuterRef("client"))
    owned = Subscription.objects.filter(of_theirs)
    runs = owned.filter(~Q(state=Subscription.State.ENDED) | Q(ends_on__gte=day_of(now - HOLDS)))
    by_somebody = Q(fact=None) | Q(fact__excluded__in=BY_SOMEBODY)
    wrote = Ticket.objects.filter(by_somebody, contact=OuterRef("pk"), opened_at__gte=now - HOLDS)
    sure = Confirmation.objects.filter(at__gt=now - HOLDS)
    ours = Membership.objects.current().filter(contact=OuterRef("pk"), is_main=True)
    has: dict[Confirmed, Q | Exists] = {
        Confirmed.ADDRESS_AS: ~Q(address_as=""),
        Confirmed.TIME_ZONE: ~Q(time_zone=""),
        Confirmed.LITERACY: Q(literacy__isnull=False),
        Confirmed.ROLES: Exists(ours.exclude(roles=[])),
        Confirmed.PRODUCTS: Exists(owned.exclude(state=Subscription.State.ENDED)),
    }
    lacks = Q(pk=None)
    for fact in facts:
        one = ~(Q(has[fact]) & _is_sure(sure.filter(fact=fact), fact))
        lacks |= one & Q(client__isnull=False) if fact == Confirmed.ROLES else one
    there = contacts.exclude(name=PSEUDONYM)
    return there.filter(Q(Exists(wrote)) | Q(Exists(runs))).filter(lacks)


def _is_sure(sure: QuerySet[Confirmation], fact: Confirmed) -> Q:
    """Products are made sure of where they are: of the person, of the organisation, or of both."""
    if fact != Confirmed.PRODUCTS:
        return Q(Exists(sure.filter(contact=OuterRef("pk"))))
    kept = Subscription.objects.exclude(state=Subscription.State.ENDED)
    of_one = Q(Exists(sure.filter(contact=OuterRef("pk")))) | ~Q(Exists(kept.filter(contact=OuterRef("pk"))))
    of_all = Q(Exists(sure.filter(client=OuterRef("client")))) | ~Q(Exists(kept.filter(client=OuterRef("client"))))
    return of_one & of_all


def _told(some: Iterable[Contact]) -> dict[int, list[tuple[str, str, datetime, int]]]:
    """What `latest` takes."""
    rows = Confirmation.objects.filter(_of(some)).values_list("contact", "client", "fact", "at", "by")
    held: dict[tuple[str, int], list[tuple[str, str, datetime, int]]] = {}
    for contact, client, fact, at, by in rows:
        holder = whose(contact)
        held.setdefault((holder, contact or client), []).append((holder, fact, at, by))
    return {one.pk: [*held.get(("contact", one.pk), ()), *held.get(("client", one.client_id or 0), ())] for one in some}


def _roles(some: Iterable[Contact]) -> dict[int, list[str]]:
    main = Membership.objects.current().filter(is_main=True, contact__in=[one.pk for one in some])
    return dict(main.values_list("contact", "roles"))


def _served(some: Iterable[Contact]) -> set[tuple[str, int | None]]:
    """Holders of products that run."""
    rows = Subscription.objects.filter(_of(some)).exclude(state=Subscription.State.ENDED)
    return {("contact", one) if one else ("client", place) for one, place in rows.values_list("contact", "client")}


def _of(some: Iterable[Contact]) -> Q:
    people = list(some)
    return Q(contact__in=[one.pk for one in people]) | Q(client__in={one.client_id for one in people if one.client_id})
