"""The times of an incident and the rhythm of its updates, by the kernel (METRICS I1, I3, I4)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from otklik.care.incidents.events import SeverityChanged
from otklik.care.incidents.models import Affected, Incident, IncidentPolicy, Told, Update
from otklik.care.incidents.severity import Severity
from otklik.core.formulas import cadence, incident_times, ratio
from otklik.core.formulas.incidents import Cadence, IncidentTimes
from otklik.core.journal.models import Entry
from otklik.desk.channels.models import Outbound

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


def _gone(incident: Incident) -> QuerySet[Told]:
    gone = Told.objects.filter(update__incident=incident, state=Told.State.SENT)
    return gone.exclude(message__outbound__state__in=LOST)


def _wholes_of(letters: QuerySet[Told], incident: Incident) -> QuerySet[Told, Any]:
    """Organisations that it concerns as a whole, to somebody of whom a letter went."""
    wholes = incident.concerned.filter(client__isnull=False).values("client")
    return letters.filter(contact__client__in=wholes).values("contact__client")
