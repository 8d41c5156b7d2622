"""Whether somebody is there: the last one of a line who goes away, and spans in which all of a line are away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Availability, Membership, Role, Takes, Team, User
from otklik.core.staff.models.attending import WORD_HOLDS

ON_DUTY = (Availability.READY, Availability.BUSY)
"""Who is on a break answers nobody."""


@dataclass(frozen=True)
class Gap:
    """From this moment on nobody of the line is there, nor anybody who stands in."""

    line: Team
    since: datetime


def lines_of(person: User, *, held: bool = False) -> list[Team]:
    """In use, in the order in which they are held: two who go away at once do not both leave somebody behind."""
    lines: QuerySet[Team] = Team.objects.active().filter(memberships__user=person).order_by("pk")
    if held:
        lines = lines.select_for_update(of=("self",), no_key=True)
    return list(lines.select_related("calendar"))


def left_empty(lines: Iterable[Team], takes: Collection[str] = tuple(Takes)) -> list[Team]:
    """Those in whose working hours nobody is on duty at this moment, nor anybody who stands in; of `takes`, nobody for
    that kind of work.
    """
    now = clock.now()
    open_now = [line for line in lines if line.calendar.working_time().is_open(now)]
    absences = Absence.objects.at(now)
    on_duty = User.objects.filter(availability__in=ON_DUTY, availability_since__gt=now - WORD_HOLDS, is_active=True)
    on_duty = on_duty.filter(takes__in=takes).exclude(pk__in=absences.values("user"))
    stood_in_for = absences.filter(deputy__in=on_duty).values("user")
    there = _answering(open_now).filter(Q(user__in=on_duty) | Q(user__in=stood_in_for))
    manned = set(there.values_list("team", flat=True))
    return [line for line in open_now if line.pk not in manned]


def gaps(absence: Absence, lines: Iterable[Team]) -> list[Gap]:
    """The first moment of the absence at which a line has nobody; whoever stands in for one of the line is there."""
    people = _people_of(lines)
    everybody = {pk for members in people.values() for pk in members}
    met = Absence.objects.meeting(absence.since, absence.until)
    deputies = met.filter(user__in=everybody, deputy__isnull=False).values("deputy")
    away = list(met.filter(Q(user__in=everybody) | Q(user__in=deputies)).order_by("since"))
    moments = sorted({max(one.since, absence.since) for one in away})
    found = []
    for line, members in people.items():
        empty = (moment for moment in moments if _is_empty(members, away, moment))
        if since := next(empty, None):
            found.append(Gap(line, since))
    return found


def _answering(lines: Iterable[Team]) -> "QuerySet[Membership]":
    return Membership.objects.filter(team__in=list(lines), user__is_active=True).exclude(user__role=Role.QUALITY)


def _people_of(lines: Iterable[Team]) -> dict[Team, set[int]]:
    people: dict[Team, set[int]] = {line: set() for line in lines}
    for member in _answering(people).select_related("team"):
        people[member.team].add(member.user_id)
    return people


def _is_empty(members: set[int], away: list[Absence], moment: datetime) -> bool:
    gone = {one.user_id: one.deputy_id for one in away if one.since <= moment < one.until}
    return all(one in gone and (gone[one] is None or gone[one] in gone) for one in members)
