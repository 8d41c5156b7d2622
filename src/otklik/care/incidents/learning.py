"""What incidents teach: the post-mortem in time, what it changes done in time, what happened again (METRICS I7)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from otklik.care.incidents.models import Action, Incident
from otklik.core.journal import clock

AGAIN = timedelta(days=90)
"""The same cause within that time is a repeat."""


@dataclass(frozen=True)
class Fact:
    """Of one incident: when it counts, and whether it is among those that are asked for."""

    at: datetime
    incident: int
    counts: bool


def post_mortems(since: datetime, until: datetime) -> list[Fact]:
    """Those whose day has come, at that day, and whether they were written by then.

    An incident that ended before terms of post-mortems were kept has none, and is not here.
    """
    due = Incident.objects.filter(post_mortem_due__gte=since, post_mortem_due__lt=until)
    rows = due.filter(post_mortem_due__lte=clock.now()).values_list("post_mortem_due", "pk", "closed_at")
    return [Fact(at, pk, closed is not None and closed <= at) for at, pk, closed in rows]


def actions(since: date, until: date) -> list[tuple[date, int, bool]]:
    """Those whose day is over: the day, the incident, whether it was done by the end of it.

    What was given up was not done.
    """
    due = Action.objects.filter(due_on__gte=since, due_on__lt=min(until, _day(clock.now())))
    rows = due.values_list("due_on", "incident", "ended_at", "dropped")
    return [(on, incident, bool(ended and not dropped and _day(ended) <= on)) for on, incident, ended, dropped in rows]


def repeats(since: datetime, until: datetime) -> list[Fact]:
    """Those whose causes are known, where they were declared, and whether one of these causes had made an incident in
    the 90 days before."""
    rows = _causes(since - AGAIN, until)
    before: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    found: dict[int, Fact] = {}
    for at, pk, cause in rows:
        again = any(pk != other and at - AGAIN <= earlier for earlier, other in before[cause])
        before[cause].append((at, pk))
        if at >= since:
            was = found.get(pk)
            found[pk] = Fact(at, pk, again or bool(was and was.counts))
    return list(found.values())


def repeats_of(incident: Incident) -> list[Incident]:
    """Which incidents of the last 90 days before it had one of its causes, the newest first."""
    shared = Incident.objects.filter(causes__in=incident.causes.all()).exclude(pk=incident.pk)
    recent = shared.filter(declared_at__gte=incident.declared_at - AGAIN, declared_at__lte=incident.declared_at)
    return list(recent.distinct().order_by("-declared_at", "-pk")[:5])


def _day(moment: datetime) -> date:
    """Of the department, whoever asks."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def _causes(since: datetime, until: datetime) -> Iterable[tuple[datetime, int, int]]:
    """The earliest first."""
    known = Incident.objects.filter(declared_at__gte=since, declared_at__lt=until, causes__isnull=False)
    return known.order_by("declared_at", "pk").values_list("declared_at", "pk", "causes")
