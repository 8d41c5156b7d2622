"""Whether the department works without its manager and on a bad day (METRICS G7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F

from otklik.core.journal import clock
from otklik.core.staff.models import Absence
from otklik.team.continuity.models import Drill, Scenario, ScenarioState
from otklik.team.metrics.days import today
from otklik.team.metrics.share import Share

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Continuity:
    """Of the last twelve months; `stood_in` are absences in which somebody answered for who was away."""

    passed: Share
    in_target: Share
    stood_in: Share
    fresh: Share


def continuity() -> Continuity:
    """Drills that were due and those of them that held, also when they were held late."""
    due = list(Drill.objects.filter(due_on__gt=today() - YEAR, due_on__lte=today()).select_related("scenario"))
    early = Drill.objects.filter(due_on__gt=today(), held_on__gt=today() - YEAR).select_related("scenario")
    drills = due + list(early)
    timed = [drill for drill in drills if drill.in_target is not None]
    plans = list(Scenario.objects.filter(state=ScenarioState.APPROVED))
    return Continuity(
        passed=Share(sum(drill.passed is True for drill in drills), len(drills)),
        in_target=Share(sum(drill.in_target is True for drill in timed), len(timed)),
        stood_in=_stood_in(),
        fresh=fresh(plans),
    )


def fresh(plans: Sequence[Scenario]) -> Share:
    return Share(sum(not plan.is_stale for plan in plans), len(plans))


def _stood_in() -> Share:
    """Of absences that began; one that was called off before is none."""
    now = clock.now()
    begun = Absence.objects.filter(begun_at__gt=now - YEAR, begun_at__lte=now, since__lt=F("until"))
    return Share(begun.filter(deputy__isnull=False).count(), begun.count())
