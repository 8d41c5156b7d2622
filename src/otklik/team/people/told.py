"""What this room tells by the names of the layer, of people whom the reader may know of (METRICS P1-P4)."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q

from otklik.core.staff.models import User
from otklik.team.metrics.days import day_of, midnight, today
from otklik.team.metrics.layer.recorded import Item
from otklik.team.metrics.layer.told import Reading, part, tells
from otklik.team.metrics.scope import Scope
from otklik.team.people.access import may_manage, of_people, runs_people
from otklik.team.people.models import Candidate, Checkpoint, Onboarding, Seat, Stage
from otklik.team.people.proficiency import half_by, levels
from otklik.team.people.reckoning import (
    EARLY,
    YEAR,
    agreement,
    gain_of,
    hired_by,
    left_early,
    skills_of,
    valid_share,
)


def tell() -> None:
    tells("hire.early_attrition", records=_taken, may=is_here)
    tells("onboard.passed", records=_checkpoints, may=is_here)
    tells("attest.valid", now=_attested, may=is_here)
    tells("hire.agreement", now=_agreed, may=may_manage)
    tells("onboard.ttp", now=_at_level, may=may_manage)
    tells("train.gain", now=_gained, may=may_manage)


def is_here(user: User) -> bool:
    """Whoever asks is told of those that they may know of, if only of themselves."""
    return user.is_active


def _taken(scope: Scope) -> Iterator[Item]:
    """On the day on which their first ninety days are over: of who came later nobody can know yet."""
    assert scope.viewer is not None
    first, last = day_of(scope.start), min(day_of(scope.end - timedelta(microseconds=1)), today())
    over = [one for one in hired_by(scope.viewer) if one.hired_on and first <= one.hired_on + EARLY <= last]
    gone = {one.pk for one in left_early(over)}
    for one in over:
        if one.hired_on:
            yield Item(midnight(one.hired_on + EARLY), one.pk, None, good=int(one.pk in gone))


def _checkpoints(scope: Scope) -> Iterator[Item]:
    """Those whose day is over."""
    assert scope.viewer is not None
    days = {"due_on__gte": day_of(scope.start), "due_on__lt": min(day_of(scope.end) + timedelta(days=1), today())}
    due = Checkpoint.objects.filter(of_people(scope.viewer, "onboarding__person"), **days).distinct()
    for one in due:
        yield Item(midnight(one.due_on), one.onboarding_id, None, good=int(one.in_time))


def _attested(scope: Scope) -> Reading:
    assert scope.viewer is not None
    viewer, people = scope.viewer, User.objects.filter(is_active=True)
    if not runs_people(viewer):
        lines = list(viewer.team_ids) if viewer.leads else []
        people = people.filter(Q(pk=viewer.pk) | Q(memberships__team__in=lines)).distinct()
    told = valid_share(skills_of(list(people)))
    return part(told.good, told.n)


def _agreed(scope: Scope) -> Reading:
    """Of the candidates who were decided about: each criterion that several interviewers marked."""
    assert scope.viewer is not None
    decided = Candidate.objects.visible_to(scope.viewer).exclude(stage=Stage.OPEN)
    told = agreement(decided.values_list("pk", flat=True))
    return Reading(told.units, told.alpha, told.lo, told.hi)


def _at_level(scope: Scope) -> Reading:
    assert scope.viewer is not None
    told = levels(list(Onboarding.objects.visible_to(scope.viewer)))
    return Reading(len(told), half_by(told))


def _gained(scope: Scope) -> Reading:
    """Of the waves that ended within a year."""
    assert scope.viewer is not None
    ended = {"wave__ends_on__gt": today() - YEAR, "wave__ends_on__lte": today()}
    told = gain_of(Seat.objects.visible_to(scope.viewer).filter(**ended))
    return Reading(told["n"], told["mean"], told["lo"], told["hi"])
