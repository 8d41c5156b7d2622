"""The times of an incident and the rhythm of its updates, by the kernel (METRICS I1, I3, I4)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from otklik.care.incidents.events import SeverityChanged
from otklik.care.incidents.models import Affected, Concerned, Incident, IncidentPolicy, Told, Update
from otklik.care.incidents.severity import Severity
from otklik.core.formulas import cadence, incident_times, ratio
from otklik.core.formulas.incidents import Cadence, IncidentTimes
from otklik.core.journal.models import Entry
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact

LOST = (Outbound.State.FAILED, Outbound.State.CANCELLED)


@dataclass(frozen=True)
class Heard:
    """Of the requests that are attached, and the people and organisations whom it concerns without one: how many there
    are, how many of them were told at least once (in the request, or by a letter to its client), how many clients of
    requests wrote since.

    `requests` are those that are attached, `clients` organisations and people of none, each counted once.
    """

    affected: int
    told: int
    answered: int
    requests: int = 0
    clients: int = 0


@dataclass(frozen=True)
class Gap:
    """Between two words to the clients, and whether it was short enough."""

    seconds: float
    kept: bool


def times(incident: Incident) -> IncidentTimes:
    """Seconds; what has not happened is None."""
    started, detected = incident.started_at, incident.detected_at
    return incident_times(started, detected, incident.declared_at, incident.told_at, incident.ended_at)


def rhythm(incident: Incident) -> Cadence | None:
    """Of updates of which a letter has left; None where the clients are owed none."""
    if not incident.level.tells_clients:
        return None
    gaps = gaps_of([incident])[incident.pk]
    kept = sum(gap.kept for gap in gaps)
    return {"gaps_s": [gap.seconds for gap in gaps], "compliance": ratio(kept, len(gaps))["value"]}


def gaps_of(incidents: Sequence[Incident]) -> dict[int, list[Gap]]:
    """Times between updates, up to the end; each is judged by the severity that held when it began (I3).

    Of a time in which the clients were owed no rhythm there is none.  Three statements, whatever their number.
    """
    every, numbers = IncidentPolicy.objects.current().every, [one.pk for one in incidents]
    told: dict[int, list[datetime]] = defaultdict(list)
    for number, at in Update.objects.filter(incident__in=numbers).values_list("incident", "told_at"):
        if at:
            told[number].append(at)
    levels = _levels(incidents)
    found: dict[int, list[Gap]] = {one.pk: [] for one in incidents}
    for one in incidents:
        moments = sorted(at for at in told[one.pk] if one.ended_at is None or at < one.ended_at)
        ends = [*moments[1:], *([one.ended_at] if one.ended_at else [])]
        for began, ended in zip(moments, ends, strict=False):
            level = levels[one.pk](began)
            if level.tells_clients:
                judged = cadence([began], ended, every(level).total_seconds())
                found[one.pk].append(Gap(judged["gaps_s"][0], judged["compliance"] == 1))
    return found


def _levels(incidents: Sequence[Incident]) -> dict[int, Callable[[datetime], Severity]]:
    """How severe each was at a moment, by the journal."""
    turns: dict[int, list[tuple[datetime, int, int]]] = defaultdict(list)
    numbers = [one.pk for one in incidents]
    changes = Entry.objects.filter(about="incident", about_id__in=numbers, kind=SeverityChanged.kind()).order_by("id")
    for number, at, data in changes.values_list("about_id", "at", "data"):
        turns[number or 0].append((at, data["was"], data["severity"]))

    def level_of(one: Incident) -> Callable[[datetime], Severity]:
        steps = turns[one.pk]
        first = steps[0][1] if steps else one.severity

        def at(moment: datetime) -> Severity:
            return Severity(next((to for turned, _was, to in reversed(steps) if turned <= moment), first))

        return at

    return {one.pk: level_of(one) for one in incidents}


def sent(incident: Incident) -> QuerySet[Told]:
    """Of requests that are attached, each letter that has gone, but for what was not delivered or was taken back."""
    part = Affected.objects.filter(incident=incident, ticket=OuterRef("ticket"))
    return _gone(incident).filter(Exists(part))


def heard(incident: Incident) -> Heard:
    """In a fixed number of statements, whoever may see the requests or not: numbers alone."""
    people, wholes = incident.without_request()
    # by whom the letters went to, so that nobody has ceased to be told because somebody else would be written to today
    letters = _gone(incident).filter(contact__isnull=False)
    persons, of_wholes = letters.values("contact"), _wholes_of(letters, incident)
    answered = sent(incident).filter(ticket__last_in_id__gt=F("message")).values("ticket").distinct()
    told = incident.affected.filter(
        Q(ticket__in=sent(incident).values("ticket"))
        | Q(ticket__contact__in=persons)
        | Q(ticket__contact__client__in=of_wholes)
    )
    told_of = told.count() + people.filter(pk__in=persons).count() + wholes.filter(pk__in=of_wholes).count()
    requests, clients = incident.affected.count(), incident.clients_affected()
    return Heard(requests + people.count() + wholes.count(), told_of, answered.count(), requests, clients)


def heard_of(incidents: Sequence[Incident]) -> dict[int, Heard]:
    """`heard` of each of a period, by number; four statements, however many there are.  A test holds them alike."""
    numbers = [one.pk for one in incidents]
    tickets: dict[int, list[tuple[int, int, int | None, int]]] = defaultdict(list)
    rows = Affected.objects.filter(incident__in=numbers).values_list(
        "incident", "ticket", "ticket__contact", "ticket__contact__client", "ticket__last_in_id"
    )
    for number, ticket, contact, whole, last_in in rows.iterator():
        tickets[number].append((ticket, contact, whole, last_in or 0))
    letters: dict[int, list[tuple[int | None, int | None, int | None, int]]] = defaultdict(list)
    gone = Told.objects.filter(update__incident__in=numbers, state=Told.State.SENT)
    gone = gone.exclude(message__outbound__state__in=LOST)
    told = gone.values_list("update__incident", "ticket", "contact", "contact__client", "message")
    for number, to, person, of, message in told.iterator():
        letters[number].append((to, person, of, message or 0))
    present = Q(contact__merged_into=None, client__merged_into=None, finding__incident__in=numbers)
    named: dict[int, dict[int, int | None]] = defaultdict(dict)
    wholes: dict[int, set[int]] = defaultdict(set)
    concerned = Concerned.objects.filter(present)
    for number, person, of, whole in concerned.values_list(
        "finding__incident", "contact", "contact__client", "client"
    ).iterator():
        if person is not None:
            named[number][person] = of
        elif whole is not None:
            wholes[number].add(whole)
    every = {whole for some in wholes.values() for whole in some}
    known = set(Contact.objects.filter(client__in=every, merged_into=None).values_list("client", flat=True))
    return {
        number: _heard(tickets[number], letters[number], named[number], wholes[number], known) for number in numbers
    }


def _heard(
    tickets: Sequence[tuple[int, int, int | None, int]],
    letters: Sequence[tuple[int | None, int | None, int | None, int]],
    named: Mapping[int, int | None],
    wholes: set[int],
    known: set[int],
) -> Heard:
    """Of one: its requests (number, person, organisation, the last letter of theirs), letters that have gone (request
    or person, organisation, message), people with their organisations, organisations as a whole, and those of whom we
    know somebody.
    """
    of_request: dict[int, int] = {}
    for ticket, _person, _of, message in letters:
        if ticket is not None:
            of_request[ticket] = min(message, of_request.get(ticket, message))
    persons = {person for _ticket, person, _of, _message in letters if person is not None}
    of_wholes = {of for _ticket, person, of, _message in letters if person is not None and of in wholes}
    theirs = {contact for _ticket, contact, _of, _last in tickets}
    their_wholes = {of for _ticket, _contact, of, _last in tickets}
    silent = (wholes & known) - their_wholes
    people = {person for person, of in named.items() if person not in theirs and of not in silent}
    told = sum(ticket in of_request or contact in persons or of in of_wholes for ticket, contact, of, _last in tickets)
    answered = sum(ticket in of_request and last > of_request[ticket] for ticket, _contact, _of, last in tickets)
    organisations = wholes | {of for of in their_wholes | set(named.values()) if of is not None}
    alone = {contact for _ticket, contact, of, _last in tickets if of is None}
    alone |= {person for person, of in named.items() if of is None}
    return Heard(
        len(tickets) + len(people) + len(silent),
        told + len(people & persons) + len(silent & of_wholes),
        answered,
        len(tickets),
        len(organisations) + len(alone),
    )


def _gone(incident: Incident) -> QuerySet[Told]:
    gone = Told.objects.filter(update__incident=incident, state=Told.State.SENT)
    return gone.exclude(message__outbound__state__in=LOST)


def _wholes_of(letters: QuerySet[Told], incident: Incident) -> QuerySet[Told, Any]:
    """Organisations that it concerns as a whole, to somebody of whom a letter went."""
    wholes = incident.concerned.filter(client__isnull=False).values("client")
    return letters.filter(contact__client__in=wholes).values("contact__client")
