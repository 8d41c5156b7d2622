"""The times of an incident and the rhythm of its updates, by the kernel (METRICS I1, I3, I4)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from otklik.care.incidents.models import Affected, Incident, IncidentPolicy, Told
from otklik.core.formulas import cadence, incident_times
from otklik.core.formulas.incidents import Cadence, IncidentTimes
from otklik.desk.channels.models import Outbound


@dataclass(frozen=True)
class Heard:
    """Of the requests that are attached, how many were told at least once, and how many clients wrote since."""

    affected: int
    told: int
    answered: int


def times(incident: Incident) -> IncidentTimes:
    """Seconds; what has not happened is None."""
    started, detected = incident.started_at, incident.detected_at
    return incident_times(started, detected, incident.declared_at, incident.told_at, incident.ended_at)


def rhythm(incident: Incident) -> Cadence | None:
    """Of updates of which a letter has left; None where the clients are owed none."""
    if not incident.level.tells_clients:
        return None
    told: list[datetime] = [at for at in incident.updates.values_list("told_at", flat=True) if at]
    every = IncidentPolicy.objects.current().every(incident.severity)
    return cadence(told, incident.ended_at, every.total_seconds())


def sent(incident: Incident) -> QuerySet[Told]:
    """Of requests that are attached, each letter that has gone, but for what was not delivered or was taken back."""
    part = Affected.objects.filter(incident=incident, ticket=OuterRef("ticket"))
    gone = Told.objects.filter(Exists(part), update__incident=incident, state=Told.State.SENT)
    return gone.exclude(message__outbound__state__in=(Outbound.State.FAILED, Outbound.State.CANCELLED))


def heard(incident: Incident) -> Heard:
    """In two statements, whoever may see the requests or not: numbers alone."""
    affected = incident.affected.count()
    since = Q(ticket__last_in_id__gt=F("message"))
    counts = sent(incident).aggregate(
        told=Count("ticket", distinct=True), answered=Count("ticket", distinct=True, filter=since)
    )
    return Heard(affected, counts["told"], counts["answered"])
