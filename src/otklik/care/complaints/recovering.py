"""Whether clients who complained are still ours half a year later (METRICS K5).

Known of those alone who were ours by what is recorded of their products and payments; of all others a product that
nobody records would look like a client who left.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from otklik.care.complaints.models.filing import ComplaintQuerySet
from otklik.core.journal import clock
from otklik.desk.clients.models import Contact, Membership, Payment, Subscription

HALF_YEAR = timedelta(days=180)
LATELY = timedelta(days=90)
"""Who paid so shortly before the end of it is still a client."""

TICK = timedelta(microseconds=1)

type Who = tuple[str, int]
"""An organisation or a person."""


@dataclass(frozen=True)
class Complained:
    """A client's first complaint in half a year, and whether they were ours `then` and `stayed`."""

    at: datetime
    complaint: int
    line: int
    then: bool
    stayed: bool


@dataclass
class Known:
    """Days on which products run, None where no end is known, and those of payments."""

    products: list[tuple[date | None, date | None]] = field(default_factory=list)
    paid: list[date] = field(default_factory=list)

    def runs(self, day: date) -> bool:
        return any((first or day) <= day <= (last or day) for first, last in self.products)

    def has_paid(self, since: date, day: date) -> bool:
        return any(since < one <= day for one in self.paid)


def recovered(mine: ComplaintQuerySet, since: datetime, until: datetime) -> Iterator[Complained]:
    """Whose half year ends in the span, up to now; five statements.

    A client who complains again within half a year is followed from the first time.
    """
    until = min(until, clock.now() + TICK)
    span = Q(received_at__gte=since - 2 * HALF_YEAR, received_at__lt=until - HALF_YEAR)
    rows = mine.filter(span, contact__isnull=False)
    told = list(rows.order_by("received_at", "pk").values_list("pk", "received_at", "line", "contact"))
    firsts = [one for one in _firsts(told, _organisations({one[3] for one in told})) if one[1] + HALF_YEAR >= since]
    known = _known({who for _pk, _at, _line, both in firsts for who in both})
    for pk, at, line, both in firsts:
        first, last = _day(at), _day(at + HALF_YEAR)
        theirs = [known[who] for who in both]
        yield Complained(
            at + HALF_YEAR,
            pk,
            line,
            any(one.runs(first) or one.has_paid(first - HALF_YEAR, first) for one in theirs),
            any(one.runs(last) or one.has_paid(last - LATELY, last) for one in theirs),
        )


def _day(moment: datetime) -> date:
    """Of the organisation, as days of figures are."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def _organisations(contacts: Collection[int]) -> Callable[[int, datetime], int | None]:
    """For which organisation a person spoke at a moment: the main one of today where they spoke for it then, else the
    one that they joined last.  Where nothing is known of that time it is the one of today.
    """
    main = dict(Contact.objects.filter(pk__in=contacts).values_list("pk", "client"))
    spans: dict[int, list[tuple[datetime, datetime | None, int]]] = defaultdict(list)
    rows = Membership.objects.filter(contact__in=contacts).order_by("joined_at", "pk")
    for contact, client, joined, left in rows.values_list("contact", "client", "joined_at", "left_at"):
        spans[contact].append((joined, left, client))

    def spoke_for(contact: int, at: datetime) -> int | None:
        then = [client for joined, left, client in spans[contact] if joined <= at and (left is None or at < left)]
        return main[contact] if not then or main[contact] in then else then[-1]

    return spoke_for


def _firsts(
    rows: Iterable[tuple[int, datetime, int, int]], organisation: Callable[[int, datetime], int | None]
) -> Iterator[tuple[int, datetime, int, list[Who]]]:
    """Without those that came within half a year after one of the same client, whether that is followed or not.

    Each with all by whom they may be ours: the person, and the organisation that counts for its people.
    """
    before: dict[Who, datetime] = {}
    for pk, at, line, contact in rows:
        both: list[Who] = [("contact", contact)]
        if client := organisation(contact, at):
            both.insert(0, ("client", client))
        who = both[0]
        if who not in before or at - before[who] > HALF_YEAR:
            yield pk, at, line, both
        before[who] = at


def _known(clients: Collection[Who]) -> dict[Who, Known]:
    found: dict[Who, Known] = defaultdict(Known)
    if not clients:
        return found
    theirs = Q(contact__in=[pk for kind, pk in clients if kind == "contact"]) | Q(
        client__in=[pk for kind, pk in clients if kind == "client"]
    )
    for contact, client, state, first, last in Subscription.objects.filter(theirs).values_list(
        "contact", "client", "state", "starts_on", "ends_on"
    ):
        has_no_day = state == Subscription.State.ENDED and last is None
        if not has_no_day and state != Subscription.State.PAUSED:  # nobody knows when it ended, or since when it rests
            found[_who(contact, client)].products.append((first, last))
    payments = Payment.objects.filter(theirs, kind=Payment.Kind.PAYMENT)
    for contact, client, day in payments.values_list("contact", "client", "paid_on"):
        found[_who(contact, client)].paid.append(day)
    return found


def _who(contact: int | None, client: int | None) -> Who:
    return ("client", client) if client else ("contact", contact or 0)
