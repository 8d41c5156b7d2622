"""V18: of the commitments that fell due, how many were kept, by service class and kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from otklik.core.formulas import sla_attainment
from otklik.core.formulas.promises import Attainment
from otklik.core.journal import clock as now_of
from otklik.desk.sla.models import Clock, Kind, ServiceClass
from otklik.desk.sla.times import times_of
from otklik.desk.tickets.terms import UNCLASSED
from otklik.team.metrics.figures import Scope, status_of

LINES_OWN = 0
"""The number in addresses of what no class covers."""


@dataclass(frozen=True)
class Kept:
    """One figure of attainment, with how much it rests on (METRICS C1)."""

    told: Attainment

    @property
    def n(self) -> int:
        return self.told["met"] + self.told["breached"]

    @property
    def status(self) -> str:
        return status_of(self.n)


@dataclass(frozen=True)
class ClassKept:
    """A class (None: the line's own times): all its commitments, each kind, and the share of time that paused."""

    service_class: ServiceClass | None
    whole: Kept
    kinds: dict[str, Kept]
    paused: float | None

    @property
    def number(self) -> int:
        return self.service_class.pk if self.service_class else LINES_OWN


def commitments(scope: Scope, of_class: int | None = None, kind: str = "", fate: str = "") -> QuerySet[Clock]:
    """Those due in the scope, all or of one class and kind; `fate` is met, breached or undecided, as of now."""
    found = Clock.objects.counted().filter(due_at__gte=scope.start, due_at__lt=scope.end).filter(scope.people())
    found = found.exclude(ticket__fact__excluded="own")
    if of_class is not None:
        found = found.filter(version__service_class=of_class) if of_class else found.filter(version=None)
    if kind in Kind.values:
        found = found.filter(kind=kind)
    return found.filter(_fate(fate)) if fate else found


def _fate(fate: str) -> Q:
    met, over = Q(stopped_at__lte=F("due_at")), Q(due_at__lt=now_of.now())
    late = Q(stopped_at__gt=F("due_at")) | (Q(stopped_at=None) & over)
    return {"met": met, "breached": late, "undecided": Q(stopped_at=None) & ~over}.get(fate, Q())


def attainment(scope: Scope, now: datetime) -> list[ClassKept]:
    """A row for each class with commitments in the scope, the first to be served first."""
    rows: dict[int | None, list[Clock]] = defaultdict(list)
    names = ("kind", "due_at", "stopped_at", "dropped_at", "started_at", "paused", "over", "team", "priority")
    for clock in commitments(scope).select_related("version").only(*names, "version__service_class"):
        rows[clock.version.service_class_id if clock.version else None].append(clock)
    classes = ServiceClass.objects.in_bulk([pk for pk in rows if pk])
    found = [_kept(classes.get(pk or 0), clocks, scope, now) for pk, clocks in rows.items()]
    return sorted(found, key=lambda row: row.service_class.rank if row.service_class else UNCLASSED)


def _kept(service_class: ServiceClass | None, clocks: list[Clock], scope: Scope, now: datetime) -> ClassKept:
    def share(some: Iterable[Clock]) -> Kept:
        return Kept(sla_attainment([clock.as_item() for clock in some], scope.start, scope.end, now))

    kinds = {kind.value: share(clock for clock in clocks if clock.kind == kind) for kind in Kind}
    return ClassKept(service_class, share(clocks), kinds, _paused(clocks, now))


def _paused(clocks: Iterable[Clock], now: datetime) -> float | None:
    """Paused business time of solutions over all of it: attainment by pausing is none (METRICS C12)."""
    paused = lived = 0.0
    for clock in clocks:
        if clock.kind == Kind.RESOLUTION:
            times = times_of(clock.version_id, clock.team_id, clock.priority)
            paused += clock.paused
            lived += max(clock.paused, times.passed(clock.started_at, clock.stopped_at or now) - clock.over)
    return paused / lived if lived else None
