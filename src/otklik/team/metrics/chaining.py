"""Contacts of clients, and the matters that they make together (METRICS V14, Q6).

A contact is what a client began: a request, a return after a solution, a letter that answered no question of ours.  A
matter are contacts of one person about one topic, none later than a week after the one before; what has no topic is a
matter of its own.  Contacts of a request are measured with it, but what they are depends on the other requests of the
same person and topic: so these are read beside, and their readings change along.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from otklik.core.formulas.clocks import OVER, PAUSING
from otklik.core.formulas.first_contact import able_at_once, at_once, issues_of
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

WINDOW = timedelta(days=7)
REACH = 4 * WINDOW
"""How far around is read at first: most chains end within."""
CHAINED = (Measure.CONTACT, Measure.ISSUE)
FIRST, AGAIN = range(2)
"""Kinds of `Measure.CONTACT`."""
LONGER, AT_ONCE, LONGER_UNABLE, AT_ONCE_UNABLE = range(4)
"""Kinds of `Measure.ISSUE`; the last two are of what cannot be solved at once."""
RESOLVED, ESCALATED, UNABLE = 1, 2, 4
"""What the value of a contact says of its request, added up."""

type Known = dict[int, Counter[Seen]]
type Matter = tuple[int, int]
"""Person and topic."""
type Span = tuple[datetime, datetime]


class _Said(NamedTuple):
    ticket: int
    seen: Seen


def moments(events: Iterable[Mapping[str, Any]]) -> Iterator[datetime]:
    """When the client began to speak: events are those of `ticket_clocks`, with "back" where a request reopened.

    Further letters before our answer belong to the contact, and so does what we asked for: the status may have turned
    already in the moment of the letter.
    """
    waits, asked, status = False, False, ""
    for event in sorted(events, key=itemgetter("at")):
        match event["type"]:
            case "created":
                waits = True
                yield event["at"]
            case "agent_reply":
                waits, asked = False, status in PAUSING
            case "status":
                status = event["status"]
                asked = (asked or status in PAUSING) and status not in OVER
            case "client_msg" | "back":
                if not waits and not asked:
                    yield event["at"]
                waits, asked, status = True, False, ""


def chained(seen: Known, readings: QuerySet[Any]) -> tuple[Known, Known]:
    """(these requests, other requests whose contacts follow or precede theirs closely): both with contacts told apart
    and with issues.

    Of the others only what is `CHAINED`.  A few statements, whatever the number of requests.
    """
    here = [_Said(ticket, one) for ticket, some in seen.items() for one in some.elements() if _is_contact(one)]
    stored = readings.filter(measure=Measure.CONTACT)
    touched: dict[Matter, list[datetime]] = defaultdict(list)
    was = stored.filter(ticket__in=seen).values_list("contact_id", "topic_id", "at")
    for person, topic, at in [*was, *((one.seen.contact_id, one.seen.topic_id, one.seen.at) for one in here)]:
        if topic is not None:
            touched[person, topic].append(at)
    spans, beside = _beside(touched, stored.exclude(ticket__in=seen))
    told: Known = {ticket: Counter(dict(_others(some))) for ticket, some in seen.items()}
    told |= {one.ticket: Counter() for one in beside}
    for ticket, reading in [*_of_issues([*here, *beside]), *_further(readings, told.keys() - seen.keys(), spans)]:
        told[ticket][reading] += 1
    return {ticket: told.pop(ticket) for ticket in seen}, told


def _beside(touched: Mapping[Matter, list[datetime]], stored: QuerySet[Any]) -> tuple[dict[Matter, Span], list[_Said]]:
    """From when to when each touched chain goes, and the contacts of other requests in it, as they were measured.

    Outwards from what was touched until nobody came for longer than the window: of a person who wrote for years only
    the chain is read.  Where moments far apart were touched at once, what lies between them is read along and counted
    again as it was.
    """
    spans: dict[Matter, Span] = {}
    found: list[_Said] = []
    ahead, reach = {matter: (min(some), max(some)) for matter, some in touched.items()}, REACH
    while ahead:
        near: dict[Matter, list[_Said]] = defaultdict(list)
        for row in stored.filter(_within(ahead, reach)).order_by("pk"):
            near[row.contact_id, row.topic_id].append(_Said(row.ticket_id, row.seen()))
        for matter, (first, last) in list(ahead.items()):
            begins, ends = _reached((first, last), [one.seen.at for one in near[matter]])
            if begins - WINDOW >= first - reach and ends + WINDOW <= last + reach:
                spans[matter] = begins, ends
                found += [one for one in near[matter] if begins <= one.seen.at <= ends]
                del ahead[matter]
        reach *= 4
    return spans, found


def _within(ahead: Mapping[Matter, Span], reach: timedelta) -> Q:
    return Q(
        *(
            Q(contact_id=person, topic_id=topic, at__range=(first - reach, last + reach))
            for (person, topic), (first, last) in ahead.items()
        ),
        _connector=Q.OR,
    )


def _reached(span: Span, ats: Iterable[datetime]) -> Span:
    """How far the chain goes beyond what was touched."""
    (first, last), ordered = span, sorted(ats)
    for at in reversed(ordered):
        if at < first and first - at <= WINDOW:
            first = at
    for at in ordered:
        if at > last and at - last <= WINDOW:
            last = at
    return first, last


def _further(
    readings: QuerySet[Any], tickets: Collection[int], spans: Mapping[Matter, Span]
) -> Iterator[tuple[int, Seen]]:
    """What these other requests have outside of the chains: it stays as it was measured."""
    for row in readings.filter(ticket__in=tickets, measure__in=CHAINED) if tickets else ():
        begins, ends = spans.get((row.contact_id, row.topic_id), (None, None))
        if begins is None or ends is None or not begins <= row.at <= ends:
            yield row.ticket_id, row.seen()


def _of_issues(said: Iterable[_Said]) -> Iterator[tuple[int, Seen]]:
    """The readings of all these contacts, and one for each issue, where its last contact was."""
    contacts = [_contact(one) for one in sorted(said, key=lambda one: (one.seen.at, one.ticket))]
    for issue in issues_of(contacts, WINDOW / timedelta(days=1)):
        for place, contact in enumerate(issue):
            one: _Said = contact["said"]
            yield one.ticket, one.seen._replace(kind=AGAIN if place else FIRST)
        last: _Said = issue[-1]["said"]
        kind = (AT_ONCE if at_once(issue) else LONGER) + (0 if able_at_once(issue) else LONGER_UNABLE)
        yield last.ticket, last.seen._replace(measure=Measure.ISSUE, value=len(issue), kind=kind)


def _contact(one: _Said) -> dict[str, Any]:
    """As `formulas.fcr` takes it."""
    seen = one.seen
    return {
        "client": seen.contact_id,
        "reason": ("request", one.ticket) if seen.topic_id is None else ("topic", seen.topic_id),
        "at": seen.at,
        "resolved": bool(seen.value & RESOLVED),
        "escalated": bool(seen.value & ESCALATED),
        "eligible": not seen.value & UNABLE,
        "said": one,
    }


def _is_contact(seen: Seen) -> bool:
    return seen.measure == Measure.CONTACT


def _others(some: Counter[Seen]) -> Iterator[tuple[Seen, int]]:
    return ((one, times) for one, times in some.items() if one.measure not in CHAINED)
