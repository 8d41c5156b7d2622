"""The times that hold for a ticket: of its class and priority, or of its line.

Every message asks for them, so versions and lines are kept in the process for some seconds.  A version in force never
changes; its calendar and a line may, and another process sees it that much later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import WorkingTime, business_due, business_seconds
from otklik.core.recent import RecentBy
from otklik.core.staff.models import Team
from otklik.desk.sla.models import Kind, Target, Version

KEPT_SECONDS = 5.0
WARN, PAUSE_LIMIT = 0.75, timedelta(hours=80)
"""For tickets that no class covers: METRICS V18, and ten working days of waiting for the client."""

_versions: RecentBy[int, Version] = RecentBy(KEPT_SECONDS)
_lines: RecentBy[int, Team] = RecentBy(KEPT_SECONDS)


@dataclass(frozen=True)
class Times:
    """Targets and limits in seconds of the working time `hours`."""

    hours: WorkingTime
    within: dict[str, float]
    pause_limit: float
    warn: float

    @property
    def every(self) -> float | None:
        return self.within.get(Kind.UPDATE)

    def due(self, since: datetime, seconds: float) -> datetime:
        return business_due(since, seconds, self.hours)

    def passed(self, since: datetime, until: datetime) -> float:
        return max(0.0, business_seconds(since, until, self.hours))


def times_of(version: int | None, team: int, priority: int) -> Times:
    """What holds for a ticket of this class version, line and priority."""
    line = _line(team)
    if version is None:
        within = {Kind.FIRST: line.first_answer, Kind.NEXT: line.next_answer, Kind.RESOLUTION: line.resolution}
        return _made(line.calendar, within, PAUSE_LIMIT, WARN)
    terms = version_of(version)
    target = terms.target_of(priority)
    within = {Kind.FIRST: target.first_answer, Kind.NEXT: target.next_answer, Kind.RESOLUTION: target.resolution}
    if terms.update_every:
        within[Kind.UPDATE] = terms.update_every
    return _made(terms.calendar or line.calendar, within, terms.pause_limit, terms.warn_share / 100)


def _made(calendar: BusinessCalendar, within: dict[Kind, timedelta], limit: timedelta, warn: float) -> Times:
    seconds: dict[str, float] = {kind: span.total_seconds() for kind, span in within.items()}
    return Times(calendar.working_time(), seconds, limit.total_seconds(), warn)


def version_of(pk: int) -> Version:
    """With its calendar and targets, some seconds old at most; not to be changed."""
    return _versions.get(pk, lambda: _whole_versions().get(pk=pk))


def ready(versions: Iterable[int | None], lines: Iterable[int]) -> None:
    """Before the times of many tickets are asked for: what is not known is read together."""
    if lacking := _versions.lacking(filter(None, versions)):
        for version in _whole_versions().filter(pk__in=lacking):
            _versions.put(version.pk, version)
    if unknown := _lines.lacking(lines):
        for line in _whole_lines().filter(pk__in=unknown):
            _lines.put(line.pk, line)


def _line(pk: int) -> Team:
    return _lines.get(pk, lambda: _whole_lines().get(pk=pk))


def _whole_versions() -> QuerySet[Version]:
    return Version.objects.select_related("service_class", "calendar").prefetch_related("targets")


def _whole_lines() -> QuerySet[Team]:
    return Team.objects.select_related("calendar")


def forget(**_signal: Any) -> None:
    """Read again at the next question."""
    _versions.forget()
    _lines.forget()


for changed in (Version, Target, Team, BusinessCalendar):
    post_save.connect(forget, sender=changed, dispatch_uid=f"sla.times.{changed.__name__}")
    post_delete.connect(forget, sender=changed, dispatch_uid=f"sla.times.{changed.__name__}")
